/**
 * Decides whether a volume opened as labels is an image. Values alone do not tell: an atlas has a thousand
 * consecutive ones, like a CT. Neighbours do: in a label volume they mostly have the same label, in an image
 * hardly ever the same value.
 */
import type { Grid } from "../geometry/grid.ts";
import { valueText } from "./float32.ts";
import type { ImageVolume } from "./image-volume.ts";
import { NEARLY_WHOLE } from "./nearly-whole.ts";
import type { PaletteVolume } from "./palette-volume.ts";

/** Why a volume appears to be an image. */
export interface ImageSigns {
  /** Number of distinct values. */
  readonly values: number;
  /** Share of neighbouring voxels, both without the commonest value, whose values differ, 0..1. */
  readonly differing: number;
  /** The lowest value if it is below -1 and stored so in the file; otherwise null. */
  readonly negative: number | null;
}

/** A volume with fewer values counts as labels, whatever it looks like. */
const MIN_VALUES = 32;
/** Minimum number of neighbour pairs for a decision. */
const MIN_PAIRS = 1000;
/**
 * Label volumes have at most 0.13 (an atlas of 1,000 parcels, a segmentation with noisy borders), images at
 * least 0.7; the lowest are smooth averages of many people with few grey values.
 */
const MAX_DIFFERING = 0.5;
/** Maximum number of voxels, spread over an image, to search for its commonest value. */
const MAX_COUNTED = 1 << 20;
/** The limit if values are below -1, which no nnU-Net label is. */
const MAX_DIFFERING_NEGATIVE = 0.25;
/**
 * After interpolation some voxels still have the original labels: a twelfth after a 27-voxel mean of a small
 * structure. In an image, whole numbers occur only by chance.
 */
const MIN_WHOLE = 0.05;
/** Above this size, only slices spread over the volume are examined. */
const MAX_VOXELS = 1 << 22;

/**
 * @param scaled values below 0 come from the header (its slope or intercept), not from the voxels
 * @returns null for labels
 */
export function imageSigns(volume: PaletteVolume, scaled = false): ImageSigns | null {
  const { palette } = volume;
  const values = wholeWhereNear(palette);
  const number = new Set(values).size;
  if (number < MIN_VALUES || areInterpolated(volume)) return null;
  const { indices, commonest } = alike(volume.indices, volume.counts, values);
  const { pairs, differing } = neighbours(volume.grid.shape, indices, commonest);
  if (pairs < MIN_PAIRS) return null;
  const lowest = palette[0] ?? 0;
  const negative = lowest < -1 && !scaled ? lowest : null;
  const share = differing / pairs;
  if (share <= (negative === null ? MAX_DIFFERING : MAX_DIFFERING_NEGATIVE)) return null;
  return { values: number, differing: share, negative };
}

/** Rounds labels after arithmetic if all of them are nearly whole, but never to a single value. */
function wholeWhereNear(palette: Float64Array): Float64Array {
  const rounded = palette.map((value) => Math.round(value) + 0);
  const isNear = palette.every((value, i) => Math.abs(value - (rounded[i] ?? 0)) <= NEARLY_WHOLE);
  return isNear && new Set(rounded).size > 1 ? rounded : palette;
}

/** True if a few whole numbers have their share of the voxels, and the fractions lie between them. */
function areInterpolated({ palette, counts }: PaletteVolume): boolean {
  const whole = palette.filter(Number.isInteger);
  const [first, last] = [whole[0], whole.at(-1)];
  if (first === undefined || last === undefined || whole.length === palette.length) return false;
  if (whole.length >= MIN_VALUES || first < -1) return false;
  // Splines overshoot at both ends.
  const beyond = (last - first) / 4;
  if ((palette[0] ?? 0) < first - beyond || (palette.at(-1) ?? 0) > last + beyond) return false;
  const commonest = indexOfCommonest(counts);
  let [wholeVoxels, voxels] = [0, 0];
  for (const [p, count] of counts.entries()) {
    if (p === commonest) continue;
    voxels += count;
    if (Number.isInteger(palette[p])) wholeVoxels += count;
  }
  return wholeVoxels >= MIN_WHOLE * voxels;
}

/**
 * True if a volume not opened as labels has all signs of labels: whole numbers, with mostly equal neighbours.
 * If structures are too small to tell, most of it must be one value.
 */
export function looksLikeLabels(volume: PaletteVolume): boolean {
  const { palette, grid, indices, counts } = volume;
  if ((palette[0] ?? 0) < -1 || !palette.every((value) => Number.isInteger(value))) return false;
  const commonest = indexOfCommonest(counts);
  const { pairs, differing } = neighbours(grid.shape, indices, commonest);
  if (pairs >= MIN_PAIRS) return differing / pairs <= MAX_DIFFERING;
  return (counts[commonest] ?? 0) > indices.length / 2;
}

/** {@link looksLikeLabels} for a volume read as an image. */
export function imageLooksLikeLabels({ grid, data }: Pick<ImageVolume, "grid" | "data">): boolean {
  // NaN is no whole number either.
  if (!data.every((value) => Number.isInteger(value) && value >= -1)) return false;
  const counts = new Map<number, number>();
  const step = Math.ceil(data.length / MAX_COUNTED);
  for (let i = 0; i < data.length; i += step) {
    const value = data[i] as number;
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  const [[commonest, most] = [0, 0]] = [...counts].sort(([, a], [, b]) => b - a);
  const { pairs, differing } = neighbours(grid.shape, data, commonest);
  if (pairs >= MIN_PAIRS) return differing / pairs <= MAX_DIFFERING;
  return counts.size > 1 && most > data.length / step / 2;
}

function indexOfCommonest(counts: Float64Array): number {
  let commonest = 0;
  for (let p = 1; p < counts.length; p++) if ((counts[p] ?? 0) > (counts[commonest] ?? 0)) commonest = p;
  return commonest;
}

/**
 * Examines neighbours along the last two axes, so that one slice is enough; skips the commonest value,
 * because images have background too.
 */
function neighbours(
  [depth, height, width]: Grid["shape"],
  indices: PaletteVolume["indices"] | Float32Array,
  commonest: number,
): { pairs: number; differing: number } {
  const step = Math.max(1, Math.ceil((depth * height * width) / MAX_VOXELS));
  let pairs = 0;
  let differing = 0;
  for (let z = Math.floor(((depth - 1) % step) / 2); z < depth; z += step) {
    for (let y = 0; y < height; y++) {
      const row = (z * height + y) * width;
      const isLast = y + 1 === height;
      for (let x = 0; x < width; x++) {
        const at = row + x;
        const entry = indices[at];
        if (entry === commonest) continue;
        const right = x + 1 < width ? indices[at + 1] : commonest;
        const below = isLast ? commonest : indices[at + width];
        if (right !== commonest) {
          pairs++;
          if (right !== entry) differing++;
        }
        if (below !== commonest) {
          pairs++;
          if (below !== entry) differing++;
        }
      }
    }
  }
  return { pairs, differing };
}

/**
 * Merges entries with equal values; most palettes have none and stay unchanged.
 * @param values values of the palette's entries, possibly repeated
 */
function alike(
  indices: PaletteVolume["indices"],
  counts: Float64Array,
  values: Float64Array,
): { readonly indices: PaletteVolume["indices"]; readonly commonest: number } {
  const entryOf = new Map<number, number>();
  const sums: number[] = [];
  const entries = Uint16Array.from(values, (value, p) => {
    const entry = entryOf.get(value) ?? entryOf.size;
    entryOf.set(value, entry);
    sums[entry] = (sums[entry] ?? 0) + (counts[p] ?? 0);
    return entry;
  });
  return {
    indices: entryOf.size === values.length ? indices : indices.map((index) => entries[index] ?? 0),
    commonest: indexOfCommonest(Float64Array.from(sums)),
  };
}

const PERCENT = new Intl.NumberFormat("en-US", { style: "percent", maximumFractionDigits: 0 });
const WHOLE = new Intl.NumberFormat("en-US");

/** "752 different values, and 99 % of neighbouring voxels differ" */
export function signsText({ values, differing, negative }: ImageSigns): string {
  const below = negative === null ? "" : `, down to ${valueText(negative)}`;
  return `${WHOLE.format(values)} different values${below}, and ${PERCENT.format(differing).replace("%", " %")} of neighbouring voxels differ`;
}
