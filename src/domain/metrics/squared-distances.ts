/** Measures exact distances from voxels to the nearest voxel of a mask. */
import { type MaskRuns, rowsWithRuns } from "../analysis/rle-mask.ts";
import type { Triple } from "../geometry/grid.ts";
import { voxelsOf } from "./run-sets.ts";

/**
 * For each voxel of `from`, in C order, the squared distance in mm² between its centre and that of the
 * nearest voxel of `to`; infinite if `to` is empty. Both have one shape.
 *
 * This is the Euclidean distance transform of Felzenszwalb and Huttenlocher in float64, along rows and
 * then along columns, for one slice of `to` after the other and only in the box of `from`. The voxels of
 * `from` look each slice up, so that it needs memory for a slice and not for a volume.
 *
 * @param spacing mm, per axis
 */
export function squaredDistances(from: MaskRuns, to: MaskRuns, spacing: Triple): Float64Array {
  const seekers = seekersOf(from);
  const transform = new SliceTransform(to, spacing, boxOf(seekers.slices));
  const height = to.shape[1];
  const [firstRow, endRow] = rowsWithRuns(to);
  for (let z = Math.floor(firstRow / height); z * height < endRow; z++) {
    if (to.rowStart[z * height] === to.rowStart[(z + 1) * height]) continue;
    const across = ({ z: own }: SeekerSlice) => ((own - z) * spacing[0]) ** 2;
    const open = seekers.slices.filter((slice) => across(slice) < slice.farthest);
    if (open.length === 0) continue;
    const plane = transform.run(z, boxOf(open));
    for (const slice of open) lookUp(seekers, slice, plane, across(slice));
  }
  return seekers.nearest;
}

/** Inclusive. */
interface Box2d {
  readonly firstY: number;
  readonly lastY: number;
  readonly firstX: number;
  readonly lastX: number;
}

/** Voxels that look for the nearest voxel of the other mask. */
interface Seekers {
  readonly y: Int32Array;
  readonly x: Int32Array;
  /** mm², the nearest so far. */
  readonly nearest: Float64Array;
  readonly slices: readonly SeekerSlice[];
}

/** The voxels `from` up to but excluding `end`, all in slice z. */
interface SeekerSlice extends Box2d {
  readonly z: number;
  readonly from: number;
  readonly end: number;
  /** The largest of `nearest`: slices of the other mask that lie farther away change nothing. */
  farthest: number;
}

/** Squared distances within a slice: that of (y, x) at `(x - firstX) * height + y - firstY`. */
interface Plane {
  readonly values: Float64Array;
  readonly height: number;
  readonly firstY: number;
  readonly firstX: number;
}

function seekersOf(runs: MaskRuns): Seekers {
  const total = voxelsOf(runs);
  const y = new Int32Array(total);
  const x = new Int32Array(total);
  const slices: SeekerSlice[] = [];
  const [depth, height, width] = runs.shape;
  let at = 0;
  for (let z = 0; z < depth; z++) {
    const from = at;
    let [firstX, lastX] = [width, -1];
    for (let row = z * height; row < (z + 1) * height; row++) {
      for (let i = runs.rowStart[row] ?? 0; i < (runs.rowStart[row + 1] ?? 0); i++) {
        const [start, end] = [runs.starts[i] ?? 0, runs.ends[i] ?? 0];
        firstX = Math.min(firstX, start);
        lastX = Math.max(lastX, end - 1);
        for (let voxel = start; voxel < end; voxel++) {
          y[at] = row - z * height;
          x[at++] = voxel;
        }
      }
    }
    if (at === from) continue;
    const [firstY, lastY] = [y[from] ?? 0, y[at - 1] ?? 0];
    slices.push({ z, from, end: at, firstY, lastY, firstX, lastX, farthest: Number.POSITIVE_INFINITY });
  }
  return { y, x, nearest: new Float64Array(total).fill(Number.POSITIVE_INFINITY), slices };
}

function boxOf(slices: readonly SeekerSlice[]): Box2d {
  let { firstY, lastY, firstX, lastX } = slices[0] ?? { firstY: 0, lastY: -1, firstX: 0, lastX: -1 };
  for (const slice of slices) {
    firstY = Math.min(firstY, slice.firstY);
    lastY = Math.max(lastY, slice.lastY);
    firstX = Math.min(firstX, slice.firstX);
    lastX = Math.max(lastX, slice.lastX);
  }
  return { firstY, lastY, firstX, lastX };
}

/** @param across squared distance between the two slices */
function lookUp({ y, x, nearest }: Seekers, slice: SeekerSlice, plane: Plane, across: number): void {
  const { values, height, firstY, firstX } = plane;
  let farthest = 0;
  for (let i = slice.from; i < slice.end; i++) {
    const within = values[((x[i] ?? 0) - firstX) * height + (y[i] ?? 0) - firstY] ?? 0;
    const before = nearest[i] ?? 0;
    const now = within + across < before ? within + across : before;
    nearest[i] = now;
    if (now > farthest) farthest = now;
  }
  slice.farthest = farthest;
}

/** The distance transform of one slice after the other, in memory that it keeps. */
class SliceTransform {
  private readonly to: MaskRuns;
  private readonly spacing: Triple;
  /** Rows of the slice with voxels. */
  private readonly rows: Int32Array;
  /** Squared distances within those rows: row r at x is at `(x - firstX) * rows + r`. */
  private readonly alongRows: Float64Array;
  private readonly values: Float64Array;
  /** Lower envelope of parabolas over a column: its rows, and where each begins, in mm. */
  private readonly envelope: Int32Array;
  private readonly begins: Float64Array;

  /** @param box contains every box that is asked for */
  constructor(to: MaskRuns, spacing: Triple, { firstY, lastY, firstX, lastX }: Box2d) {
    const height = to.shape[1];
    this.to = to;
    this.spacing = spacing;
    this.rows = new Int32Array(height);
    this.alongRows = new Float64Array(this.mostRows() * (lastX - firstX + 1));
    this.values = new Float64Array((lastY - firstY + 1) * (lastX - firstX + 1));
    this.envelope = new Int32Array(height);
    this.begins = new Float64Array(height);
  }

  /** The squared distance of each place in the box to the nearest voxel of slice z, which has some. */
  run(z: number, { firstY, lastY, firstX, lastX }: Box2d): Plane {
    const count = this.findRows(z);
    for (let r = 0; r < count; r++) this.measureRow(z, r, count, firstX, lastX);
    const height = lastY - firstY + 1;
    for (let x = firstX; x <= lastX; x++) {
      const column = x - firstX;
      const parabolas = this.findEnvelope(column * count, count);
      this.measureColumn(column * count, parabolas, firstY, column * height, height);
    }
    return { values: this.values, height, firstY, firstX };
  }

  private mostRows(): number {
    let most = 0;
    for (let z = 0; z < this.to.shape[0]; z++) most = Math.max(most, this.findRows(z));
    return most;
  }

  /** Returns the number of rows. */
  private findRows(z: number): number {
    const { rowStart, shape } = this.to;
    let count = 0;
    for (let y = 0; y < shape[1]; y++) {
      const row = z * shape[1] + y;
      if (rowStart[row] !== rowStart[row + 1]) this.rows[count++] = y;
    }
    return count;
  }

  private measureRow(z: number, r: number, count: number, firstX: number, lastX: number): void {
    const { rowStart, starts, ends, shape } = this.to;
    const { alongRows } = this;
    const step = this.spacing[2];
    const row = z * shape[1] + (this.rows[r] ?? 0);
    const end = rowStart[row + 1] ?? 0;
    let run = rowStart[row] ?? 0;
    let left = Number.NEGATIVE_INFINITY;
    let right = starts[run] ?? 0;
    let at = r;
    for (let x = firstX; x <= lastX; x++) {
      while (run < end && (ends[run] ?? 0) <= x) {
        left = (ends[run] ?? 0) - 1;
        run++;
        right = run < end ? (starts[run] ?? 0) : Number.POSITIVE_INFINITY;
      }
      const distance = (right <= x ? 0 : Math.min(x - left, right - x)) * step;
      alongRows[at] = distance * distance;
      at += count;
    }
  }

  /** Returns the number of parabolas. */
  private findEnvelope(column: number, count: number): number {
    const { rows, alongRows, envelope, begins } = this;
    const step = this.spacing[1];
    let top = 0;
    envelope[0] = 0;
    begins[0] = Number.NEGATIVE_INFINITY;
    for (let r = 1; r < count; r++) {
      const y = (rows[r] ?? 0) * step;
      const own = (alongRows[column + r] ?? 0) + y * y;
      for (;;) {
        const other = envelope[top] ?? 0;
        const otherY = (rows[other] ?? 0) * step;
        const meet = (own - (alongRows[column + other] ?? 0) - otherY * otherY) / (2 * (y - otherY));
        if (meet > (begins[top] ?? 0)) {
          top++;
          envelope[top] = r;
          begins[top] = meet;
          break;
        }
        // The first parabola begins at minus infinity, so there is always one left.
        top--;
      }
    }
    return top + 1;
  }

  private measureColumn(column: number, parabolas: number, firstY: number, to: number, height: number): void {
    const { rows, alongRows, envelope, begins, values } = this;
    const step = this.spacing[1];
    let k = 0;
    for (let i = 0; i < height; i++) {
      const y = firstY + i;
      while (k + 1 < parabolas && (begins[k + 1] ?? 0) < y * step) k++;
      const r = envelope[k] ?? 0;
      const distance = (y - (rows[r] ?? 0)) * step;
      values[to + i] = distance * distance + (alongRows[column + r] ?? 0);
    }
  }
}
