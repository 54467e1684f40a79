/** Draws a case as one small slice with all of its regions, with plain loops. */
import type { Rgb } from "../../base/oklab.ts";
import { entriesOf, type SliceOccupancy, slicesOf } from "../analysis/slice-set.ts";
import type { CaseData } from "../case/case-data.ts";
import { regionColor, regionColors } from "../colors/region-colors.ts";
import type { DatasetDefinition } from "../dataset/dataset-definition.ts";
import type { RegionSet } from "../dataset/region-set.ts";
import type { RegionTable } from "../dataset/region-table.ts";
import { type Grid, type Plane, type PlaneAxis, planeAxes } from "../geometry/grid.ts";
import { strideOf } from "../geometry/transpose.ts";
import { greyLookup, type RenderedSlice } from "../report/render-slice.ts";
import { initialPlane, planeExtentMm } from "../view/initial-plane.ts";
import { initialWindow, isCt } from "../view/initial-window.ts";
import { type Source, sourceGrid } from "../volume/palette-volume.ts";

/** Height of a picture, unless it would be wider than {@link MOST_WIDTH_PX}. */
const HEIGHT_PX = 200;
const MOST_WIDTH_PX = 400;
const ALPHA = 0.55;
/** Where there is no image. */
const GROUND = 44;
/** Regions beyond this many have the colours of the first ones again. */
const COLORS = 10;

interface PicturedCase {
  /** On the stored grid. */
  readonly stored: Pick<CaseData, "source" | "image" | "labelNames">;
  readonly definition: DatasetDefinition | null;
  readonly regionSet: RegionSet;
  /** Null for masks. */
  readonly table: RegionTable | null;
  readonly occupancy: SliceOccupancy;
}

/**
 * The plane and the window of grey values are those that the page opens the case with; the slice is the one
 * with the most regions, of several the middle one. A region has the same colour in every case of a dataset,
 * so no other case decides it. Where regions overlap, the one with the fewest labels is drawn.
 */
export function casePicture({
  stored,
  definition,
  regionSet,
  table,
  occupancy,
}: PicturedCase): RenderedSlice {
  const { source, image } = stored;
  const grid = sourceGrid(source);
  const plane = initialPlane(grid);
  const axes = planeAxes(grid, plane);
  const [width, height] = pictureSize(grid, plane);
  const columns = voxelsAlong(grid, axes.horizontal, width);
  const rows = voxelsAlong(grid, axes.vertical, height);
  const voxel: [number, number, number] = [0, 0, 0];
  voxel[axes.slice.axis] = fullestSlice(regionSet, table, occupancy, axes.slice.axis);
  const grey = greyLookup(image, grid, initialWindow(image, isCt(definition, image)));
  const colorAt = colorLookup(source, regionSet, table, stored.labelNames);
  const stride = strideOf(grid.shape);
  const pixels = new Uint8ClampedArray(4 * width * height);
  for (let y = 0, i = 0; y < height; y++) {
    voxel[axes.vertical.axis] = rows[y] ?? 0;
    for (let x = 0; x < width; x++, i += 4) {
      voxel[axes.horizontal.axis] = columns[x] ?? 0;
      const value = grey(voxel);
      const under = Number.isNaN(value) ? GROUND : value * 255;
      const color = colorAt(voxel[0] * stride[0] + voxel[1] * stride[1] + voxel[2]);
      for (let part = 0; part < 3; part++)
        pixels[i + part] = color ? under + ((color[part] ?? 0) * 255 - under) * ALPHA : under;
      pixels[i + 3] = 255;
    }
  }
  return { width, height, pixels };
}

function pictureSize(grid: Grid, plane: Plane): readonly [number, number] {
  const [widthMm, heightMm] = planeExtentMm(grid, plane);
  const pxPerMm = Math.min(HEIGHT_PX / heightMm, MOST_WIDTH_PX / widthMm);
  const px = (mm: number, most: number) =>
    Math.max(1, Math.min(most, Math.round(Number.isFinite(mm * pxPerMm) ? mm * pxPerMm : most)));
  return [px(widthMm, MOST_WIDTH_PX), px(heightMm, HEIGHT_PX)];
}

/** The voxel under the centre of each pixel of a row or column. */
function voxelsAlong({ shape }: Grid, { axis, direction }: PlaneAxis, px: number): Int32Array {
  const n = shape[axis];
  return Int32Array.from({ length: px }, (_, i) => {
    const at = Math.min(n - 1, Math.floor(((i + 0.5) / px) * n));
    return direction === 1 ? at : n - 1 - at;
  });
}

/** The middle one of the slices that contain the most regions; the middle of the volume without any. */
function fullestSlice(
  { regions }: RegionSet,
  table: RegionTable | null,
  occupancy: SliceOccupancy,
  axis: 0 | 1 | 2,
): number {
  const length = occupancy.shape[axis];
  const counts = new Uint32Array(length);
  for (const channel of regions.keys()) {
    const slices = slicesOf(occupancy, entriesOf(table, channel), axis);
    for (let i = 0; i < length; i++)
      counts[i] = (counts[i] ?? 0) + (((slices[i >>> 5] ?? 0) >>> (i & 31)) & 1);
  }
  const most = counts.reduce((a, b) => Math.max(a, b), 0);
  const fullest = [...counts.keys()].filter((i) => counts[i] === most);
  return fullest[fullest.length >> 1] ?? length >> 1;
}

/** Returns a lookup by a voxel's position in C order; null outside all regions. */
function colorLookup(
  source: Source,
  { regions }: RegionSet,
  table: RegionTable | null,
  labelNames: CaseData["labelNames"],
): (voxel: number) => Rgb | null {
  const automatic = new Map(regions.map(({ name }, i) => [name, regionColor(i % COLORS)]));
  if (source.kind === "masks") {
    const { bitPlanes, colors: own } = source.stack;
    const colors = regionColors(regions, labelNames, own ?? [], automatic);
    return (i) => {
      const mask = bitPlanes.findIndex((plane) => ((plane[i >>> 5] ?? 0) >>> (i & 31)) & 1);
      return colors[mask] ?? null;
    };
  }
  const colors = regionColors(regions, labelNames, [], automatic);
  const { palette, indices } = source.volume;
  const ofEntry: (Rgb | null)[] = Array.from(palette, () => null);
  // The most labels first, so that the fewest are drawn over them.
  const order = [...regions.keys()].sort(
    (a, b) => (regions[b]?.labels.length ?? 0) - (regions[a]?.labels.length ?? 0),
  );
  for (const channel of order)
    for (const entry of entriesOf(table, channel)) ofEntry[entry] = colors[channel] ?? null;
  return (i) => ofEntry[indices[i] ?? 0] ?? null;
}
