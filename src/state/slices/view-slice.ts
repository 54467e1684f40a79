/** How the case is looked at: the slice, the view in the middle of the page, and the current region. */
import type { Triple } from "../../domain/geometry/grid.ts";
import type { OwnFields } from "../../domain/view/fields.ts";

export type Tool = "crosshair" | "pan" | "window" | "patch" | "ruler";

/** What the pointer rests on. */
export interface Hover {
  readonly voxel: Triple;
  readonly row: number;
  readonly column: number;
}

export interface ViewSlice {
  readonly tool: Tool;
  /** Draws a hatch over voxels whose label does not come back from a perfect prediction. */
  readonly showChanged: boolean;
  /**
   * Shows what the last frames cost; kept in no address and no storage, so that it is off again the next
   * time.
   */
  readonly showFrameTimes: boolean;
  readonly panels: { readonly left: boolean; readonly right: boolean; readonly bits: boolean };
  /** Names of regions without a row in the grid. */
  readonly hidden: ReadonlySet<string>;
  readonly solo: string | null;
  readonly selectedRegion: string | null;
  /** Regions that the finding last clicked is about. */
  readonly highlighted: readonly string[];
  readonly hover: Hover | null;
}

/** Whether the middle shows whole slices, which have a zoom of their own. */
export function showsSlices({ activeView }: Pick<OwnFields, "activeView">): boolean {
  return activeView === "planes" || activeView === "lightbox" || activeView === "compare";
}

/** Whether the middle shows slices that rulers lie on. */
export function hasRulers({ activeView }: Pick<OwnFields, "activeView">): boolean {
  return activeView === "grid" || showsSlices({ activeView });
}

export function clampVoxel(voxel: Triple, shape: Triple): Triple {
  const along = (axis: 0 | 1 | 2) => Math.min(Math.max(Math.round(voxel[axis]), 0), shape[axis] - 1);
  return [along(0), along(1), along(2)];
}

/** What another case resets. */
export const PER_CASE = {
  hidden: new Set<string>(),
  solo: null,
  selectedRegion: null,
  highlighted: [],
  hover: null,
} as const;

export const DEFAULTS: ViewSlice = {
  ...PER_CASE,
  tool: "crosshair",
  showChanged: false,
  showFrameTimes: false,
  panels: { left: true, right: true, bits: true },
};
