/** Compares the training grid with the stored grid voxel by voxel, in the plainest way. */
import type { VoxelBox } from "../geometry/camera.ts";
import type { Triple } from "../geometry/grid.ts";
import { sourcePosition } from "../training-grid/axis-samples.ts";
import type { RegionChange } from "../training-grid/resampling-changes.ts";
import type { PaletteVolume } from "../volume/palette-volume.ts";

/** @param isGap by position in C order, @param labels of the region */
export function plainChanges(
  stored: PaletteVolume,
  box: VoxelBox,
  trained: PaletteVolume,
  isGap: (voxel: number) => boolean,
  labels: readonly number[],
): Omit<RegionChange, "isGone"> {
  const [wasIn, isIn] = [membership(stored, labels), membership(trained, labels)];
  const change = { inside: 0, outside: 0, trained: 0, gained: 0, lost: 0, gaps: 0 };
  eachVoxel(stored.grid.shape, (z, y, x, voxel) => {
    if (!wasIn(voxel)) return;
    const isInBox = [z, y, x].every((i, axis) => {
      const from = i - (box.first[axis] ?? 0);
      return from >= 0 && from < (box.shape[axis] ?? 0);
    });
    change[isInBox ? "inside" : "outside"]++;
  });
  const { shape } = trained.grid;
  const near = ([0, 1, 2] as const).map((axis) =>
    Int32Array.from(
      { length: shape[axis] },
      (_, i) => box.first[axis] + nearest(i, box.shape[axis], shape[axis]),
    ),
  );
  let both = 0;
  eachVoxel(shape, (z, y, x, voxel) => {
    const [, height, width] = stored.grid.shape;
    const row = (near[0]?.[z] ?? 0) * height + (near[1]?.[y] ?? 0);
    const [was, is] = [wasIn(row * width + (near[2]?.[x] ?? 0)), isIn(voxel)];
    if (is) change.trained++;
    if (is && !was) change.gained++;
    if (was && !is) change.lost++;
    if (was && is) both++;
    if (was && isGap(voxel)) change.gaps++;
  });
  const all = 2 * both + change.gained + change.lost;
  return { ...change, dice: all === 0 ? null : (2 * both) / all };
}

/** nnU-Net's loader turns -1 into 0. */
function membership({ palette, indices }: PaletteVolume, labels: readonly number[]) {
  const isIn = Uint8Array.from(palette, (value) => Number(labels.includes(value === -1 ? 0 : value)));
  return (voxel: number) => isIn[indices[voxel] ?? 0] === 1;
}

/** Of the voxels equally near, the last. */
function nearest(i: number, nIn: number, nOut: number): number {
  const position = sourcePosition(i, nIn, nOut);
  let best = 0;
  for (let k = 1; k < nIn; k++) if (Math.abs(k - position) <= Math.abs(best - position)) best = k;
  return best;
}

function eachVoxel(
  [depth, height, width]: Triple,
  call: (z: number, y: number, x: number, voxel: number) => void,
): void {
  let voxel = 0;
  for (let z = 0; z < depth; z++)
    for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) call(z, y, x, voxel++);
}
