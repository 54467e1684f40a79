/** How the page shows the case: tool, panels, and shown and selected regions. */
import { getPreference } from "../../base/preferences.ts";
import type { Triple } from "../../domain/geometry/grid.ts";
import type { OwnFields, ViewState } from "../../domain/view/fields.ts";
import type { PlanesView } from "../../domain/view/view-values.ts";

export type Tool = "crosshair" | "pan" | "window" | "patch" | "ruler";

/** The parts of the page that open and close: regions with findings, timing, and the bits of the voxel. */
export type PanelName = "left" | "right" | "bits";

/** The pictures have the room of what only some visits need. */
export const OPEN_AT_FIRST: Readonly<Record<PanelName, boolean>> = { left: true, right: false, bits: false };

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
  /** How often the grid's rows were fitted to the slice on request. */
  readonly rowFits: number;
  /** Which of them are open. */
  readonly panels: Readonly<Record<PanelName, boolean>>;
  /** Names of hidden regions. */
  readonly hidden: ReadonlySet<string>;
  readonly solo: string | null;
  readonly selectedRegion: string | null;
  /** Regions of the last clicked finding. */
  readonly highlighted: readonly string[];
  readonly hover: Hover | null;
  /** The zooms that the last step chose, and the user's own before it; null if none was chosen. */
  readonly stepZoom: {
    readonly zoom: number;
    readonly planesZoom: number;
    readonly own: { readonly view: ViewState; readonly planes: PlanesView };
  } | null;
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
export const PER_CASE = { highlighted: [], hover: null, stepZoom: null } as const;

/** Reset when a case of another dataset opens. */
export const PER_DATASET = { hidden: new Set<string>(), solo: null, selectedRegion: null } as const;

const OWN_TOOL: Tool = "crosshair";

/** Reset when another case opens, unless it is of the same dataset and on the same grid. */
export const PER_GRID = { tool: OWN_TOOL } as const;

export const DEFAULTS: ViewSlice = {
  ...PER_CASE,
  ...PER_DATASET,
  ...PER_GRID,
  showChanged: false,
  showFrameTimes: false,
  rowFits: 0,
  panels: { left: isOpen("left"), right: isOpen("right"), bits: isOpen("bits") },
};

/** As this browser remembers it. */
function isOpen(panel: PanelName): boolean {
  const remembered = getPreference(`panel.${panel}`);
  return remembered === null ? OPEN_AT_FIRST[panel] : remembered === "open";
}
