/** Counts the voxels that each label of a case has in the nonzero box: what cropping leaves of it. */
import type { VoxelBox } from "../geometry/camera.ts";
import type { PaletteVolume } from "../volume/palette-volume.ts";

/** Stored voxels per step: a few milliseconds. */
const STEP_VOXELS = 1 << 20;

/** By palette entry. Yields the completed fraction, 0..1, after every step of a few milliseconds. */
export function* voxelsInside(
  { grid: { shape }, indices, counts, palette }: PaletteVolume,
  { first, shape: size }: VoxelBox,
): Generator<number, Float64Array> {
  if (size.every((n, axis) => n === shape[axis])) return Float64Array.from(counts);
  const voxels = new Float64Array(palette.length);
  const rows = size[0] * size[1];
  const stepRows = Math.max(1, Math.floor(STEP_VOXELS / size[2]));
  for (let row = 0; row < rows; row++) {
    const z = first[0] + Math.floor(row / size[1]);
    const y = first[1] + (row % size[1]);
    const from = (z * shape[1] + y) * shape[2] + first[2];
    for (let i = from; i < from + size[2]; i++) {
      const entry = indices[i] ?? 0;
      voxels[entry] = (voxels[entry] ?? 0) + 1;
    }
    if (row % stepRows === stepRows - 1) yield (row + 1) / rows;
  }
  return voxels;
}
