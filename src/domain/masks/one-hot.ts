/** Recognises the background among masks, for example of a one-hot encoding. */
import { voxelCount } from "../geometry/grid.ts";
import type { MaskStack } from "../volume/palette-volume.ts";
import { bitsWithin, type MaskOverlap, maskOverlap } from "./mask-overlap.ts";

/**
 * "one-hot": every voxel is in exactly one mask; "rest": the first mask is what the others leave, and they
 * overlap; "named": the mask with the name `background`, at any position.
 */
export type MaskBackground = "one-hot" | "rest" | "named";

/**
 * Recognises the first mask of a stack as background if it has exactly the voxels of no other mask.
 * @returns null if it is an ordinary mask
 */
export function firstIsBackground({ grid, bitPlanes }: MaskStack): MaskBackground | null {
  const [first, ...others] = bitPlanes;
  if (!first || others.length === 0) return null;
  const voxels = voxelCount(grid.shape);
  let overlap = false;
  for (let word = 0; word < first.length; word++) {
    let any = 0;
    for (const bitPlane of others) {
      const bits = bitPlane[word] as number;
      overlap ||= (any & bits) !== 0;
      any |= bits;
    }
    const inVolume = bitsWithin(word, voxels);
    if ((~any & inVolume) !== ((first[word] as number) & inVolume)) return null;
  }
  return overlap ? "rest" : "one-hot";
}

/** True if one of the named masks has nnU-Net's name for label 0, which is no region. */
export function namedBackground({ names }: Pick<MaskStack, "names">): MaskBackground | null {
  return names.includes(NAME) ? "named" : null;
}

/** Index of the background mask; -1 without one. */
export function backgroundAt(names: readonly string[], background: MaskBackground | null): number {
  if (background === "named") return names.indexOf(NAME);
  return background ? 0 : -1;
}

/** The masks that are regions: all except the background. */
export function foregroundMasks(stack: MaskStack, background: MaskBackground | null): MaskStack {
  const at = backgroundAt(stack.names, background);
  if (at < 0) return stack;
  const { names, bitPlanes, colors } = stack;
  const others = { ...stack, names: names.toSpliced(at, 1), bitPlanes: bitPlanes.toSpliced(at, 1) };
  return colors ? { ...others, colors: colors.toSpliced(at, 1) } : others;
}

/** {@link maskOverlap} for the masks that are regions: the background loses nothing. */
export function overlapOfRegions(stack: MaskStack, background: MaskBackground | null): MaskOverlap {
  const { voxels, lost } = maskOverlap(foregroundMasks(stack, background));
  const at = backgroundAt(stack.names, background);
  return { voxels, lost: at < 0 ? lost : lost.toSpliced(at, 0, 0) };
}

const NAME = "background";
