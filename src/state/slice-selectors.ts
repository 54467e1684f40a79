/** In which slices regions lie, for strips and jumps. An edit of a definition needs no new pass: regions are where their labels are. */
import { planeAxes, type Triple } from "../domain/grid.ts";
import { sourceGrid } from "../domain/palette-volume.ts";
import type { RegionTable } from "../domain/region-table.ts";
import { entriesOf, nextSlice, type SlicePresence, slicesOf } from "../domain/slice-sets.ts";
import type { AppState } from "./app-state.ts";
import { memo } from "./memo.ts";
import { type RegionRow, selectRegionRows } from "./row-selectors.ts";
import { selectSelected } from "./selected-regions.ts";
import { selectRegionTable } from "./selectors.ts";

/** Of the open case; null while it is computed. */
export const selectSlicePresence = memo(
  (s: AppState) => [s.openCase?.source, s.slicePresence],
  (source, known): SlicePresence | null => (source && known?.source === source ? known.presence : null),
);

/** Where the regions of a table lie, looked up once each. */
class RegionSlices {
  readonly #presence: SlicePresence;
  readonly #table: RegionTable | null;
  readonly #known = new Map<string, Uint32Array>();

  constructor(presence: SlicePresence, table: RegionTable | null) {
    this.#presence = presence;
    this.#table = table;
  }

  /** Bit `i & 31` of word `i >>> 5` says that the channel is in slice i of an axis. */
  of(channel: number, axis: 0 | 1 | 2): Uint32Array {
    const key = `${channel} ${axis}`;
    const before = this.#known.get(key);
    if (before) return before;
    const slices = slicesOf(this.#presence, entriesOf(this.#table, channel), axis);
    this.#known.set(key, slices);
    return slices;
  }
}

/** Null while it is computed. */
export const selectRegionSlices = memo(
  (s: AppState) => [selectSlicePresence(s), selectRegionTable(s), s.openCase?.source.kind],
  (presence, table, kind): RegionSlices | null =>
    presence && (table || kind === "masks") ? new RegionSlices(presence, table) : null,
);

/** The selected regions that there are, as rows, the current one first. */
export const selectSelectedRows = memo(
  (s: AppState) => [selectRegionRows(s), selectSelected(s)],
  (rows, names): readonly RegionRow[] => names.flatMap((name) => rows.find((row) => row.name === name) ?? []),
);

/**
 * The crosshair in the next slice of the current plane that has any of the selected regions.
 * @param by 1 towards S, A or R
 * @returns `"none"` where there is no such slice; null where nothing is selected or known
 */
export function nextSelectedSlice(s: AppState, by: 1 | -1): Triple | "none" | null {
  const slices = selectRegionSlices(s);
  const rows = selectSelectedRows(s);
  if (!slices || !s.openCase || rows.length === 0) return null;
  const grid = sourceGrid(s.openCase.source);
  const { axis, direction } = planeAxes(grid, s.view.plane).slice;
  const all = rows.reduce(
    (union, { channel }) => slices.of(channel, axis).map((word, w) => word | (union[w] ?? 0)),
    new Uint32Array(0),
  );
  const to = nextSlice(all, grid.shape[axis], s.view.voxel[axis], direction === by ? 1 : -1);
  return to === null ? "none" : inPlaneAt(s.view.voxel, axis, to);
}

/** A voxel moved to another slice. */
export function inPlaneAt(voxel: Triple, axis: 0 | 1 | 2, slice: number): Triple {
  const moved: [number, number, number] = [...voxel];
  moved[axis] = slice;
  return moved;
}
