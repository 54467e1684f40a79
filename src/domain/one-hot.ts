import { voxelCount } from "./grid.ts";
import type { MaskStack } from "./palette-volume.ts";

/**
 * What the first mask of a stack is, if it is the background: exactly the voxels that no other mask has.
 *
 * @returns "one-hot" where every voxel is in exactly one mask, "rest" where the others overlap, null where it is a mask as the others
 */
export function firstIsBackground({ grid, planes }: MaskStack): "one-hot" | "rest" | null {
  const [first, ...others] = planes;
  if (!first || others.length === 0) return null;
  const voxels = voxelCount(grid.shape);
  let overlap = false;
  for (let word = 0; word < first.length; word++) {
    let any = 0;
    for (const plane of others) {
      const bits = plane[word] as number;
      overlap ||= (any & bits) !== 0;
      any |= bits;
    }
    const left = voxels - 32 * word;
    const inVolume = left >= 32 ? -1 : (1 << left) - 1;
    if ((~any & inVolume) !== ((first[word] as number) & inVolume)) return null;
  }
  return overlap ? "rest" : "one-hot";
}
