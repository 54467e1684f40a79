/** Describes which of a case's targets were compared bit for bit with another path's. */

/** A range of channels in a range of slices along array axis 0, at every scale; both ends inclusive. */
interface ComparedPart {
  readonly channels: readonly [number, number];
  readonly planes: readonly [number, number];
}

export interface Compared {
  /** Channels that were compared at least in part, and all channels. */
  readonly channels: number;
  readonly of: number;
  /** Null if every target voxel was compared. */
  readonly sample: ComparedSample | null;
}

export interface ComparedSample {
  /** The same seed picks the same parts of the same case. */
  readonly seed: number;
  /** Compared voxels, summed over channels and scales, and the total over all targets. */
  readonly targetVoxels: number;
  readonly ofTargetVoxels: number;
  readonly parts: readonly ComparedPart[];
}

const WHOLE = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });
const SHARE = new Intl.NumberFormat("en-US", { maximumSignificantDigits: 2 });

/** "352 of 1,000 channels, 3.1 % of all target voxels" */
export function sampleText({ channels, of, sample }: Compared): string {
  const share = sample ? (100 * sample.targetVoxels) / sample.ofTargetVoxels : 100;
  return `${WHOLE.format(channels)} of ${WHOLE.format(of)} channels, ${SHARE.format(share)} % of all target voxels`;
}
