/** How the page shows the case: tool, panels, and shown and selected regions. */
import type { Triple } from "../../domain/geometry/grid.ts";
import type { OwnFields } from "../../domain/view/fields.ts";

export type Tool = "crosshair" | "pan" | "window" | "patch" | "ruler";

/** The position under the pointer. */
export interface Hover {
  readonly voxel: Triple;
  readonly row: number;
  readonly column: number;
}

export interface ViewSlice {
  readonly tool: Tool;
  /** Hatches voxels whose label changes in the round trip. */
  readonly showChanged: boolean;
  /** Shows the frame times. Neither the address nor storage keeps it, so a reload switches it off. */
  readonly showFrameTimes: boolean;
  readonly panels: { readonly left: boolean; readonly right: boolean; readonly bits: boolean };
  /** Names of hidden regions. */
  readonly hidden: ReadonlySet<string>;
  readonly solo: string | null;
  readonly selectedRegion: string | null;
  /** Regions of the last clicked finding. */
  readonly highlighted: readonly string[];
  readonly hover: Hover | null;
}

/** True if the view shows whole slices, which have their own zoom. */
export function showsSlices({ activeView }: Pick<OwnFields, "activeView">): boolean {
  return activeView === "planes" || activeView === "lightbox" || activeView === "compare";
}

/** True if the view shows slices with rulers. */
export function hasRulers({ activeView }: Pick<OwnFields, "activeView">): boolean {
  return activeView === "grid" || showsSlices({ activeView });
}

export function clampVoxel(voxel: Triple, shape: Triple): Triple {
  const along = (axis: 0 | 1 | 2) => Math.min(Math.max(Math.round(voxel[axis]), 0), shape[axis] - 1);
  return [along(0), along(1), along(2)];
}

/** Reset when another case opens. */
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
