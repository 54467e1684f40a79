/**
 * Where the boxes of connected components lie in a tile. Pure; all of it in CSS px from the tile's top left
 * corner.
 */
import type { Box } from "../../domain/analysis/components.ts";
import type { Triple } from "../../domain/geometry/grid.ts";
import { type Pair, tilePointOf, type ViewGeometry } from "../shared/view-geometry.ts";

export interface TileRect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What is smaller is drawn this large, about its middle: a box of one voxel could not be seen. */
export const LEAST_BOX_PX = 9;

/** Width and height of every tile. */
export function tileSizePx({ tilePx, devicePixelRatio: dpr }: ViewGeometry): Pair {
  return [tilePx[0] / dpr, tilePx[1] / dpr];
}

/**
 * A box as the slice cuts it, along the edges of its voxels; it may reach beyond the tile.
 * Null where the slice misses it, and where all of it lies beside the tile.
 * @param slice index along the axis that the plane is perpendicular to
 */
export function boxInTile(geometry: ViewGeometry, slice: number, { first, last }: Box): TileRect | null {
  const { axis } = geometry.axes.slice;
  if (slice < first[axis] || slice > last[axis]) return null;
  // A point of the tile is the centre of a voxel: half a voxel off it is the edge.
  const a = tilePointOf(geometry, shifted(first, -0.5));
  const b = tilePointOf(geometry, shifted(last, 0.5));
  const tile = tileSizePx(geometry);
  const [left, right] = [Math.min(a[0], b[0]), Math.max(a[0], b[0])];
  const [top, bottom] = [Math.min(a[1], b[1]), Math.max(a[1], b[1])];
  if (Math.min(right, bottom) < SLIVER_PX) return null;
  if (left > tile[0] - SLIVER_PX || top > tile[1] - SLIVER_PX) return null;
  const [x, width] = atLeast(left, right - left);
  const [y, height] = atLeast(top, bottom - top);
  return { x, y, width, height };
}

/** What reaches this far into a tile is not seen there: the picture is sampled a fraction of a pixel off. */
const SLIVER_PX = 0.01;

interface BoxedComponents<T> {
  readonly boxes: readonly { readonly of: T; readonly rect: TileRect }[];
  /** Those that are in the tile as well, beyond the `most` that are given. */
  readonly more: number;
}

/** The components whose boxes are seen in a tile, in the order given. */
export function boxesInTile<T extends { readonly box: Box }>(
  geometry: ViewGeometry,
  slice: number,
  components: readonly T[],
  most: number,
): BoxedComponents<T> {
  const boxes: { of: T; rect: TileRect }[] = [];
  let more = 0;
  for (const of of components) {
    const rect = boxInTile(geometry, slice, of.box);
    if (rect && boxes.length < most) boxes.push({ of, rect });
    else if (rect) more++;
  }
  return { boxes, more };
}

function shifted([z, y, x]: Triple, by: number): Triple {
  return [z + by, y + by, x + by];
}

function atLeast(start: number, length: number): Pair {
  const grown = Math.max(length, LEAST_BOX_PX);
  return [start - (grown - length) / 2, grown];
}
