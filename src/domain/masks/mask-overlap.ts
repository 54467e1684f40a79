/** Counts where masks overlap, and what each would lose if merged into one label map. */
import { popcount } from "../../base/popcount.ts";
import { voxelCount } from "../geometry/grid.ts";
import type { MaskStack } from "../volume/palette-volume.ts";

export interface MaskOverlap {
  /** Number of voxels in two or more masks. */
  readonly voxels: number;
  /**
   * By mask: number of its voxels that a later mask also contains. It loses them when masks are merged in
   * this order, each overwriting the previous ones.
   */
  readonly lost: readonly number[];
}

/** Words processed together, so that their state fits the processor's cache: 128 KiB per array. */
const WORDS_AT_A_TIME = 1 << 15;

/** Makes one pass over the bits of all masks, 32 voxels at a time. */
export function maskOverlap({ grid, bitPlanes }: MaskStack): MaskOverlap {
  const voxels = voxelCount(grid.shape);
  const words = Math.ceil(voxels / 32);
  const lost = bitPlanes.map(() => 0);
  let several = 0;
  for (let from = 0; from < words; from += WORDS_AT_A_TIME) {
    const length = Math.min(WORDS_AT_A_TIME, words - from);
    const covered = new Uint32Array(length);
    const twice = new Uint32Array(length);
    for (let mask = bitPlanes.length - 1; mask >= 0; mask--) {
      lost[mask] = (lost[mask] ?? 0) + cover(bitPlanes[mask], from, voxels, covered, twice);
    }
    for (const word of twice) several += popcount(word);
  }
  return { voxels: several, lost };
}

/**
 * Adds part of a mask to `covered`, and what was already covered to `twice`.
 * @returns how many of its voxels were already covered
 */
function cover(
  bitPlane: Uint32Array | undefined,
  from: number,
  voxels: number,
  covered: Uint32Array,
  twice: Uint32Array,
): number {
  let both = 0;
  for (let w = 0; w < covered.length; w++) {
    // Most words of most masks are empty.
    const word = bitPlane?.[from + w] ?? 0;
    if (word === 0) continue;
    const held = word & bitsWithin(from + w, voxels);
    const before = covered[w] ?? 0;
    both += popcount(held & before);
    twice[w] = (twice[w] ?? 0) | (held & before);
    covered[w] = before | held;
  }
  return both;
}

/** The bits of a word that are voxels: the last word of a bit plane may have more bits. */
export function bitsWithin(word: number, voxels: number): number {
  const left = voxels - word * 32;
  return left >= 32 ? -1 : (1 << left) - 1;
}
