/**
 * Computes in which share of the patches that nnU-Net's loader draws each component is present, and in which
 * it is gone at a scale: as `patch-shares.ts` does for regions.
 */
import { mapSteps } from "../../base/time-slice.ts";
import { type Components, componentsOfRuns, LISTED_COMPONENTS } from "../analysis/components.ts";
import { maskRunsOf } from "../analysis/rle-mask.ts";
import { type BitBox, emptyBitBox, setBits } from "./bit-box.ts";
import { loaderOf, type PatchSharesInput, type RegionShare, sharesOfBox } from "./patch-shares.ts";

interface ComponentSharesProgress {
  readonly fraction: number;
  /** The channel of the current region. */
  readonly channel: number;
}

/** Progress once the centre voxels are known, for a case of the usual kind. */
const CENTRES_FRACTION = 0.2;

/**
 * Computes the shares in small steps.
 * @returns per channel, one per listed component in the order of `components`
 */
export function* componentShares(
  input: PatchSharesInput,
): Generator<ComponentSharesProgress, readonly (readonly RegionShare[])[]> {
  const loader = yield* mapSteps(loaderOf(input), (part) => ({
    fraction: part * CENTRES_FRACTION,
    channel: 0,
  }));
  const runsOf = maskRunsOf(input.source, input.table);
  const channels = input.set.regions.length;
  const found: RegionShare[][] = [];
  for (let channel = 0; channel < channels; channel++) {
    const shares: RegionShare[] = [];
    const boxes = boxesOfComponents(componentsOfRuns(runsOf(channel), channel, LISTED_COMPONENTS));
    for (const [c, box] of boxes.entries()) {
      const done = (channel + c / boxes.length) / channels;
      const progress = { fraction: CENTRES_FRACTION + (1 - CENTRES_FRACTION) * done, channel };
      // Padding belongs to no component.
      shares.push(yield* mapSteps(sharesOfBox(loader, box(), false), () => progress));
    }
    found.push(shares);
  }
  return found;
}

/** One function per listed component, which makes its bits. */
function boxesOfComponents({ runs, componentOf, listed }: Components): (() => BitBox)[] {
  const runsOf = listed.map((): number[] => []);
  for (const [run, c] of componentOf.entries()) runsOf[c]?.push(run);
  const rowOf = new Int32Array(componentOf.length);
  for (let row = 0; row + 1 < runs.rowStart.length; row++)
    rowOf.fill(row, runs.rowStart[row] ?? 0, runs.rowStart[row + 1] ?? 0);
  return listed.map(({ box: { first, last } }, c) => () => {
    const box = emptyBitBox(first, [last[0] - first[0] + 1, last[1] - first[1] + 1, last[2] - first[2] + 1]);
    for (const run of runsOf[c] ?? []) {
      const row = rowOf[run] ?? 0;
      const z = Math.floor(row / runs.shape[1]);
      const local = (z - first[0]) * box.lengths[1] + (row - z * runs.shape[1]) - first[1];
      const at = local * box.words * 32 - first[2];
      setBits(box.bits, at + (runs.starts[run] ?? 0), at + (runs.ends[run] ?? 0));
    }
    return box;
  });
}
