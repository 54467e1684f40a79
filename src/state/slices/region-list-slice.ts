/**
 * The region list: sort order and multiple selection. `selectedRegion`, in the view slice, is the current one
 * of several.
 */

import { getPreference } from "../../base/preferences.ts";

/** In the order of the definition; by name; largest first; those gone in most patches first. */
export type RegionSort = "order" | "name" | "volume" | "gone";

export interface RegionListSlice {
  /** True if selecting a region moves the crosshair to it. The browser remembers it. */
  readonly goesToSelected: boolean;
  readonly regionSort: RegionSort;
  /** Other selected regions; `selectedRegion` is not among them. */
  readonly selectedMore: ReadonlySet<string>;
  /** Start of a range selection; null starts at the current region. */
  readonly rangeFrom: string | null;
  /** Other regions shown alone; `solo` is not among them. Empty without it. */
  readonly soloMore: ReadonlySet<string>;
}

/** One shared empty set, because the history treats another set as another view. */
export const NO_NAMES: ReadonlySet<string> = new Set();

/** Reset when a case of another dataset opens. */
export const PER_DATASET = { selectedMore: NO_NAMES, rangeFrom: null, soloMore: NO_NAMES } as const;

export const GOES_TO_SELECTED = "goes-to-selected";

export const DEFAULTS: RegionListSlice = {
  ...PER_DATASET,
  regionSort: "order",
  goesToSelected: getPreference(GOES_TO_SELECTED) !== null,
};
