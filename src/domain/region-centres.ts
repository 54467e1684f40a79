/** Where the middles of regions lie in the patient. */
import { type Grid, spacingMm, type Triple, worldFromVoxel } from "./grid.ts";
import type { RegionTable } from "./region-table.ts";
import { centroidOf, entriesOf, type SlicePresence } from "./slice-sets.ts";

/** Asked for few of many regions: nothing is computed before. */
export interface RegionCentres {
  /** The mean of a channel's voxels (R, A, S) in mm; null where it has none. */
  of(channel: number): Triple | null;
  /** Middles less than this apart, in mm, are taken to lie in one place: the edge of the largest voxel. */
  readonly nearMm: number;
}

/** @param table null for masks */
export function regionCentres(grid: Grid, presence: SlicePresence, table: RegionTable | null): RegionCentres {
  return {
    of(channel) {
      const centre = centroidOf(presence, entriesOf(table, channel));
      return centre && worldFromVoxel(grid, centre);
    },
    nearMm: Math.max(...spacingMm(grid)),
  };
}
