/** Outlines the voxels of a place in a slice, along their edges. */
import type { Triple } from "../geometry/grid.ts";
import { type ChangedPlace, componentOf } from "./changed-place.ts";

/** A stretch of voxel edges, in voxels of the place's grid; whole numbers are voxel centres. */
interface OutlineEdge {
  readonly from: Triple;
  readonly to: Triple;
}

type Axis = 0 | 1 | 2;

/** In-plane axes of the slices along each axis. */
const IN_PLANE: readonly (readonly [Axis, Axis])[] = [
  [1, 2],
  [0, 2],
  [0, 1],
];

/**
 * The edges around all voxels of the place in some slices, as if these lay on one another. Empty if it has no
 * voxel there.
 * @param slices first and last index along the axis
 */
export function placeOutline(
  place: ChangedPlace,
  axis: Axis,
  [firstSlice, lastSlice]: readonly [number, number],
): OutlineEdge[] {
  const { first, last } = componentOf(place).box;
  const [v, u] = IN_PLANE[axis] ?? [1, 2];
  const [height, width] = [last[v] - first[v] + 1, last[u] - first[u] + 1];
  const isIn = new Uint8Array(height * width);
  eachRunOf(place, ([z, y, from], to) => {
    if (axis < 2) {
      const slice = axis === 0 ? z : y;
      if (slice < firstSlice || slice > lastSlice) return;
      const row = (axis === 0 ? y : z) - first[v];
      isIn.fill(1, row * width + from - first[2], row * width + to - first[2]);
    } else if (from <= lastSlice && to > firstSlice) isIn[(z - first[0]) * width + y - first[1]] = 1;
  });
  const at = (j: number, i: number) =>
    j >= 0 && j < height && i >= 0 && i < width ? (isIn[j * width + i] ?? 0) : 0;
  const corner = (j: number, i: number): Triple => {
    const point: [number, number, number] = [firstSlice, firstSlice, firstSlice];
    point[v] = first[v] + j - 0.5;
    point[u] = first[u] + i - 0.5;
    return point;
  };
  const edges: OutlineEdge[] = [];
  stretches(
    height,
    width,
    (j, i) => at(j - 1, i) !== at(j, i),
    (j, from, to) => edges.push({ from: corner(j, from), to: corner(j, to) }),
  );
  stretches(
    width,
    height,
    (i, j) => at(j, i - 1) !== at(j, i),
    (i, from, to) => edges.push({ from: corner(from, i), to: corner(to, i) }),
  );
  return edges;
}

/** Calls back for each longest stretch of edges on each of the lines between voxels. */
function stretches(
  lines: number,
  length: number,
  isEdge: (line: number, at: number) => boolean,
  call: (line: number, from: number, to: number) => void,
): void {
  for (let line = 0; line <= lines; line++) {
    let from = -1;
    for (let at = 0; at <= length; at++) {
      const is = at < length && isEdge(line, at);
      if (is && from < 0) from = at;
      if (is || from < 0) continue;
      call(line, from, at);
      from = -1;
    }
  }
}

/** Calls back for every run of the place's voxels: the first voxel, and one past the last x. */
function eachRunOf(place: ChangedPlace, call: (first: Triple, to: number) => void): void {
  const { runs, componentOf: rankOf } = place.components;
  const { first, last } = componentOf(place).box;
  const height = runs.shape[1];
  for (let z = first[0]; z <= last[0]; z++)
    for (let y = first[1]; y <= last[1]; y++) {
      const row = z * height + y;
      for (let run = runs.rowStart[row] ?? 0; run < (runs.rowStart[row + 1] ?? 0); run++)
        if (rankOf[run] === place.rank) call([z, y, runs.starts[run] ?? 0], runs.ends[run] ?? 0);
    }
}
