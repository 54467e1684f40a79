/** Decides whether two grids overlap in space. */
import { type Grid, type Triple, worldFromVoxel } from "./grid.ts";

type Vector = readonly [number, number, number];

/**
 * True if the volumes of two grids overlap: if not, the image cannot be shown under the labels. Voxels count
 * with their full extent. Exact for oblique grids, by the separating axis theorem.
 */
export function spacesMeet(a: Grid, b: Grid): boolean {
  const boxes = [box(a), box(b)] as const;
  const edges = boxes.map((corners) => edgesOf(corners)) as [Vector[], Vector[]];
  const normals = edges.flatMap(([u, v, w]) => (u && v && w ? [cross(u, v), cross(v, w), cross(w, u)] : []));
  const between = edges[0].flatMap((u) => edges[1].map((v) => cross(u, v)));
  return [...normals, ...between].every((axis) => overlapAlong(axis, boxes[0], boxes[1]));
}

/** The eight corners in mm; corner i is at the high end of axis a if bit a of i is set. */
function box(grid: Grid): Vector[] {
  return Array.from({ length: 8 }, (_, corner) => {
    const at = (axis: 0 | 1 | 2) => ((corner >> axis) & 1 ? grid.shape[axis] : 0) - 0.5;
    const voxel: Triple = [at(0), at(1), at(2)];
    return worldFromVoxel(grid, voxel);
  });
}

function edgesOf(corners: readonly Vector[]): Vector[] {
  const [origin = [0, 0, 0], ...rest] = corners;
  return [0, 1, 3].map((i) => {
    const end = rest[i] ?? origin;
    return [end[0] - origin[0], end[1] - origin[1], end[2] - origin[2]];
  });
}

function overlapAlong(axis: Vector, a: readonly Vector[], b: readonly Vector[]): boolean {
  const length = Math.hypot(...axis);
  // Parallel edges give no separate axis; a face normal covers them.
  if (length < 1e-9) return true;
  const span = (corners: readonly Vector[]) => {
    const along = corners.map((p) => dot(p, axis) / length);
    return { low: Math.min(...along), high: Math.max(...along) };
  };
  const [p, q] = [span(a), span(b)];
  // Touching faces share no space; a micrometre absorbs rounding.
  return Math.min(p.high, q.high) - Math.max(p.low, q.low) > 1e-3;
}

export function cross(u: Vector, v: Vector): Vector {
  return [u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]];
}

export function dot(u: Vector, v: Vector): number {
  return u[0] * v[0] + u[1] * v[1] + u[2] * v[2];
}
