/** Finds where a region lies outside the nonzero box, so that cropping removes it. */
import { components } from "../analysis/components.ts";
import { entriesOfChannel, type RegionTable } from "../dataset/region-table.ts";
import type { VoxelBox } from "../geometry/camera.ts";
import { type Triple, voxelCount } from "../geometry/grid.ts";
import type { PaletteVolume } from "../volume/palette-volume.ts";

/**
 * The middle voxel of the largest part that a region has outside the box; null without one. Yields the
 * completed fraction, 0..1, after every slice.
 * @param table of the volume's palette
 */
export function* croppedPlace(
  { grid, palette, indices }: PaletteVolume,
  { first, shape }: VoxelBox,
  table: RegionTable,
  channel: number,
): Generator<number, Triple | null> {
  const [depth, height, width] = grid.shape;
  const isIn = new Uint8Array(palette.length);
  for (const entry of entriesOfChannel(table, channel)) isIn[entry] = 1;
  const bits = new Uint32Array(Math.ceil(voxelCount(grid.shape) / 32));
  const mark = (from: number, to: number) => {
    for (let i = from; i < to; i++)
      if (isIn[indices[i] ?? 0]) bits[i >>> 5] = (bits[i >>> 5] ?? 0) | (1 << (i & 31));
  };
  const isInBox = (axis: 0 | 1, at: number) => at >= first[axis] && at < first[axis] + shape[axis];
  for (let z = 0; z < depth; z++) {
    for (let y = 0; y < height; y++) {
      const row = (z * height + y) * width;
      if (isInBox(0, z) && isInBox(1, y)) {
        mark(row, row + first[2]);
        mark(row + first[2] + shape[2], row + width);
      } else mark(row, row + width);
    }
    yield (z + 1) / depth;
  }
  const stack = { grid, names: ["outside the box"], bitPlanes: [bits] };
  return components({ kind: "masks", stack }, null, 0, 1).listed[0]?.example ?? null;
}
