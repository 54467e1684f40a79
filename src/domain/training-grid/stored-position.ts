/** Maps voxels of the training grid back to the stored grid, and to the patient. */
import type { VoxelBox } from "../geometry/camera.ts";
import { type Grid, type Triple, worldFromVoxel } from "../geometry/grid.ts";
import { sourcePosition } from "./axis-samples.ts";

/**
 * The place of a training voxel in the stored grid, in stored voxels: fractional, and up to half a training
 * voxel outside the first or last one.
 */
export function storedPosition(box: VoxelBox, shape: Triple, voxel: Triple): Triple {
  const along = (axis: 0 | 1 | 2) =>
    box.first[axis] + sourcePosition(voxel[axis], box.shape[axis], shape[axis]);
  return [along(0), along(1), along(2)];
}

/**
 * The voxel grid of the training grid, with the same place in the patient as the box of the stored one. Its
 * spacing differs a little from the plans', which nnU-Net assumes: shapes are whole numbers.
 */
export function trainingVoxelGrid(stored: Grid, box: VoxelBox, shape: Triple): Grid {
  const start = worldFromVoxel(stored, storedPosition(box, shape, [0, 0, 0]));
  const step = (row: number, axis: 0 | 1 | 2) =>
    (stored.toWorld[row * 4 + axis] ?? 0) * (box.shape[axis] / shape[axis]);
  const toWorld = start.flatMap((mm, row) => [step(row, 0), step(row, 1), step(row, 2), mm]);
  return { shape, toWorld };
}
