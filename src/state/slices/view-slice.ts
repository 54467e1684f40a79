/** How the case is looked at: the slice, the view in the middle of the page, and the current region. */
import type { Convention, Plane, Triple } from "../../domain/geometry/grid.ts";

/** Grey values: `level` is drawn mid-grey, `width` spans black to white. */
export interface WindowLevel {
  readonly level: number;
  readonly width: number;
}

export interface ViewState {
  readonly plane: Plane;
  readonly convention: Convention;
  /** The crosshair, a full-size voxel. */
  readonly voxel: Triple;
  /** 1 shows the whole slice. */
  readonly zoom: number;
  readonly panMm: readonly [number, number];
  readonly window: WindowLevel;
  /** 0..1 */
  readonly fillOpacity: number;
  readonly outline: boolean;
  readonly crosshair: boolean;
  readonly drawFrom: "label-first" | "bit-packed";
}

/** What fills the middle of the page. */
export type CentreView = "grid" | "planes" | "lightbox" | "compare" | "round-trip" | "relations" | "survival";

export type Tool = "crosshair" | "pan" | "window" | "patch" | "ruler";

/** What the pointer rests on. */
export interface Hover {
  readonly voxel: Triple;
  readonly row: number;
  readonly column: number;
}

export interface ViewSlice {
  readonly view: ViewState;
  readonly tool: Tool;
  readonly centre: CentreView;
  /** Draws a hatch over voxels whose label does not come back from a perfect prediction. */
  readonly showChanged: boolean;
  /** Draws boxes over the tiles around the components that vanish at some scale. */
  readonly showVanishing: boolean;
  /**
   * Shows what the last frames cost; kept in no address and no storage, so that it is off again the next
   * time.
   */
  readonly showFrameTimes: boolean;
  /** Height of the grid's rows in CSS px; null fits them to the slice. */
  readonly rowHeightPx: number | null;
  readonly panels: { readonly left: boolean; readonly right: boolean; readonly bits: boolean };
  /** Names of regions without a row in the grid. */
  readonly hidden: ReadonlySet<string>;
  readonly solo: string | null;
  readonly selectedRegion: string | null;
  /** Regions that the finding last clicked is about. */
  readonly concerned: readonly string[];
  readonly hover: Hover | null;
}

/** Whether the middle shows whole slices, which have a zoom of their own. */
export function showsPanes({ centre }: Pick<ViewSlice, "centre">): boolean {
  return centre === "planes" || centre === "lightbox" || centre === "compare";
}

/** Whether the middle shows slices that rulers lie on. */
export function hasRulers({ centre }: Pick<ViewSlice, "centre">): boolean {
  return centre === "grid" || showsPanes({ centre });
}

export const MIN_ZOOM = 1;
export const MAX_ZOOM = 40;

export const DEFAULT_VIEW: ViewState = {
  plane: "coronal",
  convention: "radiological",
  voxel: [0, 0, 0],
  zoom: 1,
  panMm: [0, 0],
  window: { level: 40, width: 400 },
  fillOpacity: 0.45,
  outline: true,
  crosshair: true,
  drawFrom: "label-first",
};

export function clampVoxel(voxel: Triple, shape: Triple): Triple {
  const along = (axis: 0 | 1 | 2) => Math.min(Math.max(Math.round(voxel[axis]), 0), shape[axis] - 1);
  return [along(0), along(1), along(2)];
}

/** What another case resets. */
export const PER_CASE = {
  hidden: new Set<string>(),
  solo: null,
  selectedRegion: null,
  concerned: [],
  hover: null,
} as const;

export const DEFAULTS: ViewSlice = {
  ...PER_CASE,
  view: DEFAULT_VIEW,
  tool: "crosshair",
  centre: "grid",
  showChanged: false,
  showVanishing: false,
  showFrameTimes: false,
  rowHeightPx: null,
  panels: { left: true, right: true, bits: true },
};
