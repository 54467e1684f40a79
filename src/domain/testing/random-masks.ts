/**
 * Generates repeatable masks like those from people and networks: boxes, parts of others, copies, scattered
 * voxels, empty and full ones.
 */
import { randomFrom } from "../../base/random.ts";
import { type Triple, voxelCount } from "../geometry/grid.ts";
import type { MaskStack } from "../volume/palette-volume.ts";

const TO_WORLD = [0, 0, 1.5, -20, 0, 2, 0, 7, 3, 0, 0, 0.25];

/** Shape, number of masks and seed: odd shapes, with fewer and more masks than a 32-bit word has bits. */
export const MASK_CASES: readonly (readonly [Triple, number, number])[] = [
  [[1, 1, 1], 1, 1],
  [[1, 1, 31], 2, 2],
  [[3, 5, 7], 3, 3],
  [[4, 4, 2], 5, 4],
  [[9, 1, 13], 12, 5],
  [[11, 10, 9], 33, 6],
  [[8, 8, 8], 40, 7],
];

/** @param scatter share of masks made of scattered voxels, which overlap in many ways */
export function randomMasks(shape: Triple, masks: number, seed: number, scatter = 0.2): MaskStack {
  const random = randomFrom(seed);
  const voxels = voxelCount(shape);
  const made: Uint8Array[] = [];
  for (let m = 0; m < masks; m++) {
    const other = made[Math.floor(random() * m)];
    const kind = random();
    if (kind < scatter) {
      const density = random() ** 2;
      made.push(Uint8Array.from({ length: voxels }, () => Number(random() < density)));
    } else if (other && kind < scatter + 0.15) {
      const box = randomBox(shape, random);
      made.push(other.map((bit, i) => bit & (box[i] ?? 0)));
    } else if (other && kind < scatter + 0.2) made.push(other.slice());
    else if (kind < scatter + 0.25) made.push(new Uint8Array(voxels).fill(Number(random() < 0.3)));
    else made.push(randomBox(shape, random));
  }
  return stackFrom(shape, made);
}

/** @param masks 0 or 1 for each voxel */
export function stackFrom(shape: Triple, masks: readonly ArrayLike<number>[]): MaskStack {
  const bitPlanes = masks.map((mask) => {
    const bitPlane = new Uint32Array(Math.ceil(voxelCount(shape) / 32));
    for (let i = 0; i < mask.length; i++) {
      if (mask[i]) bitPlane[i >>> 5] = ((bitPlane[i >>> 5] ?? 0) | (1 << (i & 31))) >>> 0;
    }
    return bitPlane;
  });
  return { grid: { shape, toWorld: TO_WORLD }, names: masks.map((_, m) => `mask ${m}`), bitPlanes };
}

/** For each voxel 1 if a mask of a stack contains it, otherwise 0. */
export function bitsOf({ grid, bitPlanes }: MaskStack, mask: number): Uint8Array {
  const bits = new Uint8Array(voxelCount(grid.shape));
  const bitPlane = bitPlanes[mask];
  for (let i = 0; i < bits.length; i++) bits[i] = ((bitPlane?.[i >>> 5] ?? 0) >>> (i & 31)) & 1;
  return bits;
}

/** The masks that contain each voxel, ascending, found voxel by voxel. */
export function masksAt(stack: MaskStack): number[][] {
  const bits = stack.bitPlanes.map((_, mask) => bitsOf(stack, mask));
  return Array.from({ length: voxelCount(stack.grid.shape) }, (_, i) =>
    bits.flatMap((mask, m) => (mask[i] ? [m] : [])),
  );
}

function randomBox([depth, height, width]: Triple, random: () => number): Uint8Array {
  const span = (length: number) => {
    const [a, b] = [random() * (length + 1), random() * (length + 1)];
    return [Math.floor(Math.min(a, b)), Math.ceil(Math.max(a, b))] as const;
  };
  const [zs, ys, xs] = [span(depth), span(height), span(width)];
  const within = (at: number, [from, to]: readonly [number, number]) => at >= from && at < to;
  return Uint8Array.from({ length: depth * height * width }, (_, i) => {
    const [z, y, x] = [Math.floor(i / (height * width)), Math.floor(i / width) % height, i % width];
    return Number(within(z, zs) && within(y, ys) && within(x, xs));
  });
}
