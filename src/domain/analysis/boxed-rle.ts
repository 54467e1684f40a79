/** Crops the runs of a component to its bounding box. */
import type { Triple } from "../geometry/grid.ts";
import type { Box, Components } from "./components.ts";

export interface BoxedRuns {
  readonly box: Box;
  /** Lengths of the box. */
  readonly lengths: Triple;
  /** As in `MaskRuns`, for the rows of the box and counted from its first voxel. */
  readonly rowStart: Int32Array;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
}

/** Crops each listed component, followed by the whole region; returns nothing for an empty region. */
export function boxComponents(found: Components): BoxedRuns[] {
  const { listed, componentOf, runs } = found;
  if (componentOf.length === 0) return [];
  const height = runs.shape[1];
  const rowOf = new Int32Array(componentOf.length);
  for (let row = 0; row + 1 < runs.rowStart.length; row++) {
    rowOf.fill(row, runs.rowStart[row] ?? 0, runs.rowStart[row + 1] ?? 0);
  }
  const boxed = (box: Box, members: Int32Array): BoxedRuns => {
    const lengths = lengthsOf(box);
    const rowStart = new Int32Array(lengths[0] * lengths[1] + 1);
    const starts = new Int32Array(members.length);
    const ends = new Int32Array(members.length);
    members.forEach((run, i) => {
      const row = rowOf[run] ?? 0;
      const z = Math.floor(row / height);
      const local = (z - box.first[0]) * lengths[1] + (row - z * height) - box.first[1];
      rowStart[local + 1] = i + 1;
      starts[i] = (runs.starts[run] ?? 0) - box.first[2];
      ends[i] = (runs.ends[run] ?? 0) - box.first[2];
    });
    for (let row = 1; row < rowStart.length; row++) {
      rowStart[row] = Math.max(rowStart[row] ?? 0, rowStart[row - 1] ?? 0);
    }
    return { box, lengths, rowStart, starts, ends };
  };
  const groups = groupRuns(componentOf, listed.length);
  const everything = Int32Array.from(componentOf, (_, i) => i);
  return [
    ...listed.map(({ box }, c) => boxed(box, groups[c] ?? new Int32Array(0))),
    boxed(boxAround(found, rowOf), everything),
  ];
}

/** Runs of each of the first `count` components, in C order. */
function groupRuns(componentOf: Int32Array, count: number): Int32Array[] {
  const sizes = new Int32Array(count);
  for (const c of componentOf) if (c < count) sizes[c] = (sizes[c] ?? 0) + 1;
  const groups = Array.from(sizes, (size) => new Int32Array(size));
  const filled = new Int32Array(count);
  for (let i = 0; i < componentOf.length; i++) {
    const c = componentOf[i] ?? 0;
    const group = groups[c];
    if (!group) continue;
    const at = filled[c] ?? 0;
    group[at] = i;
    filled[c] = at + 1;
  }
  return groups;
}

function boxAround({ runs }: Components, rowOf: Int32Array): Box {
  const height = runs.shape[1];
  const low = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  const high = [-1, -1, -1];
  const note = (axis: number, first: number, last: number) => {
    low[axis] = Math.min(low[axis] ?? 0, first);
    high[axis] = Math.max(high[axis] ?? 0, last);
  };
  for (let i = 0; i < rowOf.length; i++) {
    const row = rowOf[i] ?? 0;
    const z = Math.floor(row / height);
    note(0, z, z);
    note(1, row - z * height, row - z * height);
    note(2, runs.starts[i] ?? 0, (runs.ends[i] ?? 0) - 1);
  }
  return {
    first: [low[0] ?? 0, low[1] ?? 0, low[2] ?? 0],
    last: [high[0] ?? 0, high[1] ?? 0, high[2] ?? 0],
  };
}

function lengthsOf({ first, last }: Box): Triple {
  return [last[0] - first[0] + 1, last[1] - first[1] + 1, last[2] - first[2] + 1];
}
