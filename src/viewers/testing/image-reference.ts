/** Plain CPU versions of the image kernels: their test oracle. */
import { type Grid, type Triple, voxelFromWorld, worldFromVoxel } from "../../domain/geometry/grid.ts";
import type { ImageVolume } from "../../domain/volume/image-volume.ts";

/**
 * The number that 16 bits of IEEE 754 half precision stand for; NaN for 0xffff, which says "no image here".
 */
export function numberFromHalf(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >> 10) & 31;
  const fraction = half & 1023;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** Resamples trilinearly onto `grid`, in C order; NaN where the image has no value. */
export function resampleImage(image: ImageVolume, grid: Grid): Float64Array {
  const [depth, height, width] = grid.shape;
  const out = new Float64Array(depth * height * width);
  let to = 0;
  for (let z = 0; z < depth; z++)
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) {
        out[to++] = sampleImage(image, voxelFromWorld(image.grid, worldFromVoxel(grid, [z, y, x])));
      }
  return out;
}

function sampleImage({ grid, data }: ImageVolume, at: Triple): number {
  const { shape } = grid;
  if (at.some((p, axis) => !(p >= -0.501 && p <= (shape[axis] ?? 0) - 0.499))) return Number.NaN;
  const inside = at.map((p, axis) => Math.min(Math.max(p, 0), (shape[axis] ?? 1) - 1));
  let sum = 0;
  let total = 0;
  for (let corner = 0; corner < 8; corner++) {
    let weight = 1;
    let index = 0;
    for (const axis of [0, 1, 2] as const) {
      const p = inside[axis] ?? 0;
      const low = Math.floor(p);
      const upper = (corner >> axis) & 1;
      weight *= upper ? p - low : 1 - (p - low);
      index = index * shape[axis] + Math.min(low + upper, shape[axis] - 1);
    }
    const value = data[index] ?? Number.NaN;
    if (Number.isNaN(value)) continue;
    sum += weight * value;
    total += weight;
  }
  return total < 0.5 ? Number.NaN : sum / total;
}
