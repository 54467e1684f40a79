import { voxelCount } from "./grid.ts";
import { bitsWithin } from "./mask-overlap.ts";
import type { MaskStack } from "./palette-volume.ts";

/**
 * "one-hot": every voxel is in exactly one mask; "rest": the first is what the others leave, and they
 * overlap.
 */
export type MaskBackground = "one-hot" | "rest";

/**
 * What the first mask of a stack is, if it is the background: exactly the voxels that no other mask has.
 * @returns null where it is a mask as the others
 */
export function firstIsBackground({ grid, planes }: MaskStack): MaskBackground | null {
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
    const inVolume = bitsWithin(word, voxels);
    if ((~any & inVolume) !== ((first[word] as number) & inVolume)) return null;
  }
  return overlap ? "rest" : "one-hot";
}

/** The masks that are regions: without the first where it is the background. */
export function foregroundMasks(stack: MaskStack, background: MaskBackground | null): MaskStack {
  if (!background) return stack;
  const { names, planes, colors } = stack;
  const others = { ...stack, names: names.slice(1), planes: planes.slice(1) };
  return colors ? { ...others, colors: colors.slice(1) } : others;
}
