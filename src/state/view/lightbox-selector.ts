/** Selects the regions and slices that the lightbox shows. */
import { memo } from "../../base/memo.ts";
import { type PlaneAxes, planeAxes } from "../../domain/geometry/grid.ts";
import { sourceGrid } from "../../domain/volume/palette-volume.ts";
import type { AppState } from "../app-state.ts";
import { selectDrawnTable } from "../case/case-selectors.ts";
import { type RegionRow, selectRows } from "../regions/region-rows.ts";
import { selectRegionSlices } from "../regions/slice-selectors.ts";
import { type Scroll, type ShownSlices, scrolled, slicesOf } from "./tiles.ts";

const MAX_TILES = 80;
/** Maximum GPU memory of all tiles; a storage buffer binding holds at least 128 MiB. */
const MAX_BYTES = 96 << 20;

interface LightboxContent {
  /** The region shown, if only one is; null for all shown regions. */
  readonly one: RegionRow | null;
  /** True if its regions are known to have no voxels; all slices are shown then. */
  readonly absent: boolean;
  /** Maximum number of tiles that fits the GPU. */
  readonly most: number;
  /** Number of tiles now allowed. */
  readonly tiles: number;
  /** As scrolled. */
  readonly shown: ShownSlices;
  readonly scroll: Scroll;
  /** Changes with what is shown without scrolling; null until it is known which slices have the region. */
  readonly unscrolled: string | null;
}

/** Null without a case. */
export const selectLightbox = memo(
  (s: AppState) => [
    s.openCase?.source ?? null,
    s.view.plane,
    s.view.convention,
    s.lightboxTiles,
    s.lightboxShift,
    s.lightboxShows === "selected" ? s.selectedRegion : null,
    selectRows(s),
    selectRegionSlices(s),
    selectDrawnTable(s),
  ],
  (source, plane, convention, wanted, shift, selected, rows, regionSlices, table): LightboxContent | null => {
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
    const unscrolled = slicesOf(first, last, tiles, direction);
    return {
      one,
      most,
      tiles,
      absent: regionSlices !== null && range === null,
      ...scrolled(unscrolled, shift, grid.shape[axis], direction),
      unscrolled: regionSlices && [plane, one?.name, unscrolled.step, ...unscrolled.slices].join(),
    };
  },
);

/** Budgets for the words, the colour and the grey value of every voxel. */
function mostTiles(
  shape: readonly [number, number, number],
  { horizontal, vertical }: PlaneAxes,
  regions: number,
): number {
  const bytes = shape[horizontal.axis] * shape[vertical.axis] * Math.max(8, Math.ceil(regions / 32) * 4);
  return Math.max(1, Math.min(MAX_TILES, Math.floor(MAX_BYTES / bytes)));
}
