/**
 * The list of regions: its order, and several selected at once. `selectedRegion` of the view stays the
 * current one.
 */

/** As the definition has them; by name; largest first; those that vanish at the finest scale first. */
export type RegionSort = "order" | "name" | "volume" | "vanishing";

export interface RegionListSlice {
  readonly regionSort: RegionSort;
  /** Selected beside `selectedRegion`, which is not among them. */
  readonly selectedMore: ReadonlySet<string>;
  /** Where a range begins; null begins it at the current region. */
  readonly rangeFrom: string | null;
  /** Shown alone together with `solo`, which is not among them; empty without it. */
  readonly soloMore: ReadonlySet<string>;
}

/** One set for all: the history takes another set for another view. */
export const NO_NAMES: ReadonlySet<string> = new Set();

/** What another case resets. */
export const PER_CASE = { selectedMore: NO_NAMES, rangeFrom: null, soloMore: NO_NAMES } as const;

export const DEFAULTS: RegionListSlice = { ...PER_CASE, regionSort: "order" };
