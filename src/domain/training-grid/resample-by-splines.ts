/**
 * Resamples palette entries with order 3, each label by a cubic spline over its box.
 *
 * Needs 8 bytes per voxel of the largest box with its margin, far more than the volume's own.
 */
import { type Triple, voxelCount } from "../geometry/grid.ts";
import { sourcePosition } from "./axis-samples.ts";
import { type Entries, entriesArray, type SliceSource } from "./slice-source.ts";
import { SPLINE_PAD, splineFilterLine, splineWeights } from "./spline.ts";

type Axis = 0 | 1 | 2;
const AXES: readonly Axis[] = [0, 1, 2];

/**
 * Voxels around a label's box that its spline is computed on. Past them its coefficients are below 1e-20, and
 * no sum of them changes a bit of a value near 0.5.
 */
const MARGIN = 48;
/** Source voxels around a label's box beyond which its spline cannot reach 0.5. */
const REACH = 8;

/** First and last source index of a label along each axis. */
interface Bounds {
  readonly first: [number, number, number];
  readonly last: [number, number, number];
}

/** Yields the completed fraction, 0..1, after every label. @param skipped an axis that stays as it is */
export function* resampleBySplines(
  source: SliceSource,
  shape: Triple,
  skipped: Axis | null,
): Generator<number, Entries> {
  const out = entriesArray(source, voxelCount(shape)).fill(source.gap);
  const bounds = boundsOfLabels(source);
  for (const [entry, its] of bounds.entries()) {
    if (its.last[0] >= 0) writeLabel(source, entry, its, shape, skipped, out);
    yield (entry + 1) / bounds.length;
  }
  return out;
}

function boundsOfLabels(source: SliceSource): Bounds[] {
  const [depth, height, width] = source.shape;
  const bounds = source.labels.map((): Bounds => ({ first: [depth, height, width], last: [-1, -1, -1] }));
  for (let z = 0; z < depth; z++) {
    const slice = source.slice(z);
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) {
        const its = bounds[slice[y * width + x] ?? 0];
        if (!its) continue;
        const voxel: Triple = [z, y, x];
        for (const axis of AXES) {
          its.first[axis] = Math.min(its.first[axis], voxel[axis]);
          its.last[axis] = Math.max(its.last[axis], voxel[axis]);
        }
      }
  }
  return bounds;
}

/** The four coefficients of one index of the result, from `start`. */
interface Taps {
  /** Index of the result. */
  readonly at: number;
  readonly start: number;
  readonly weights: readonly number[];
}

function writeLabel(
  source: SliceSource,
  entry: number,
  { first, last }: Bounds,
  shape: Triple,
  skipped: Axis | null,
  out: Entries,
): void {
  const isActive = (axis: Axis) => axis !== skipped;
  const perAxis = (value: (axis: Axis) => number): Triple => [value(0), value(1), value(2)];
  const from = perAxis((axis) => (isActive(axis) ? Math.max(0, first[axis] - MARGIN) : first[axis]));
  const to = perAxis((axis) =>
    isActive(axis) ? Math.min(source.shape[axis] - 1, last[axis] + MARGIN) : last[axis],
  );
  const pad = perAxis((axis) => (isActive(axis) ? SPLINE_PAD : 0));
  const size = perAxis((axis) => to[axis] - from[axis] + 1 + 2 * pad[axis]);
  const values = paddedMask(source, entry, from, to, pad, size);
  for (const axis of AXES) if (isActive(axis)) filterAxis(values, size, axis);
  const tapsAlong = (axis: Axis): Taps[] =>
    Array.from({ length: shape[axis] }, (_, at) => {
      if (!isActive(axis)) return { at, start: at - from[axis], weights: [1], position: at };
      const position = sourcePosition(at, source.shape[axis], shape[axis]);
      // scipy adds the padding first, so that the fraction is rounded as there.
      const padded = position + SPLINE_PAD;
      const below = Math.floor(padded);
      return { at, start: below - 1 - from[axis], weights: splineWeights(padded - below), position };
    }).filter(({ position }) => {
      const reach = isActive(axis) ? REACH : 0;
      return position >= first[axis] - reach && position <= last[axis] + reach;
    });
  writeValues(values, size, [tapsAlong(0), tapsAlong(1), tapsAlong(2)], (voxel) => {
    out[(voxel[0] * shape[1] + voxel[1]) * shape[2] + voxel[2]] = entry;
  });
}

/** 1 where the label is, with the border voxels repeated. */
function paddedMask(
  source: SliceSource,
  entry: number,
  from: Triple,
  to: Triple,
  pad: Triple,
  size: Triple,
): Float64Array {
  const values = new Float64Array(voxelCount(size));
  const within = (i: number, axis: Axis) =>
    Math.min(to[axis], Math.max(from[axis], i - pad[axis] + from[axis]));
  let next = 0;
  for (let z = 0; z < size[0]; z++) {
    const slice = source.slice(within(z, 0));
    for (let y = 0; y < size[1]; y++) {
      const row = within(y, 1) * source.shape[2];
      for (let x = 0; x < size[2]; x++) values[next++] = slice[row + within(x, 2)] === entry ? 1 : 0;
    }
  }
  return values;
}

function filterAxis(values: Float64Array, size: Triple, axis: Axis): void {
  const stride = axis === 0 ? size[1] * size[2] : axis === 1 ? size[2] : 1;
  const lines = values.length / size[axis];
  for (let line = 0; line < lines; line++) {
    const start = Math.floor(line / stride) * stride * size[axis] + (line % stride);
    splineFilterLine(values, start, size[axis], stride);
  }
}

/** Calls `write` for each voxel of the result where the spline is at least 0.5. */
function writeValues(
  values: Float64Array,
  size: Triple,
  [zs, ys, xs]: readonly [readonly Taps[], readonly Taps[], readonly Taps[]],
  write: (voxel: Triple) => void,
): void {
  for (const z of zs)
    for (const y of ys)
      for (const x of xs) {
        let sum = 0;
        for (let dz = 0; dz < z.weights.length; dz++)
          for (let dy = 0; dy < y.weights.length; dy++) {
            const row = ((z.start + dz) * size[1] + y.start + dy) * size[2] + x.start;
            for (let dx = 0; dx < x.weights.length; dx++)
              sum +=
                (values[row + dx] ?? 0) * (z.weights[dz] ?? 0) * (y.weights[dy] ?? 0) * (x.weights[dx] ?? 0);
          }
        if (sum >= 0.5) write([z.at, y.at, x.at]);
      }
}
