/**
 * Finds the voxels that nnU-Net's loader centres patches on: the `class_locations` that preprocessing keeps
 * of each class. Lines are those of nnU-Net 2.8.1.
 */
import { mapSteps } from "../../base/time-slice.ts";
import { maskRunsOf } from "../analysis/rle-mask.ts";
import type { RegionSet } from "../dataset/region-set.ts";
import { type MaskStack, type PaletteVolume, type Source, sourceGrid } from "../volume/palette-volume.ts";
import { NumpyRandom } from "./numpy-random.ts";

/** Voxels as indices in C order. One voxel may be there twice, see `centreClasses`. */
export interface CentreVoxels {
  /** One list per class with voxels; the loader picks each with the same probability. */
  readonly foreground: readonly Uint32Array[];
  /** Annotated voxels, for samples that need no foreground; null if the dataset has no ignore label. */
  readonly annotated: Uint32Array | null;
}

/** Seed of `_sample_foreground_locations` (default_preprocessor.py:173). */
const SEED = 1234;
/** A class with at most this many voxels keeps all; others keep as many, or 1 % if that is more. */
const MIN_KEPT = 10_000;
const MIN_KEPT_SHARE = 0.01;
/** Voxels between two steps. */
const STEP_VOXELS = 1 << 22;

/**
 * The very voxels that preprocessing keeps, since its seed is fixed. Takes a volume on the grid that nnU-Net
 * trains on. Masks, which nnU-Net does not read, count as classes whose voxels are in C order. Yields the
 * fraction done.
 */
export function* centreVoxels(source: Source, set: RegionSet): Generator<number, CentreVoxels> {
  return source.kind === "labels" ? yield* ofLabels(source.volume, set) : yield* ofMasks(source.stack);
}

/**
 * The labels of each class: the regions, or the labels if no region has several, and last the annotated
 * class, if there is an ignore label (default_preprocessor.py:100-106). A class is a key of a dictionary, so
 * regions with equal lists are one class. A label that a region lists twice counts twice.
 *
 * Unlike nnU-Net this takes a label written as 1 and the same written as [1] for one class.
 */
export function centreClasses({ regions }: RegionSet): {
  foreground: (readonly number[])[];
  annotated: number[] | null;
} {
  const used = regions.filter(({ ignore }) => !ignore).map(({ labels }) => labels);
  const foreground = [...new Map(used.map((labels) => [labels.join(), labels])).values()];
  const all = [...new Set([0, ...used.flat()])].sort((a, b) => a - b);
  return { foreground, annotated: used.length < regions.length ? [-1, ...all] : null };
}

/**
 * Voxels to keep of one palette entry for one class: ranks among the entry's voxels in C order, ascending.
 */
interface Wanted {
  readonly ranks: Uint32Array;
  readonly to: Uint32Array;
  /** Next rank, and where in `to` its voxel belongs. */
  at: number;
  toAt: number;
}

function* ofLabels(volume: PaletteVolume, set: RegionSet): Generator<number, CentreVoxels> {
  const { foreground, annotated } = centreClasses(set);
  const entries = new Map(Array.from(volume.palette, (label, p) => [label, p]));
  const random = new NumpyRandom(SEED);
  const wanted: Wanted[][] = Array.from(volume.palette, () => []);
  const kept: Uint32Array[] = [];
  const classes = (annotated ? [...foreground, annotated] : foreground).map((labels) => {
    const parts = labels.flatMap((label) => entries.get(label) ?? []);
    return { parts, total: parts.reduce((sum, p) => sum + (volume.counts[p] ?? 0), 0) };
  });
  // Each class is shuffled, then one walk goes through the volume.
  const work = classes.reduce((sum, { total }) => sum + total, volume.indices.length);
  let done = 0;
  const fraction = (part: number) => (done + part) / work;
  for (const { parts, total } of classes) {
    kept.push(yield* mapSteps(wantedOf(parts, total, volume.counts, random, wanted), fraction));
    done += total;
  }
  yield* mapSteps(collect(volume.indices, wanted), fraction);
  const last = annotated ? (kept.pop() ?? null) : null;
  return { foreground: kept.filter(({ length }) => length > 0), annotated: last };
}

/**
 * Chooses voxels of one class (default_preprocessor.py:251-267).
 * @param parts palette entries whose voxels follow one another
 * @returns a list for the voxels, which are not known yet
 */
function* wantedOf(
  parts: readonly number[],
  total: number,
  counts: Float64Array,
  random: NumpyRandom,
  wanted: readonly Wanted[][],
): Generator<number, Uint32Array> {
  const chosen = yield* chooseKept(total, random);
  const to = new Uint32Array(chosen.length);
  let first = 0;
  let from = 0;
  for (const p of parts) {
    const end = first + (counts[p] ?? 0);
    let until = from;
    while (until < chosen.length && (chosen[until] ?? 0) < end) until++;
    const start = first;
    const ranks = chosen.slice(from, until).map((offset) => offset - start);
    if (ranks.length > 0) wanted[p]?.push({ ranks, to, at: 0, toAt: from });
    first = end;
    from = until;
  }
  return to;
}

/** How many voxels of a class are kept. */
export function keptVoxels(total: number): number {
  return Math.max(Math.min(MIN_KEPT, total), Math.ceil(total * MIN_KEPT_SHARE));
}

/** Ascending: only which voxels are kept matters, not their order. */
function* chooseKept(total: number, random: NumpyRandom): Generator<number, Uint32Array> {
  return (yield* random.choice(total, keptVoxels(total))).sort();
}

/** Above every rank. */
const NONE = 0xffffffff;

/** Walks through the volume once and notes the wanted voxels of every class. */
function* collect(indices: Uint8Array | Uint16Array, wanted: readonly Wanted[][]): Generator<number> {
  const seen = new Uint32Array(wanted.length);
  const nextOf = (lists: readonly Wanted[]) =>
    lists.reduce((least, { ranks, at }) => Math.min(least, ranks[at] ?? NONE), NONE);
  const next = Uint32Array.from(wanted, nextOf);
  for (let from = 0; from < indices.length; from += STEP_VOXELS) {
    const end = Math.min(indices.length, from + STEP_VOXELS);
    for (let voxel = from; voxel < end; voxel++) {
      const p = indices[voxel] ?? 0;
      const rank = seen[p] ?? 0;
      seen[p] = rank + 1;
      if (rank !== next[p]) continue;
      const lists = wanted[p] ?? [];
      for (const list of lists) {
        if (list.ranks[list.at] !== rank) continue;
        list.to[list.toAt++] = voxel;
        list.at++;
      }
      next[p] = nextOf(lists);
    }
    yield end;
  }
}

function* ofMasks(stack: MaskStack): Generator<number, CentreVoxels> {
  const source: Source = { kind: "masks", stack };
  const runsOf = maskRunsOf(source, null);
  const width = sourceGrid(source).shape[2];
  const random = new NumpyRandom(SEED);
  const foreground: Uint32Array[] = [];
  for (const channel of stack.bitPlanes.keys()) {
    const { rowStart, starts, ends } = runsOf(channel);
    const total = ends.reduce((sum, end, i) => sum + end - (starts[i] ?? 0), 0);
    const fraction = (shuffled: number) => (channel + shuffled / total) / stack.bitPlanes.length;
    const kept = yield* mapSteps(chooseKept(total, random), fraction);
    let before = 0;
    let k = 0;
    for (let row = 0; row + 1 < rowStart.length; row++)
      for (let i = rowStart[row] ?? 0; i < (rowStart[row + 1] ?? 0); i++) {
        const start = starts[i] ?? 0;
        const until = before + (ends[i] ?? 0) - start;
        for (; k < kept.length && (kept[k] ?? 0) < until; k++)
          kept[k] = row * width + start + (kept[k] ?? 0) - before;
        before = until;
      }
    if (total > 0) foreground.push(kept);
    yield (channel + 1) / stack.bitPlanes.length;
  }
  return { foreground, annotated: null };
}
