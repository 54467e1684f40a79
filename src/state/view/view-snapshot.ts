/** Back and forward through what was looked at. Edits of the definition have an undo of their own. Pure. */
import {
  FIELD_LIST,
  type HistoryKey,
  type StateFields,
  type StateKey,
  type ViewKey,
  type ViewState,
} from "../../domain/view/fields.ts";
import type { CompareSlice } from "../slices/compare-slice.ts";
import type { EditSlice } from "../slices/edit-slice.ts";

/** Files of the user's: held for as long as a step leads back to them. */
type OpenFiles = Pick<CompareSlice, "secondLabels"> & Pick<EditSlice, "otherDefinition">;

/** What of the page's state is looked back at. */
type ViewedState = StateFields & OpenFiles & { readonly view: ViewState };

const ROWS = FIELD_LIST.filter(([, row]) => row.history !== "no");
const VIEW_KEYS = ROWS.filter(([, row]) => row.in === "view").map(([key]) => key as HistoryKey & ViewKey);
const KEYS = [
  ...ROWS.filter(([, row]) => row.in !== "view").map(([key]) => key as HistoryKey & StateKey),
  "secondLabels",
  "otherDefinition",
] as const;

const keysOf = (...histories: readonly string[]): ReadonlySet<string> =>
  new Set(ROWS.filter(([, row]) => histories.includes(row.history)).map(([key]) => key));

/** Comes back with a step, and is one itself only where it is what is shown. */
const SELECTION = keysOf("selection");
/** What is dragged, turned or slid: a step once it has come to rest. Everything else is a step at once. */
const CONTINUOUS = keysOf("glide", "selection");

/** The crosshair moved less than this along every axis, in voxels, was only scrubbed. */
export const JUMP_VOXELS = 5;

/** What a step brings back. */
export type ViewSnapshot = Pick<StateFields, HistoryKey & StateKey> &
  OpenFiles & { readonly view: Pick<ViewState, HistoryKey & ViewKey> };

export function viewSnapshotOf(state: ViewedState): ViewSnapshot {
  return { ...pick(state, KEYS), view: pick(state.view, VIEW_KEYS) };
}

/** How `to` follows `from`: not at all, by something that may go on, or by a choice. */
export function changeBetween(from: ViewSnapshot, to: ViewSnapshot): "none" | "continuous" | "choice" {
  const changed = [
    ...KEYS.filter((key) => from[key] !== to[key] && (!SELECTION.has(key) || showsSelected(to))),
    ...VIEW_KEYS.filter((key) => from.view[key] !== to.view[key]),
  ];
  if (changed.length === 0) return "none";
  return changed.every((key) => CONTINUOUS.has(key)) ? "continuous" : "choice";
}

/** The lightbox shows nothing but the selected region. */
function showsSelected({ activeView, lightboxShows }: ViewSnapshot): boolean {
  return activeView === "lightbox" && lightboxShows === "selected";
}

/** A view at rest with what is selected now, where that is no step. */
export function withSelection(
  snapshot: ViewSnapshot,
  { selectedRegion, selectedMore }: ViewedState,
): ViewSnapshot {
  return { ...snapshot, selectedRegion, selectedMore };
}

/** Whether nothing but the crosshair moved, and not far. */
export function isScrub(from: ViewSnapshot, to: ViewSnapshot): boolean {
  const [a, b] = [from.view.voxel, to.view.voxel];
  const near = a.every((at, axis) => Math.abs(at - (b[axis] ?? at)) < JUMP_VOXELS);
  return near && changeBetween(from, { ...to, view: { ...to.view, voxel: a } }) === "none";
}

function pick<T extends object, K extends keyof T>(from: T, keys: readonly K[]): Pick<T, K> {
  return Object.fromEntries(keys.map((key) => [key, from[key]])) as Pick<T, K>;
}
