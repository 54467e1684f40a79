/** Where the middles of regions lie in the patient. */
import type { RegionTable } from "../dataset/region-table.ts";
import { type Grid, spacingMm, type Triple, worldFromVoxel } from "../geometry/grid.ts";
import { centroidOf, type Entries, entriesOf, type SlicePresence, sliceRuns, slicesOf } from "./slice-set.ts";

const AXES = [0, 1, 2] as const;
/** Of the width of a pair: middles that are closer say nothing of sides. */
const SHARE = 0.05;

/** Asked for few of many regions: nothing is computed before. */
export interface RegionCentres {
  /** The mean of a channel's voxels (R, A, S) in mm; null where it has none. */
  of(channel: number): Triple | null;
  /**
   * Middles of two channels no more than this apart, in mm, are taken to lie in one place: the edge of the
   * largest voxel, or a twentieth of what both take from left to right.
   */
  nearMm(a: number, b: number): number;
}

/** @param table null for masks */
export function regionCentres(grid: Grid, presence: SlicePresence, table: RegionTable | null): RegionCentres {
  return {
    of(channel) {
      const centre = centroidOf(presence, entriesOf(table, channel));
      return centre && worldFromVoxel(grid, centre);
    },
    nearMm(a, b) {
      const entries = [...entriesOf(table, a), ...entriesOf(table, b)];
      return Math.max(...spacingMm(grid), SHARE * widthMm(grid, presence, entries));
    },
  };
}

/** From left to right of the box in array axes that holds some entries. */
function widthMm({ toWorld }: Grid, presence: SlicePresence, entries: Entries): number {
  return AXES.reduce<number>((sum, axis) => {
    const runs = sliceRuns(slicesOf(presence, entries, axis), presence.shape[axis]);
    const [first, last] = [runs[0]?.[0] ?? 0, runs.at(-1)?.[1] ?? 0];
    return sum + (last - first) * Math.abs(toWorld[axis] ?? 0);
  }, 0);
}
