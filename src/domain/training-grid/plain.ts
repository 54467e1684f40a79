/**
 * Computes the training grid in the plainest way: what nnU-Net, scikit-image and scipy do, one label at a
 * time on whole arrays. Slow; the fast version is tested against it.
 */
import { type Triple, voxelCount } from "../geometry/grid.ts";
import { strideOf } from "../geometry/transpose.ts";
import { sourcePosition } from "./axis-samples.ts";
import type { Resampling } from "./resampling.ts";
import { SPLINE_PAD, splineFilterLine, splineWeights } from "./spline.ts";

type Axis = 0 | 1 | 2;

/** Numbers in C order over their shape. */
interface PlainArray {
  readonly shape: Triple;
  readonly values: Float64Array;
}

const AXES: readonly Axis[] = [0, 1, 2];
const perAxis = (value: (axis: Axis) => number): Triple => [value(0), value(1), value(2)];

/** Makes an array of a function of its indices. */
function arrayOf(shape: Triple, valueAt: (z: number, y: number, x: number) => number): PlainArray {
  const values = new Float64Array(voxelCount(shape));
  let to = 0;
  for (let z = 0; z < shape[0]; z++)
    for (let y = 0; y < shape[1]; y++) for (let x = 0; x < shape[2]; x++) values[to++] = valueAt(z, y, x);
  return { shape, values };
}

function at({ shape, values }: PlainArray, z: number, y: number, x: number): number {
  return values[(z * shape[1] + y) * shape[2] + x] ?? 0;
}

/** 1 where a channel is not zero, and in holes (`create_nonzero_mask`). */
export function plainNonzero(channels: readonly PlainArray[], shape: Triple): PlainArray {
  const isZero = (z: number, y: number, x: number) => channels.every((channel) => at(channel, z, y, x) === 0);
  const [depth, height, width] = shape;
  const outside = new Set<number>();
  const open: Triple[] = [];
  const visit = (z: number, y: number, x: number): void => {
    if (z < 0 || y < 0 || x < 0 || z >= depth || y >= height || x >= width) return;
    const voxel = (z * height + y) * width + x;
    if (outside.has(voxel) || !isZero(z, y, x)) return;
    outside.add(voxel);
    open.push([z, y, x]);
  };
  arrayOf(shape, (z, y, x) => {
    const isBorder = z % (depth - 1 || 1) === 0 || y % (height - 1 || 1) === 0 || x % (width - 1 || 1) === 0;
    if (isBorder) visit(z, y, x);
    return 0;
  });
  for (let next = open.pop(); next; next = open.pop()) {
    const [z, y, x] = next;
    for (const step of [-1, 1]) {
      visit(z + step, y, x);
      visit(z, y + step, x);
      visit(z, y, x + step);
    }
  }
  return arrayOf(shape, (z, y, x) => (outside.has((z * height + y) * width + x) ? 0 : 1));
}

/** Cuts the labels to the box of the mask; background outside the mask becomes -1 (`crop_to_nonzero`). */
export function plainCrop(labels: PlainArray, nonzero: PlainArray): { first: Triple; cropped: PlainArray } {
  const set: Triple[] = [];
  arrayOf(nonzero.shape, (z, y, x) => (at(nonzero, z, y, x) ? set.push([z, y, x]) : 0));
  const first = perAxis((axis) =>
    set.reduce((least, voxel) => Math.min(least, voxel[axis]), Number.MAX_VALUE),
  );
  const last = perAxis((axis) => set.reduce((most, voxel) => Math.max(most, voxel[axis]), 0));
  const cropped = arrayOf(
    perAxis((axis) => last[axis] - first[axis] + 1),
    (z, y, x) => {
      const [fz, fy, fx] = [z + first[0], y + first[1], x + first[2]];
      const label = at(labels, fz, fy, fx);
      return label === 0 && !at(nonzero, fz, fy, fx) ? -1 : label;
    },
  );
  return { first, cropped };
}

/** Resamples labels (`resample_data_or_seg`). */
export function plainResample(
  labels: PlainArray,
  { shape, order, separateAxis, orderZ }: Resampling,
): PlainArray {
  if (shape.every((n, axis) => n === labels.shape[axis])) return labels;
  if (separateAxis === null) return resizeLabels(labels, shape, order, AXES);
  const withinSlices = AXES.filter((axis) => axis !== separateAxis);
  const slicesShape = perAxis((axis) => (axis === separateAxis ? labels.shape : shape)[axis]);
  const slices = resizeLabels(labels, slicesShape, order, withinSlices);
  if (slices.shape[separateAxis] === shape[separateAxis]) return slices;
  if (orderZ === 0) return zoom(slices, shape, 0, AXES);
  // Rounding to the even neighbour drops what is exactly half.
  return combine(
    slices,
    shape,
    (mask) => zoom(mask, shape, orderZ, AXES),
    (value) => value > 0.5,
  );
}

/** `resize_segmentation` of the slices that the axes span. */
function resizeLabels(
  labels: PlainArray,
  shape: Triple,
  order: 0 | 1 | 3,
  axes: readonly Axis[],
): PlainArray {
  if (order === 0) return zoom(labels, shape, 0, axes);
  return combine(
    labels,
    shape,
    (mask) => zoom(mask, shape, order, axes),
    (value) => value >= 0.5,
  );
}

/** Each label's mask apart, ascending; later labels overwrite, and what none takes stays 0. */
function combine(
  labels: PlainArray,
  shape: Triple,
  resize: (mask: PlainArray) => PlainArray,
  isIn: (value: number) => boolean,
): PlainArray {
  const values = new Float64Array(voxelCount(shape));
  for (const label of [...new Set(labels.values)].sort((a, b) => a - b)) {
    const mask = labels.values.map((value) => (value === label ? 1 : 0));
    const resized = resize({ shape: labels.shape, values: mask }).values;
    for (let i = 0; i < values.length; i++) if (isIn(resized[i] ?? 0)) values[i] = label;
  }
  return { shape, values };
}

/** `scipy.ndimage.zoom(mode="nearest", grid_mode=True)` of the slices that the axes span. */
function zoom(source: PlainArray, shape: Triple, order: 0 | 1 | 3, axes: readonly Axis[]): PlainArray {
  const pad = perAxis((axis) => (order === 3 && axes.includes(axis) ? SPLINE_PAD : 0));
  const [depth, height, width] = source.shape;
  const within = (i: number, n: number) => Math.min(n - 1, Math.max(0, i));
  const padded = arrayOf(
    perAxis((axis) => source.shape[axis] + 2 * pad[axis]),
    (z, y, x) => at(source, within(z - pad[0], depth), within(y - pad[1], height), within(x - pad[2], width)),
  );
  if (order === 3) for (const axis of axes) splineFilter(padded, axis);
  const taps = AXES.map((axis) =>
    Array.from({ length: shape[axis] }, (_, i) =>
      axes.includes(axis) ? tapsAt(i, source.shape[axis], shape[axis], order) : [{ index: i, weight: 1 }],
    ),
  );
  return arrayOf(shape, (z, y, x) => {
    let sum = 0;
    // In this order, as rounding depends on it.
    for (const dz of taps[0]?.[z] ?? [])
      for (const dy of taps[1]?.[y] ?? [])
        for (const dx of taps[2]?.[x] ?? [])
          sum += at(padded, dz.index, dy.index, dx.index) * dz.weight * dy.weight * dx.weight;
    return sum;
  });
}

/** The order + 1 neighbours of a position, in the padded array, with their weights. */
function tapsAt(i: number, nIn: number, nOut: number, order: 0 | 1 | 3): { index: number; weight: number }[] {
  const within = (index: number) => Math.min(nIn - 1, Math.max(0, index));
  const position = sourcePosition(i, nIn, nOut) + (order === 3 ? SPLINE_PAD : 0);
  if (order === 0) return [{ index: within(Math.floor(position + 0.5)), weight: 1 }];
  const below = Math.floor(position);
  const fraction = position - below;
  if (order === 1)
    return [
      { index: within(below), weight: 1 - fraction },
      { index: within(below + 1), weight: 1 - (1 - fraction) },
    ];
  return splineWeights(fraction).map((weight, k) => ({ index: below - 1 + k, weight }));
}

function splineFilter({ shape, values }: PlainArray, axis: Axis): void {
  const stride = strideOf(shape);
  arrayOf(
    perAxis((a) => (a === axis ? 1 : shape[a])),
    (z, y, x) => {
      splineFilterLine(values, z * stride[0] + y * stride[1] + x * stride[2], shape[axis], stride[axis]);
      return 0;
    },
  );
}
