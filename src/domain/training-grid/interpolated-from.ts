/** Says which stored voxels a training voxel is interpolated from; of order 3, the nearest of them. */
import { type AxisSamples, linearSamples, nearestSamples } from "./axis-samples.ts";
import type { TrainingGrid } from "./training-grid.ts";

/** Indices of stored voxels, by index of the training grid, along each axis. */
export type StoredSamples = readonly [AxisSamples, AxisSamples, AxisSamples];

export function storedSamples({ box, resampling }: Pick<TrainingGrid, "box" | "resampling">): StoredSamples {
  const along = (axis: 0 | 1 | 2): AxisSamples => {
    const isNearest = resampling.separateAxis === axis ? resampling.orderZ === 0 : resampling.order === 0;
    const make = isNearest ? nearestSamples : linearSamples;
    const samples = make(box.shape[axis], resampling.shape[axis]);
    const shift = (at: number) => at + box.first[axis];
    return { ...samples, first: samples.first.map(shift), second: samples.second.map(shift) };
  };
  return [along(0), along(1), along(2)];
}

/** The voxels along one axis; only those that have a weight. */
export function sidesOf({ first, second, secondWeight }: AxisSamples, i: number): readonly number[] {
  const [one = 0, other = 0] = [first[i], second[i]];
  return one === other || secondWeight[i] === 0 ? [one] : [one, other];
}
