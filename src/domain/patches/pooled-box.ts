/** Pools a region at every position where a patch may put a cell. */
import type { Triple } from "../geometry/grid.ts";
import {
  type AxisTables,
  type SamplingMode,
  type Scale,
  sourceIndices,
} from "../targets/deep-supervision.ts";
import { type PoolingRule, poolsTo, sourceCells } from "../targets/pooling.ts";
import { type BitBox, emptyBitBox, setBits } from "./bit-box.ts";

/** Cells of one axis that have the same length, and their sample at the same place: mostly all. */
interface AlikeCells {
  readonly length: number;
  /**
   * Position of the sample, counted from the cell's first voxel. With a fractional factor it may lie past the
   * cell's last voxel.
   */
  readonly sample: number;
  /** First voxel of each cell, counted from the patch's origin, ascending. */
  readonly starts: Uint32Array;
}

/** Cells that are alike on all axes. */
type CellGroup = readonly [AlikeCells, AlikeCells, AlikeCells];

/** The cells of a scale, as `patchCells` has them. */
export function cellGroups(size: Triple, scale: Scale, mode: SamplingMode): CellGroup[] {
  if (scale.collapses) return [];
  const [zs, ys, xs] = [0, 1, 2].map((axis) => alikeCells(size[axis] ?? 0, scale.shape[axis] ?? 0, mode));
  return (zs ?? []).flatMap((z) => (ys ?? []).flatMap((y) => (xs ?? []).map((x): CellGroup => [z, y, x])));
}

export function startsOf([z, y, x]: CellGroup): AxisTables {
  return [z.starts, y.starts, x.starts];
}

function alikeCells(nIn: number, nOut: number, mode: SamplingMode): AlikeCells[] {
  const { starts, ends } = sourceCells(nIn, nOut);
  const samples = sourceIndices(nIn, nOut, mode);
  const groups = new Map<string, { length: number; sample: number; starts: number[] }>();
  for (const [i, start] of starts.entries()) {
    const cell = { length: (ends[i] ?? 0) - start, sample: (samples[i] ?? 0) - start, starts: [start] };
    const key = `${cell.length} ${cell.sample}`;
    const group = groups.get(key);
    if (group) group.starts.push(start);
    else groups.set(key, cell);
  }
  return [...groups.values()].map((group) => ({ ...group, starts: Uint32Array.from(group.starts) }));
}

/** Voxels of the case in the cell at each position; `ends` is `starts` where there is no target voxel. */
interface CellsAlong {
  readonly first: number;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
}

/**
 * One bit per position of a cell: whether the region is in the target voxel there. A cell without a sample in
 * the case has no target voxel, and one that extends past the case is judged by its voxels inside.
 */
export function* pooledBox(
  box: BitBox,
  shape: Triple,
  group: CellGroup,
  rule: PoolingRule,
): Generator<void, BitBox> {
  const along = (axis: 0 | 1 | 2) => cellsAlong(box, shape, group[axis], axis);
  const [zs, ys, xs] = [along(0), along(1), along(2)];
  const lengths: Triple = [zs.starts.length, ys.starts.length, xs.starts.length];
  const pooled = emptyBitBox([zs.first, ys.first, xs.first], lengths);
  const slices = new Map<number, Int32Array>();
  const sums = new Int32Array(lengths[1] * lengths[2]);
  let [from, until] = [0, 0];
  for (let z = 0; z < lengths[0]; z++) {
    const [start = 0, end = 0] = [zs.starts[z], zs.ends[z]];
    if (start === end) continue;
    // Cells move on by one, so that sums change by few slices.
    if (start < from || start >= until) {
      sums.fill(0);
      slices.clear();
      from = start;
      until = start;
    }
    for (; from < start; from++) {
      add(sums, slices.get(from), -1);
      slices.delete(from);
    }
    for (; until < end; until++) {
      const slice = sliceSums(box, until - box.first[0], ys, xs);
      if (slice) slices.set(until, slice);
      add(sums, slice, 1);
    }
    for (; until > end; until--) {
      add(sums, slices.get(until - 1), -1);
      slices.delete(until - 1);
    }
    judge(pooled, z, sums, end - start, ys, xs, rule);
    yield;
  }
  return pooled;
}

function cellsAlong(box: BitBox, shape: Triple, { length, sample }: AlikeCells, axis: 0 | 1 | 2): CellsAlong {
  const low = box.first[axis];
  const high = low + box.lengths[axis] - 1;
  const n = shape[axis];
  const first = low - Math.max(length - 1, sample);
  const positions = Array.from({ length: high - first + 1 }, (_, i) => first + i);
  const cells = positions.map((at) => {
    const sampled = at + sample;
    if (sampled < 0 || sampled >= n) return { start: 0, end: 0 };
    const [start, end] = [Math.max(0, at), Math.min(n, at + length)];
    // A sample past its cell's last voxel may be all that is left.
    return end > start ? { start, end } : { start: sampled, end: sampled + 1 };
  });
  return {
    first,
    starts: Int32Array.from(cells, ({ start }) => start),
    ends: Int32Array.from(cells, ({ end }) => end),
  };
}

/** Per cell of a slice of the case, its voxels in the region; null if the slice has none. */
function sliceSums(box: BitBox, z: number, ys: CellsAlong, xs: CellsAlong): Int32Array | null {
  const [depth, height, width] = box.lengths;
  if (z < 0 || z >= depth) return null;
  const columns = xs.starts.length;
  const below = new Int32Array((height + 1) * columns);
  const before = new Int32Array(width + 1);
  const xStarts = xs.starts.map((at) => clamp(at - box.first[2], width));
  const xEnds = xs.ends.map((at) => clamp(at - box.first[2], width));
  for (let y = 0; y < height; y++) {
    const row = (z * height + y) * box.words;
    for (let x = 0; x < width; x++)
      before[x + 1] = (before[x] ?? 0) + (((box.bits[row + (x >>> 5)] ?? 0) >>> (x & 31)) & 1);
    const at = y * columns;
    for (let c = 0; c < columns; c++) {
      const inRow = (before[xEnds[c] ?? 0] ?? 0) - (before[xStarts[c] ?? 0] ?? 0);
      below[at + columns + c] = (below[at + c] ?? 0) + inRow;
    }
  }
  const sums = new Int32Array(ys.starts.length * columns);
  for (let r = 0; r < ys.starts.length; r++) {
    const from = clamp((ys.starts[r] ?? 0) - box.first[1], height) * columns;
    const to = clamp((ys.ends[r] ?? 0) - box.first[1], height) * columns;
    for (let c = 0; c < columns; c++) sums[r * columns + c] = (below[to + c] ?? 0) - (below[from + c] ?? 0);
  }
  return sums;
}

const clamp = (at: number, length: number) => Math.min(length, Math.max(0, at));

function add(sums: Int32Array, slice: Int32Array | null | undefined, sign: 1 | -1): void {
  if (!slice) return;
  for (let i = 0; i < sums.length; i++) sums[i] = (sums[i] ?? 0) + sign * (slice[i] ?? 0);
}

function judge(
  pooled: BitBox,
  z: number,
  sums: Int32Array,
  depth: number,
  ys: CellsAlong,
  xs: CellsAlong,
  rule: PoolingRule,
): void {
  const [, height, width] = pooled.lengths;
  for (let y = 0; y < height; y++) {
    const rows = (ys.ends[y] ?? 0) - (ys.starts[y] ?? 0);
    if (rows === 0) continue;
    const at = (z * height + y) * pooled.words * 32;
    for (let x = 0; x < width; x++) {
      const columns = (xs.ends[x] ?? 0) - (xs.starts[x] ?? 0);
      const present = sums[y * width + x] ?? 0;
      // A cell without voxels is no target voxel.
      if (columns > 0 && present > 0 && poolsTo(rule, present, depth * rows * columns))
        setBits(pooled.bits, at + x, at + x + 1);
    }
  }
}
