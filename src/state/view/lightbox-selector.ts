/** What the lightbox shows: which regions, and which slices of the plane. */
import { memo } from "../../base/memo.ts";
import { type PlaneAxes, planeAxes } from "../../domain/geometry/grid.ts";
import { sourceGrid } from "../../domain/volume/palette-volume.ts";
import type { AppState } from "../app-state.ts";
import { selectRegionTable } from "../case/case-selectors.ts";
import { type RegionRow, selectRows } from "../regions/region-rows.ts";
import { selectRegionSlices } from "../regions/slice-selectors.ts";
import { type ShownSlices, slicesOf } from "./tiles.ts";

const MAX_TILES = 80;
/** What all tiles may take on the GPU; a binding holds 128 MiB at least. */
const MAX_BYTES = 96 << 20;

interface LightboxContent {
  /** The region that is shown alone; null for all shown ones. */
  readonly one: RegionRow | null;
  /** Its regions are known to be in no voxel, so that all slices are shown. */
  readonly absent: boolean;
  /** Tiles that fit the GPU. */
  readonly most: number;
  /** As many as there may be now. */
  readonly tiles: number;
  readonly shown: ShownSlices;
}

/** Null without a case. */
export const selectLightbox = memo(
  (s: AppState) => [
    s.openCase?.source ?? null,
    s.view.plane,
    s.view.convention,
    s.lightboxTiles,
    s.lightboxShows === "selected" ? s.selectedRegion : null,
    selectRows(s),
    selectRegionSlices(s),
    selectRegionTable(s),
  ],
  (source, plane, convention, wanted, selected, rows, regionSlices, table): LightboxContent | null => {
    if (!source) return null;
    const grid = sourceGrid(source);
    const axes = planeAxes(grid, plane, convention);
    const { axis, direction } = axes.slice;
    const one = selected === null ? null : (rows.find(({ name }) => name === selected) ?? null);
    const channels = (one ? [one] : rows).map(({ channel }) => channel);
    const range = regionSlices?.range(table, channels, axis) ?? null;
    const most = mostTiles(grid.shape, axes, rows.length);
    const tiles = Math.min(wanted, most);
    const [first, last] = range ?? [0, grid.shape[axis] - 1];
    return {
      one,
      most,
      tiles,
      absent: regionSlices !== null && range === null,
      shown: slicesOf(first, last, tiles, direction),
    };
  },
);

/** Words, a tint and grey values of every voxel. */
function mostTiles(
  shape: readonly [number, number, number],
  { horizontal, vertical }: PlaneAxes,
  regions: number,
): number {
  const bytes = shape[horizontal.axis] * shape[vertical.axis] * Math.max(8, Math.ceil(regions / 32) * 4);
  return Math.max(1, Math.min(MAX_TILES, Math.floor(MAX_BYTES / bytes)));
}
