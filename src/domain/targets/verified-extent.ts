/** Describes how much of a case a verification covered: which targets it compared bit for bit. */

/** A range of channels in a range of slices along array axis 0, at every scale; both ends inclusive. */
interface VerifiedPart {
  readonly channels: readonly [number, number];
  /** Slices. The key in the report keeps its name. */
  readonly planes: readonly [number, number];
}

export interface VerifiedExtent {
  /** Channels that were compared at least in part, and all channels. */
  readonly channels: number;
  readonly of: number;
  /** Null if every target voxel was compared. */
  readonly randomParts: RandomParts | null;
}

export interface RandomParts {
  /** The same seed picks the same parts of the same case. */
  readonly seed: number;
  /** Compared voxels, summed over channels and scales, and the total over all targets. */
  readonly targetVoxels: number;
  readonly ofTargetVoxels: number;
  readonly parts: readonly VerifiedPart[];
}

const WHOLE = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });
const SHARE = new Intl.NumberFormat("en-US", { maximumSignificantDigits: 2 });

/** "352 of 1,000 channels, 3.1 % of all target voxels" */
export function extentText({ channels, of, randomParts }: VerifiedExtent): string {
  const share = randomParts ? (100 * randomParts.targetVoxels) / randomParts.ofTargetVoxels : 100;
  return `${WHOLE.format(channels)} of ${WHOLE.format(of)} channels, ${SHARE.format(share)} % of all target voxels`;
}
