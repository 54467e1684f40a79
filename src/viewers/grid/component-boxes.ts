/** Places the boxes of connected components in a tile. Pure; in CSS px from the tile's top left corner. */
import type { Pair } from "../../base/pair.ts";
import type { Box } from "../../domain/analysis/components.ts";
import type { Triple } from "../../domain/geometry/grid.ts";
import { tilePointOf, type ViewGeometry } from "../shared/view-geometry.ts";

export interface TileRect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Minimum size of a drawn box, about its centre; a box of one voxel would be invisible. */
export const MIN_BOX_PX = 9;

/** Width and height of every tile. */
export function tileSizePx({ tilePx, devicePixelRatio: dpr }: ViewGeometry): Pair {
  return [tilePx[0] / dpr, tilePx[1] / dpr];
}

/**
 * Intersects a box with the slice, along the edges of its voxels; the result may extend beyond the tile. Null
 * if the slice misses the box, or if all of it lies outside the tile.
 * @param slice index along the axis perpendicular to the plane
 */
export function boxInTile(geometry: ViewGeometry, slice: number, { first, last }: Box): TileRect | null {
  const { axis } = geometry.axes.slice;
  if (slice < first[axis] || slice > last[axis]) return null;
  // Points in the tile are centres of voxels, so the edges are half a voxel away.
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

/** Overlap with a tile that counts as invisible, because the picture is sampled a fraction of a pixel off. */
const SLIVER_PX = 0.01;

interface BoxedComponents<T> {
  readonly boxes: readonly { readonly of: T; readonly rect: TileRect }[];
  /** Number of further components in the tile, beyond `most`. */
  readonly more: number;
}

/** Returns the components whose boxes are visible in a tile, in the given order. */
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
  const grown = Math.max(length, MIN_BOX_PX);
  return [start - (grown - length) / 2, grown];
}
