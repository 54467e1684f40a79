/** Compares the training grid with the stored grid: what cropping and resampling did to each region. */
import { mapSteps } from "../../base/time-slice.ts";
import { diceOf, type LabelPairs, labelPairs, overlapsOf } from "../analysis/overlap-counts.ts";
import { channelEntries, type RegionTable, regionCounts } from "../dataset/region-table.ts";
import { castTo } from "../volume/number-cast.ts";
import type { PaletteVolume } from "../volume/palette-volume.ts";
import { nearestSamples } from "./axis-samples.ts";
import { resampledSlices } from "./resample-labels.ts";
import { croppedSlices } from "./slice-source.ts";
import type { TrainingGrid, TrainingGridInput } from "./training-grid.ts";
import { voxelsInside } from "./voxels-inside.ts";

/** What became of one region. */
export interface RegionChange {
  /** Voxels of the stored grid in the box, and those that cropping removes. */
  readonly inside: number;
  readonly outside: number;
  /** Voxels of the training grid. */
  readonly trained: number;
  /** Training voxels in the region whose nearest stored voxel is not in it. */
  readonly gained: number;
  /** Training voxels outside the region whose nearest stored voxel is in it. */
  readonly lost: number;
  /** Resampling gaps whose nearest stored voxel is in the region. */
  readonly gaps: number;
  /** Dice of the region with its nearest stored voxels, on the training grid; null if neither has any. */
  readonly dice: number | null;
  /** The box has voxels of it, and resampling leaves none; false if a cast gave its labels other numbers. */
  readonly isGone: boolean;
}

export interface ResamplingChanges {
  /** In channel order. */
  readonly regions: readonly RegionChange[];
  /** Labels with voxels in the box but none in the training grid, ascending. */
  readonly labelsGone: readonly number[];
  /** Resampling gaps whose nearest stored voxel is in a region: without those in background. */
  readonly gapsInRegions: number;
}

/** A training grid, and what it was made from. */
export interface ResampledCase {
  readonly stored: Pick<TrainingGridInput, "volume" | "mask">;
  readonly trained: TrainingGrid;
}

/** Region tables with the same channels, for the palettes of both grids. */
export interface TablesOfGrids {
  readonly stored: RegionTable;
  readonly trained: RegionTable;
}

/** Shares of the work of counting what the box contains, and of comparing; the rest is finding gaps. */
const INSIDE_SHARE = 0.1;
const COMPARED_SHARE = 0.5;

/**
 * What became of the voxels of each label, whatever the regions are. Palette entries are the stored volume's.
 */
export interface LabelChanges {
  /** Voxels in the box, by entry. */
  readonly inside: Float64Array;
  /** Resampling gaps whose nearest stored voxel has the entry. */
  readonly gaps: Float64Array;
  /** Entries of the nearest stored voxel and the training voxel. */
  readonly pairs: LabelPairs;
}

/** Yields the completed fraction, 0..1, after every step of a few milliseconds. */
export function* resamplingChanges(
  resampled: ResampledCase,
  tables: TablesOfGrids,
): Generator<number, ResamplingChanges> {
  return regionChanges(resampled, yield* labelChanges(resampled), tables);
}

/**
 * Does the part of {@link resamplingChanges} that takes time, and that other regions have in common. Yields
 * the completed fraction, 0..1, after every step of a few milliseconds.
 */
export function* labelChanges({ stored, trained }: ResampledCase): Generator<number, LabelChanges> {
  const { volume } = stored;
  const inside = yield* mapSteps(voxelsInside(volume, trained.box), (fraction) => fraction * INSIDE_SHARE);
  const { shape } = trained.volume.grid;
  const nearest = nearestStored(trained);
  const same = shape.map((n) => Int32Array.from({ length: n }, (_, i) => i));
  const counting = labelPairs(
    { source: { kind: "labels", volume }, positions: nearest },
    {
      source: { kind: "labels", volume: trained.volume },
      positions: [same[0] ?? NOTHING, same[1] ?? NOTHING, same[2] ?? NOTHING],
    },
  );
  let compared = counting.next();
  for (let slices = 1; !compared.done; slices++, compared = counting.next())
    yield INSIDE_SHARE + (slices / shape[0]) * COMPARED_SHARE;
  const gapEntries = new Float64Array(volume.palette.length);
  const before = INSIDE_SHARE + COMPARED_SHARE;
  const gaps = eachGap({ stored, trained }, (z, y, x) => {
    const entry = volume.indices[rowOf(volume, nearest, z, y) + (nearest[2][x] ?? 0)] ?? 0;
    gapEntries[entry] = (gapEntries[entry] ?? 0) + 1;
  });
  for (const fraction of gaps) yield before + fraction * (1 - before);
  return { inside, gaps: gapEntries, pairs: compared.value };
}

/** Adds up for each region what became of its labels; takes no longer than an edit may. */
export function regionChanges(
  { stored, trained }: ResampledCase,
  { inside, gaps, pairs }: LabelChanges,
  tables: TablesOfGrids,
): ResamplingChanges {
  const { volume } = stored;
  const gone = goneEntries(volume.palette, inside, trained);
  const ofRegions = {
    inside: regionCounts(tables.stored, inside),
    all: regionCounts(tables.stored, volume.counts),
    gaps: regionCounts(tables.stored, gaps),
    left: regionCounts(
      tables.stored,
      inside.map((voxels, entry) => (gone[entry] ? 0 : voxels)),
    ),
  };
  return {
    regions: overlapsOf(pairs, tables.stored, tables.trained).map((overlap, channel): RegionChange => {
      const [all, within] = [ofRegions.all[channel] ?? 0, ofRegions.inside[channel] ?? 0];
      return {
        inside: within,
        outside: all - within,
        trained: overlap.b,
        gained: overlap.b - overlap.both,
        lost: overlap.a - overlap.both,
        gaps: ofRegions.gaps[channel] ?? 0,
        dice: diceOf(overlap),
        // Gaps may give voxels to a region with background.
        isGone: within > 0 && overlap.b === 0 && ofRegions.left[channel] === 0,
      };
    }),
    labelsGone: [...volume.palette].filter((_, entry) => gone[entry]),
    gapsInRegions: inAnyRegion(tables.stored, gaps),
  };
}

/** Adds up the voxels of the palette entries that are in a region; regions may share some. */
function inAnyRegion(table: RegionTable, entryVoxels: Float64Array): number {
  let sum = 0;
  for (const entry of new Set(channelEntries(table).entries)) sum += entryVoxels[entry] ?? 0;
  return sum;
}

/** Calls back for each gap, in C order. Yields the completed fraction, 0..1, after every slice. */
export function* eachGap(
  { stored, trained }: ResampledCase,
  call: (z: number, y: number, x: number) => void,
): Generator<number, void> {
  if (trained.gapVoxels === 0) return;
  const { box, resampling } = trained;
  const source = croppedSlices(stored.volume, box, stored.mask?.box ? stored.mask : null);
  const [depth, , width] = resampling.shape;
  const sliceAt = yield* resampledSlices(source, resampling);
  for (let z = 0; z < depth; z++) {
    const slice = sliceAt(z);
    for (let i = slice.indexOf(source.gap); i >= 0; i = slice.indexOf(source.gap, i + 1))
      call(z, Math.floor(i / width), i % width);
    yield (z + 1) / depth;
  }
}

type Positions = readonly [Int32Array, Int32Array, Int32Array];

const NOTHING = new Int32Array(0);

/**
 * The stored voxel nearest to the centre of each training voxel, along each axis; the upper one at halves.
 */
export function nearestStored({ box, volume }: Pick<TrainingGrid, "box" | "volume">): Positions {
  const along = (axis: 0 | 1 | 2) =>
    Int32Array.from(
      nearestSamples(box.shape[axis], volume.grid.shape[axis]).first,
      (at) => at + box.first[axis],
    );
  return [along(0), along(1), along(2)];
}

function rowOf({ grid: { shape } }: PaletteVolume, [zs, ys]: Positions, z: number, y: number): number {
  return ((zs[z] ?? 0) * shape[1] + (ys[y] ?? 0)) * shape[2];
}

/** Per stored palette entry: 1 if it is a label with voxels in the box, and resampling leaves none. */
function goneEntries(palette: Float64Array, inside: Float64Array, trained: TrainingGrid): Uint8Array {
  const bits = trained.type === "int8" ? 8 : 16;
  const left = new Set(trained.volume.palette);
  return Uint8Array.from(palette, (value, entry) => {
    const isBackground = value === 0 || value === -1;
    return !isBackground && (inside[entry] ?? 0) > 0 && !left.has(castTo(bits, Math.fround(value))) ? 1 : 0;
  });
}
