/**
 * Resamples palette entries to the training grid, in one pass over the result and in steps, with what
 * nnU-Net's label-by-label resampling gives in every voxel.
 *
 * Only labels among the eight neighbours of a voxel can reach 0.5 there, so each voxel weighs those alone.
 * Rounding follows scipy: a weight is (wz * wy) * wx, and weights add up in C order.
 */
import { type Triple, voxelCount } from "../geometry/grid.ts";
import { type AxisSamples, linearSamples, nearestSamples, onlyOne } from "./axis-samples.ts";
import { resampleBySplines } from "./resample-by-splines.ts";
import type { Resampling } from "./resampling.ts";
import { type Entries, entriesArray, type SliceSource } from "./slice-source.ts";

type SamplesPerAxis = readonly [AxisSamples, AxisSamples, AxisSamples];

/** Writes the slices of the result, in any order. */
interface SliceWriter {
  /** @param out in C order; where no label reaches 0.5, it gets the source's gap */
  write(z: number, out: Entries): void;
  /** True if the slice equals the one before it. */
  isRepeated(z: number): boolean;
}

/**
 * Yields the completed fraction, 0..1, after every slice of the result, which is in C order over the new
 * shape. Where no label reaches 0.5, the result is `source.gap`.
 */
export function* resampleLabels(source: SliceSource, resampling: Resampling): Generator<number, Entries> {
  const { shape } = resampling;
  if (needsSplines(source, resampling)) return yield* resampleWithOrder3(source, resampling);
  const writer = sliceWriter(source, resampling);
  const voxels = shape[1] * shape[2];
  const entries = entriesArray(source, voxelCount(shape));
  for (let z = 0; z < shape[0]; z++) {
    const start = z * voxels;
    if (writer.isRepeated(z)) entries.copyWithin(start, start - voxels, start);
    else writer.write(z, entries.subarray(start, start + voxels));
    yield (z + 1) / shape[0];
  }
  return entries;
}

/**
 * {@link resampleLabels} a slice at a time, so that the whole result is never in memory, except with order 3.
 * A slice stays valid until the next is made.
 */
export function* resampledSlices(
  source: SliceSource,
  resampling: Resampling,
): Generator<number, (z: number) => Entries> {
  const voxels = resampling.shape[1] * resampling.shape[2];
  if (needsSplines(source, resampling)) {
    const entries = yield* resampleWithOrder3(source, resampling);
    return (z) => entries.subarray(z * voxels, (z + 1) * voxels);
  }
  const writer = sliceWriter(source, resampling);
  const slice = entriesArray(source, voxels);
  return (z) => {
    writer.write(z, slice);
    return slice;
  };
}

function needsSplines(source: SliceSource, { shape, order }: Resampling): boolean {
  return order === 3 && shape.some((n, axis) => n !== source.shape[axis]);
}

/** For orders 0 and 1, and for order 3 where no length changes. */
function sliceWriter(source: SliceSource, { shape, order, separateAxis, orderZ }: Resampling): SliceWriter {
  const along = (axis: 0 | 1 | 2) => {
    const isNearest = order === 0 || axis === separateAxis;
    return (isNearest ? nearestSamples : linearSamples)(source.shape[axis], shape[axis]);
  };
  const samples: SamplesPerAxis = [along(0), along(1), along(2)];
  if (separateAxis !== null && orderZ === 1 && shape[separateAxis] !== source.shape[separateAxis]) {
    const [from, to] = [source.shape[separateAxis], shape[separateAxis]];
    return mixedSlices(source, shape, samples, separateAxis, linearSamples(from, to));
  }
  return {
    write: (z, out) => interpolateSlice(source, z, samples, out),
    isRepeated: (z) => z > 0 && isSameAsBefore(samples[0], z),
  };
}

/** Resamples by splines along all axes but the separate one, and then along that one. */
function* resampleWithOrder3(
  source: SliceSource,
  { shape, separateAxis, orderZ }: Resampling,
): Generator<number, Entries> {
  const length = (axis: 0 | 1 | 2) => (axis === separateAxis ? source.shape : shape)[axis];
  const between: Triple = [length(0), length(1), length(2)];
  const resampled = yield* resampleBySplines(source, between, separateAxis);
  if (separateAxis === null) return resampled;
  const voxels = between[1] * between[2];
  const slices: SliceSource = {
    ...source,
    shape: between,
    slice: (z) => resampled.subarray(z * voxels, (z + 1) * voxels),
  };
  return yield* resampleLabels(slices, { kind: "resampling", shape, order: 0, separateAxis, orderZ });
}

function isSameAsBefore({ first, second, firstWeight }: AxisSamples, i: number): boolean {
  return first[i] === first[i - 1] && second[i] === second[i - 1] && firstWeight[i] === firstWeight[i - 1];
}

/**
 * Order 1 along the separate axis: interpolates in the two slices beside each voxel, and takes the label of
 * the nearer one. nnU-Net rounds here, halves to even, so that between two labels at exactly half neither is
 * left.
 */
function mixedSlices(
  source: SliceSource,
  [, height, width]: Triple,
  samples: SamplesPerAxis,
  axis: 0 | 1 | 2,
  along: AxisSamples,
): SliceWriter {
  const second = entriesArray(source, height * width);
  const below = replaced(samples, axis, onlyOne(along, "first"));
  const above = replaced(samples, axis, onlyOne(along, "second"));
  return {
    write(z, out) {
      interpolateSlice(source, z, below, out);
      interpolateSlice(source, z, above, second);
      for (let i = 0; i < out.length; i++) {
        if (out[i] === second[i]) continue;
        const at = axis === 0 ? z : axis === 1 ? Math.floor(i / width) : i % width;
        if ((along.firstWeight[at] ?? 0) > 0.5) continue;
        out[i] = (along.secondWeight[at] ?? 0) > 0.5 ? (second[i] ?? 0) : source.gap;
      }
    },
    isRepeated: () => false,
  };
}

function replaced(samples: SamplesPerAxis, axis: 0 | 1 | 2, by: AxisSamples): SamplesPerAxis {
  return [axis === 0 ? by : samples[0], axis === 1 ? by : samples[1], axis === 2 ? by : samples[2]];
}

/** Entries and weights of the eight neighbours of a voxel, in C order. */
const neighbours = new Int32Array(8);
const weights = new Float64Array(8);

function interpolateSlice(source: SliceSource, z: number, [zs, ys, xs]: SamplesPerAxis, out: Entries): void {
  const sourceWidth = source.shape[2];
  const near = source.slice(zs.first[z] ?? 0);
  const far = source.slice(zs.second[z] ?? 0);
  const [wz0, wz1] = [zs.firstWeight[z] ?? 0, zs.secondWeight[z] ?? 0];
  const { first, second, firstWeight, secondWeight } = xs;
  const [height, width] = [ys.first.length, first.length];
  let to = 0;
  for (let y = 0; y < height; y++) {
    const row0 = (ys.first[y] ?? 0) * sourceWidth;
    const row1 = (ys.second[y] ?? 0) * sourceWidth;
    const [wy0, wy1] = [ys.firstWeight[y] ?? 0, ys.secondWeight[y] ?? 0];
    for (let x = 0; x < width; x++) {
      const x0 = first[x] ?? 0;
      const x1 = second[x] ?? 0;
      const a = near[row0 + x0] ?? 0;
      const b = near[row0 + x1] ?? 0;
      const c = near[row1 + x0] ?? 0;
      const d = near[row1 + x1] ?? 0;
      const e = far[row0 + x0] ?? 0;
      const f = far[row0 + x1] ?? 0;
      const g = far[row1 + x0] ?? 0;
      const h = far[row1 + x1] ?? 0;
      if (a === b && a === c && a === d && a === e && a === f && a === g && a === h) {
        out[to++] = a;
        continue;
      }
      neighbours[0] = a;
      neighbours[1] = b;
      neighbours[2] = c;
      neighbours[3] = d;
      neighbours[4] = e;
      neighbours[5] = f;
      neighbours[6] = g;
      neighbours[7] = h;
      const wx0 = firstWeight[x] ?? 0;
      const wx1 = secondWeight[x] ?? 0;
      weights[0] = wz0 * wy0 * wx0;
      weights[1] = wz0 * wy0 * wx1;
      weights[2] = wz0 * wy1 * wx0;
      weights[3] = wz0 * wy1 * wx1;
      weights[4] = wz1 * wy0 * wx0;
      weights[5] = wz1 * wy0 * wx1;
      weights[6] = wz1 * wy1 * wx0;
      weights[7] = wz1 * wy1 * wx1;
      out[to++] = winner(source.gap);
    }
  }
}

/** The largest entry whose weights add up to at least 0.5, or the gap. */
function winner(gap: number): number {
  let best = -1;
  for (let i = 0; i < 8; i++) {
    const entry = neighbours[i] ?? 0;
    if (entry <= best) continue;
    let sum = 0;
    for (let k = i; k < 8; k++) if (neighbours[k] === entry) sum += weights[k] ?? 0;
    if (sum >= 0.5) best = entry;
  }
  return best < 0 ? gap : best;
}
