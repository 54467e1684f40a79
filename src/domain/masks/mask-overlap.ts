/** Where masks overlap, and what each would lose if they were merged into one label map. */
import { popcount } from "../../base/popcount.ts";
import { voxelCount } from "../geometry/grid.ts";
import type { MaskStack } from "../volume/palette-volume.ts";

export interface MaskOverlap {
  /** Voxels that lie in two masks or more. */
  readonly voxels: number;
  /**
   * By mask: its voxels that a later mask holds too. Merged in this order, each writing over those before it,
   * it loses them.
   */
  readonly lost: readonly number[];
}

/** Words looked at together, so that what is known of them stays in the processor's cache: 128 KiB each. */
const WORDS_AT_A_TIME = 1 << 15;

/** One pass over the bits of all masks, 32 voxels at a time. */
export function maskOverlap({ grid, planes }: MaskStack): MaskOverlap {
  const voxels = voxelCount(grid.shape);
  const words = Math.ceil(voxels / 32);
  const lost = planes.map(() => 0);
  let several = 0;
  for (let from = 0; from < words; from += WORDS_AT_A_TIME) {
    const length = Math.min(WORDS_AT_A_TIME, words - from);
    const covered = new Uint32Array(length);
    const twice = new Uint32Array(length);
    for (let mask = planes.length - 1; mask >= 0; mask--) {
      lost[mask] = (lost[mask] ?? 0) + cover(planes[mask], from, voxels, covered, twice);
    }
    for (const word of twice) several += popcount(word);
  }
  return { voxels: several, lost };
}

/**
 * Adds a part of a mask to `covered`, and what was covered already to `twice`.
 * @returns how many of its voxels were covered already
 */
function cover(
  plane: Uint32Array | undefined,
  from: number,
  voxels: number,
  covered: Uint32Array,
  twice: Uint32Array,
): number {
  let both = 0;
  for (let w = 0; w < covered.length; w++) {
    // Most words of most masks are empty.
    const word = plane?.[from + w] ?? 0;
    if (word === 0) continue;
    const held = word & bitsWithin(from + w, voxels);
    const before = covered[w] ?? 0;
    both += popcount(held & before);
    twice[w] = (twice[w] ?? 0) | (held & before);
    covered[w] = before | held;
  }
  return both;
}

/** The bits of a word that are voxels: the last word of a plane may have more. */
export function bitsWithin(word: number, voxels: number): number {
  const left = voxels - word * 32;
  return left >= 32 ? -1 : (1 << left) - 1;
}
