/** Intersects, subtracts and counts masks that are runs, in time proportional to their runs. */
import { type MaskRuns, rowsWithRuns } from "../analysis/rle-mask.ts";

/** Voxels of all runs. */
export function voxelsOf({ starts, ends }: MaskRuns): number {
  let sum = 0;
  for (let i = 0; i < starts.length; i++) sum += (ends[i] ?? 0) - (starts[i] ?? 0);
  return sum;
}

/** The voxels of `a` that `b` has too; both have one shape. */
export function commonRuns(a: MaskRuns, b: MaskRuns): MaskRuns {
  return byRow(a, (row, add) => eachCommon(a, b, row, (_, __, start, end) => add(start, end)));
}

/** The voxels of `a` that `b` lacks; both have one shape. */
export function runsWithout(a: MaskRuns, b: MaskRuns): MaskRuns {
  return byRow(a, (row, add) => {
    const end = b.rowStart[row + 1] ?? 0;
    let j = b.rowStart[row] ?? 0;
    for (let i = a.rowStart[row] ?? 0; i < (a.rowStart[row + 1] ?? 0); i++) {
      const last = a.ends[i] ?? 0;
      let from = a.starts[i] ?? 0;
      while (j < end && (b.ends[j] ?? 0) <= from) j++;
      // A run of `b` may end in a later run of `a`, so it is not passed here.
      for (let k = j; k < end && (b.starts[k] ?? 0) < last; k++) {
        if ((b.starts[k] ?? 0) > from) add(from, b.starts[k] ?? 0);
        from = b.ends[k] ?? 0;
      }
      if (from < last) add(from, last);
    }
  });
}

/** Calls back for each stretch of a row that runs i of `a` and j of `b` share. */
export function eachCommon(
  a: MaskRuns,
  b: MaskRuns,
  row: number,
  call: (i: number, j: number, start: number, end: number) => void,
): void {
  const endA = a.rowStart[row + 1] ?? 0;
  const endB = b.rowStart[row + 1] ?? 0;
  let i = a.rowStart[row] ?? 0;
  let j = b.rowStart[row] ?? 0;
  while (i < endA && j < endB) {
    const lastA = a.ends[i] ?? 0;
    const lastB = b.ends[j] ?? 0;
    const start = Math.max(a.starts[i] ?? 0, b.starts[j] ?? 0);
    const end = Math.min(lastA, lastB);
    if (start < end) call(i, j, start, end);
    if (lastA < lastB) i++;
    else j++;
  }
}

/** The voxels of a mask with a voxel outside it across a face; beyond the volume, all are outside. */
export function borderRuns(mask: MaskRuns): MaskRuns {
  const [depth, height, width] = mask.shape;
  let inside = new Stretches(width);
  let next = new Stretches(width);
  return byRow(mask, (row, add) => {
    const [z, y] = [Math.floor(row / height), row % height];
    const from = mask.rowStart[row] ?? 0;
    const to = mask.rowStart[row + 1] ?? 0;
    inside.count = 0;
    if (z > 0 && y > 0 && z + 1 < depth && y + 1 < height) {
      for (let i = from; i < to; i++) {
        const [start, end] = [(mask.starts[i] ?? 0) + 1, (mask.ends[i] ?? 0) - 1];
        if (start < end) inside.push(start, end);
      }
      for (const neighbour of [row - 1, row + 1, row - height, row + height]) {
        next.count = 0;
        keepCommon(inside, mask, neighbour, next);
        [inside, next] = [next, inside];
      }
    }
    let k = 0;
    for (let i = from; i < to; i++) {
      const end = mask.ends[i] ?? 0;
      let start = mask.starts[i] ?? 0;
      for (; k < inside.count && (inside.starts[k] ?? 0) < end; k++) {
        add(start, inside.starts[k] ?? 0);
        start = inside.ends[k] ?? 0;
      }
      add(start, end);
    }
  });
}

/** A list of stretches that grows. */
class Stretches {
  starts: Int32Array;
  ends: Int32Array;
  count = 0;

  constructor(capacity: number) {
    this.starts = new Int32Array(capacity);
    this.ends = new Int32Array(capacity);
  }

  push(start: number, end: number): void {
    if (this.count === this.starts.length) this.grow();
    this.starts[this.count] = start;
    this.ends[this.count++] = end;
  }

  private grow(): void {
    const larger = new Stretches(2 * this.count + 16);
    larger.starts.set(this.starts);
    larger.ends.set(this.ends);
    this.starts = larger.starts;
    this.ends = larger.ends;
  }
}

/** What stretches share with a row of a mask. */
function keepCommon(stretches: Stretches, mask: MaskRuns, row: number, into: Stretches): void {
  const to = mask.rowStart[row + 1] ?? 0;
  let j = mask.rowStart[row] ?? 0;
  let i = 0;
  while (i < stretches.count && j < to) {
    const [endI, endJ] = [stretches.ends[i] ?? 0, mask.ends[j] ?? 0];
    const start = Math.max(stretches.starts[i] ?? 0, mask.starts[j] ?? 0);
    const end = Math.min(endI, endJ);
    if (start < end) into.push(start, end);
    if (endI < endJ) i++;
    else j++;
  }
}

/** Builds runs from the rows of a mask that has runs; the others stay empty. */
function byRow(
  mask: MaskRuns,
  rowOf: (row: number, add: (start: number, end: number) => void) => void,
): MaskRuns {
  const rowStart = new Int32Array(mask.rowStart.length);
  const found = new Stretches(mask.starts.length);
  const add = (start: number, end: number) => found.push(start, end);
  const [firstRow, endRow] = rowsWithRuns(mask);
  for (let row = firstRow; row < endRow; row++) {
    if (mask.rowStart[row] !== mask.rowStart[row + 1]) rowOf(row, add);
    rowStart[row + 1] = found.count;
  }
  rowStart.fill(found.count, endRow + 1);
  const { shape } = mask;
  return {
    shape,
    rowStart,
    starts: found.starts.slice(0, found.count),
    ends: found.ends.slice(0, found.count),
  };
}
