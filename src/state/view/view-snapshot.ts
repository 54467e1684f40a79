/**
 * Takes and compares snapshots of the view, for back and forward. Edits of the definition have a separate
 * undo. Pure functions.
 */
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

/** The user's files; kept open as long as a step leads back to them. */
type OpenFiles = Pick<CompareSlice, "secondLabels"> & Pick<EditSlice, "otherDefinition">;

/** The state that snapshots are taken of. */
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

/** Restored with a step; a step by itself only if the view shows nothing but the selection. */
const SELECTION = keysOf("selection");
/** Continuous changes (drags, rotation, sliders) become a step once they come to rest; others at once. */
const CONTINUOUS = keysOf("glide", "selection");

/** Shorter moves of the crosshair, in voxels along every axis, are scrubbing and no step. */
export const JUMP_VOXELS = 5;

/** The state that a step restores. */
export type ViewSnapshot = Pick<StateFields, HistoryKey & StateKey> &
  OpenFiles & { readonly view: Pick<ViewState, HistoryKey & ViewKey> };

export function viewSnapshotOf(state: ViewedState): ViewSnapshot {
  return { ...pick(state, KEYS), view: pick(state.view, VIEW_KEYS) };
}

/** Classifies the change from `from` to `to`: none, one that may continue, or a single choice. */
export function changeBetween(from: ViewSnapshot, to: ViewSnapshot): "none" | "continuous" | "choice" {
  const changed = [
    ...KEYS.filter((key) => from[key] !== to[key] && (!SELECTION.has(key) || showsSelected(to))),
    ...VIEW_KEYS.filter((key) => from.view[key] !== to.view[key]),
  ];
  if (changed.length === 0) return "none";
  return changed.every((key) => CONTINUOUS.has(key)) ? "continuous" : "choice";
}

/** True in a lightbox that shows only the selected region. */
function showsSelected({ activeView, lightboxShows }: ViewSnapshot): boolean {
  return activeView === "lightbox" && lightboxShows === "selected";
}

/** A settled view with the current selection, for selections that are no step. */
export function withSelection(
  snapshot: ViewSnapshot,
  { selectedRegion, selectedMore, compareRow }: ViewedState,
): ViewSnapshot {
  return { ...snapshot, selectedRegion, selectedMore, compareRow };
}

/** True if only the crosshair moved, and not far. */
export function isScrub(from: ViewSnapshot, to: ViewSnapshot): boolean {
  const [a, b] = [from.view.voxel, to.view.voxel];
  const near = a.every((at, axis) => Math.abs(at - (b[axis] ?? at)) < JUMP_VOXELS);
  return near && changeBetween(from, { ...to, view: { ...to.view, voxel: a } }) === "none";
}

function pick<T extends object, K extends keyof T>(from: T, keys: readonly K[]): Pick<T, K> {
  return Object.fromEntries(keys.map((key) => [key, from[key]])) as Pick<T, K>;
}
