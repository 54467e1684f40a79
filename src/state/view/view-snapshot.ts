/** Back and forward through what was looked at. Edits of the definition have an undo of their own. Pure. */
import type { StateFields, ViewState } from "../../domain/view/fields.ts";
import type { CompareSlice } from "../slices/compare-slice.ts";
import type { EditSlice } from "../slices/edit-slice.ts";

/** What of the page's state is looked back at. */
type ViewedState = StateFields &
  Pick<CompareSlice, "secondLabels"> &
  Pick<EditSlice, "comparedWith"> & { readonly view: ViewState };

/** Of the view: `drawFrom` gives the same picture either way. */
const VIEW_KEYS = [
  "plane",
  "convention",
  "outline",
  "crosshair",
  "voxel",
  "zoom",
  "panMm",
  "window",
  "fillOpacity",
] as const satisfies readonly (keyof ViewState)[];

const KEYS = [
  "centre",
  "paneScale",
  "maximised",
  "showLost",
  "hidden",
  "solo",
  "soloMore",
  "raised",
  "solidCut",
  "colorBy",
  "fileColors",
  "lightboxTiles",
  "lightboxShows",
  "selectedRegion",
  "selectedMore",
  "compareKind",
  "compareScale",
  "compareStripes",
  "compareAwaits",
  // Files of the user's: held for as long as a step leads back to them.
  "secondLabels",
  "comparedWith",
  "planes",
  "split",
  "outlinePx",
  "styles",
  "rowHeightPx",
  "camera",
] as const satisfies readonly (keyof ViewedState)[];

/** What is dragged, turned or slid: a step once it has come to rest. Everything else is a step at once. */
const GLIDING: ReadonlySet<string> = new Set([
  "voxel",
  "zoom",
  "panMm",
  "window",
  "fillOpacity",
  "planes",
  "split",
  "outlinePx",
  "styles",
  "rowHeightPx",
  "camera",
  "lightboxTiles",
  "selectedRegion",
  "selectedMore",
]);

/** Comes back with a step, and is one itself only where it is what is shown. */
const SELECTION: ReadonlySet<string> = new Set(["selectedRegion", "selectedMore"]);

/** The crosshair moved less than this along every axis, in voxels, was only scrubbed. */
export const JUMP_VOXELS = 5;

/** What a step brings back. */
export type Moment = Pick<ViewedState, (typeof KEYS)[number]> & {
  readonly view: Pick<ViewState, (typeof VIEW_KEYS)[number]>;
};

export function momentOf(state: ViewedState): Moment {
  return { ...pick(state, KEYS), view: pick(state.view, VIEW_KEYS) };
}

/** How `to` follows `from`: not at all, by something that may go on, or by a choice. */
export function changeBetween(from: Moment, to: Moment): "none" | "gliding" | "choice" {
  const changed = [
    ...KEYS.filter((key) => from[key] !== to[key] && (!SELECTION.has(key) || showsSelected(to))),
    ...VIEW_KEYS.filter((key) => from.view[key] !== to.view[key]),
  ];
  if (changed.length === 0) return "none";
  return changed.every((key) => GLIDING.has(key)) ? "gliding" : "choice";
}

/** The lightbox shows nothing but the selected region. */
function showsSelected({ centre, lightboxShows }: Moment): boolean {
  return centre === "lightbox" && lightboxShows === "selected";
}

/** A view at rest with what is selected now, where that is no step. */
export function withSelection(moment: Moment, { selectedRegion, selectedMore }: ViewedState): Moment {
  return { ...moment, selectedRegion, selectedMore };
}

/** Whether nothing but the crosshair moved, and not far. */
export function isScrub(from: Moment, to: Moment): boolean {
  const [a, b] = [from.view.voxel, to.view.voxel];
  const near = a.every((at, axis) => Math.abs(at - (b[axis] ?? at)) < JUMP_VOXELS);
  return near && changeBetween(from, { ...to, view: { ...to.view, voxel: a } }) === "none";
}

function pick<T extends object, K extends keyof T>(from: T, keys: readonly K[]): Pick<T, K> {
  return Object.fromEntries(keys.map((key) => [key, from[key]])) as Pick<T, K>;
}
