/** A place where resampling changed a case. */
import type { Components } from "../analysis/components.ts";
import { entriesOfChannel, type RegionTable } from "../dataset/region-table.ts";
import type { Grid } from "../geometry/grid.ts";

/** Voxels that touch one another and share their fate. */
interface Place {
  /** The grid that the voxels are of. */
  readonly grid: Grid;
  readonly components: Components;
  /** Which one of `components.listed`. */
  readonly rank: number;
}

/**
 * The label that nnU-Net writes into background outside the image's nonzero mask, and interpolates like any
 * other.
 */
export const OUTSIDE_MASK = -1;

/** On the stored grid: a component of a region that cropping or resampling leaves nothing of. */
export interface GonePlace extends Place {
  readonly kind: "gone";
  readonly channel: number;
  /** All of the region is gone. */
  readonly isWhole: boolean;
  /** All of the region is outside the nonzero box. */
  readonly isCropped: boolean;
}

/** On the training grid: resampling gaps. */
export interface GapPlace extends Place {
  readonly kind: "gap";
  /**
   * Labels that are interpolated there, the most frequent first, then background and {@link OUTSIDE_MASK}, in
   * this order.
   */
  readonly labels: readonly number[];
  /** Stored palette entries of the nearest voxels. */
  readonly entries: readonly number[];
}

/** On the training grid: outside the region, while the nearest stored voxels are in it; without gaps. */
export interface LostPlace extends Place {
  readonly kind: "lost";
  readonly channel: number;
}

export type ChangedPlace = GonePlace | GapPlace | LostPlace;

/** The component of a place: its voxels, box, and a voxel in its middle. */
export function componentOf({ components: { listed }, rank }: Place): Components["listed"][number] {
  const component = listed[rank];
  if (!component) throw new RangeError(`There is no component ${rank}.`);
  return component;
}

/** True if some of a gap's nearest stored voxels are in the region. */
export function isGapOf({ entries }: GapPlace, table: RegionTable, channel: number): boolean {
  const own = entriesOfChannel(table, channel);
  return entries.some((entry) => own.includes(entry));
}
