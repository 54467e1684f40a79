/** Locates the centres of regions in the patient. */
import type { RegionTable } from "../dataset/region-table.ts";
import { type Grid, spacingMm, type Triple, worldFromVoxel } from "../geometry/grid.ts";
import {
  centroidOf,
  type Entries,
  entriesOf,
  type SliceOccupancy,
  sliceRanges,
  slicesOf,
} from "./slice-set.ts";

const AXES = [0, 1, 2] as const;
/** Share of a pair's width: closer centres reveal nothing about sides. */
const SHARE = 0.05;

/** Computes centres on demand, because few of many regions are needed. */
export interface RegionCentres {
  /** The mean of a channel's voxels (R, A, S) in mm; null without voxels. */
  of(channel: number): Triple | null;
  /**
   * Distance in mm up to which two channels' centres count as equal: the longest voxel edge, or a twentieth
   * of the left-right extent of both.
   */
  nearMm(a: number, b: number): number;
}

/** @param table null for masks */
export function regionCentres(
  grid: Grid,
  occupancy: SliceOccupancy,
  table: RegionTable | null,
): RegionCentres {
  return {
    of(channel) {
      const centre = centroidOf(occupancy, entriesOf(table, channel));
      return centre && worldFromVoxel(grid, centre);
    },
    nearMm(a, b) {
      const entries = [...entriesOf(table, a), ...entriesOf(table, b)];
      return Math.max(...spacingMm(grid), SHARE * widthMm(grid, occupancy, entries));
    },
  };
}

/** Left-right extent of the box in array axes around some entries. */
function widthMm({ toWorld }: Grid, occupancy: SliceOccupancy, entries: Entries): number {
  return AXES.reduce<number>((sum, axis) => {
    const runs = sliceRanges(slicesOf(occupancy, entries, axis), occupancy.shape[axis]);
    const [first, last] = [runs[0]?.[0] ?? 0, runs.at(-1)?.[1] ?? 0];
    return sum + (last - first) * Math.abs(toWorld[axis] ?? 0);
  }, 0);
}
