/**
 * Counts the voxels of every region at every scale without a GPU, using the plain versions of the kernels.
 * Works in steps, so that a worker can report progress; a large volume takes seconds.
 */
import { type RegionTable, regionCounts } from "../dataset/region-table.ts";
import { type Triple, voxelCount } from "../geometry/grid.ts";
import { strideOf } from "../geometry/transpose.ts";
import { type AxisTables, isIdentity } from "../targets/deep-supervision.ts";
import { type Cells, cellsShape, type PoolingRule, poolsTo } from "../targets/pooling.ts";
import { countRegions, downsample, encodeWords, maskOf, packMasks } from "../targets/reference.ts";
import { type MaskStack, type PaletteVolume, type Source, sourceGrid } from "../volume/palette-volume.ts";
import type { PaletteRuns } from "./rle-mask.ts";
import { samplesBefore } from "./samples-before.ts";

export interface CpuCountJob {
  readonly source: Source;
  /** Null for masks. */
  readonly table: RegionTable | null;
  readonly channels: number;
  /** Source indices of every scale, per array axis. */
  readonly scales: readonly AxisTables[];
  /** How to make the targets; `label-first` needs a label volume. All paths give the same counts. */
  readonly path: "label-first" | "bit-packed" | "per-channel";
  /** Pools into these cells, one triple per scale, instead of sampling; nnU-Net does not do this. */
  readonly pooling: { readonly rule: PoolingRule; readonly cells: readonly Cells[] } | null;
}

export interface CpuCounts {
  /** [scale][channel] */
  readonly regionVoxels: readonly (readonly number[])[];
  /**
   * [scale][palette entry]: stays valid when regions are edited. Null if the path does not count palette
   * entries.
   */
  readonly entryVoxels: readonly (readonly number[])[] | null;
}

/**
 * Counts one case and yields the completed fraction, 0..1.
 * @throws Error if `label-first` is requested for masks, or a label volume has no table
 */
export function* cpuCountSteps(job: CpuCountJob): Generator<number, CpuCounts> {
  const { source, table } = job;
  if (source.kind === "labels" && !table) throw new Error("Counting a label volume needs its region table.");
  if (job.pooling) return { regionVoxels: yield* pooledCounts(job, job.pooling), entryVoxels: null };
  if (job.path === "per-channel") return { regionVoxels: yield* channelCounts(job), entryVoxels: null };
  if (job.path === "bit-packed") return { regionVoxels: yield* wordCounts(job), entryVoxels: null };
  if (source.kind !== "labels" || !table) throw new Error("label-first needs one label volume.");
  const entryVoxels = yield* entryCounts(source.volume, job.scales);
  return { regionVoxels: entryVoxels.map((voxels) => regionCounts(table, voxels)), entryVoxels };
}

/** `label-first`: samples palette indices and counts each entry; regions are sums of entries. */
function* entryCounts(
  { indices, palette, grid }: PaletteVolume,
  scales: readonly AxisTables[],
): Generator<number, number[][]> {
  const [dz, dy] = strideOf(grid.shape);
  const done = share(scales.map(([zs, ys, xs]) => zs.length * ys.length * xs.length));
  const counts: number[][] = [];
  for (const [zs, ys, xs] of scales) {
    const entries = new Uint32Array(palette.length);
    for (const z of zs) {
      for (const y of ys) {
        const row = z * dz + y * dy;
        for (let x = 0; x < xs.length; x++) {
          const entry = indices[row + (xs[x] ?? 0)] ?? 0;
          entries[entry] = (entries[entry] ?? 0) + 1;
        }
      }
      yield done(ys.length * xs.length);
    }
    counts.push(Array.from(entries));
  }
  return counts;
}

/**
 * Voxels of every palette entry at every scale, from the runs of a label volume: [scale][entry]. Takes as
 * long as the sampled rows have runs.
 */
export function entryCountsOfRuns(
  { grid, palette, counts }: Pick<PaletteVolume, "grid" | "palette" | "counts">,
  { rowStart, starts, entries }: PaletteRuns,
  scales: readonly AxisTables[],
): Float64Array[] {
  const [, height, width] = grid.shape;
  return scales.map((tables) => {
    if (isIdentity(tables, grid.shape)) return counts;
    const [zs, ys, xs] = tables;
    const before = samplesBefore(xs, width);
    const found = new Float64Array(palette.length);
    for (const z of zs) {
      for (const y of ys) {
        const row = z * height + y;
        const to = rowStart[row + 1] as number;
        for (let i = rowStart[row] as number; i < to; i++) {
          const end = i + 1 < to ? (starts[i + 1] as number) : width;
          const sampled = (before[end] as number) - (before[starts[i] as number] as number);
          const entry = entries[i] as number;
          found[entry] = (found[entry] as number) + sampled;
        }
      }
    }
    return found;
  });
}

/**
 * `bit-packed`: packs 32 channels per word, downsamples the words and counts their bits, one array of words
 * at a time.
 */
function* wordCounts({ source, table, channels, scales }: CpuCountJob): Generator<number, number[][]> {
  const { shape } = sourceGrid(source);
  const counts: number[][] = scales.map(() => []);
  const words = Math.ceil(channels / 32);
  for (let word = 0; word < words; word++) {
    const inWord = Math.min(32, channels - word * 32);
    const packed = wordPlane(source, table, word);
    for (const [s, tables] of scales.entries()) {
      const sampled = downsample(packed, shape, tables);
      counts[s]?.push(...countRegions(sampled, sampled.length, inWord));
      yield (word + (s + 1) / scales.length) / words;
    }
  }
  return counts;
}

function wordPlane(source: Source, table: RegionTable | null, word: number): Uint32Array {
  if (source.kind === "masks") return packMasks(partOf(source.stack, word * 32, word * 32 + 32));
  const { paletteSize, bits } = table ?? { paletteSize: 0, bits: new Uint32Array(0) };
  const own = bits.subarray(word * paletteSize, (word + 1) * paletteSize);
  return encodeWords(source.volume, { channels: 32, words: 1, paletteSize, bits: own });
}

function partOf(stack: MaskStack, first: number, end: number): MaskStack {
  return {
    grid: stack.grid,
    names: stack.names.slice(first, end),
    bitPlanes: stack.bitPlanes.slice(first, end),
  };
}

/** `per-channel`: one mask after another, each downsampled separately. */
function* channelCounts({ source, table, channels, scales }: CpuCountJob): Generator<number, number[][]> {
  const { shape } = sourceGrid(source);
  const counts: number[][] = scales.map(() => []);
  for (let channel = 0; channel < channels; channel++) {
    const mask = maskOf(source, table, channel);
    for (const [s, tables] of scales.entries()) {
      counts[s]?.push(downsample(mask, shape, tables).reduce((sum, voxel) => sum + voxel, 0));
    }
    yield (channel + 1) / channels;
  }
  return counts;
}

/**
 * Pooled regions: counts the voxels of each cell by palette entry, treating a mask as a volume of two
 * entries.
 */
function* pooledCounts(
  { source, table, channels, scales }: CpuCountJob,
  { rule, cells }: NonNullable<CpuCountJob["pooling"]>,
): Generator<number, number[][]> {
  const counts = scales.map(() => new Float64Array(channels));
  const { shape } = sourceGrid(source);
  if (source.kind === "labels") {
    const members = channelsOfEntries(table);
    const { indices } = source.volume;
    const done = share(cells.map((of) => voxelCount(cellsShape(of))));
    for (const [s, of] of cells.entries()) {
      const into = counts[s] ?? new Float64Array(channels);
      for (const cellsDone of poolEntries(indices, shape, of, rule, members, into)) yield done(cellsDone);
    }
  } else {
    for (let channel = 0; channel < channels; channel++) {
      const mask = maskOf(source, null, channel);
      for (const [s, of] of cells.entries()) {
        const into = counts[s] ?? new Float64Array(channels);
        for (const _ of poolEntries(mask, shape, of, rule, [[], [channel]], into)) void _;
        yield (channel + (s + 1) / cells.length) / channels;
      }
    }
  }
  return counts.map((of) => Array.from(of));
}

/** The channels that contain each palette entry. */
function channelsOfEntries(table: RegionTable | null): number[][] {
  if (!table) return [];
  const { paletteSize, words, bits } = table;
  return Array.from({ length: paletteSize }, (_, entry) => {
    const channels: number[] = [];
    for (let w = 0; w < words; w++) {
      let set = bits[w * paletteSize + entry] ?? 0;
      while (set !== 0) {
        channels.push(w * 32 + 31 - Math.clz32(set & -set));
        set &= set - 1;
      }
    }
    return channels;
  });
}

/**
 * Adds the target voxels that pooling keeps of each channel at one scale to `into`; yields the number of
 * cells done since the previous yield.
 */
function* poolEntries(
  entries: Uint8Array | Uint16Array,
  shape: Triple,
  [zs, ys, xs]: Cells,
  rule: PoolingRule,
  members: readonly (readonly number[])[],
  into: Float64Array,
): Generator<number, void> {
  const [dz, dy] = strideOf(shape);
  const ofEntry = new Uint32Array(members.length);
  const ofChannel = new Uint32Array(into.length);
  // Most cells hold few entries in few channels; only those are visited and cleared.
  const seenEntries: number[] = [];
  const seenChannels: number[] = [];
  for (let cz = 0; cz < zs.starts.length; cz++) {
    const [z0, z1] = [zs.starts[cz] ?? 0, zs.ends[cz] ?? 0];
    for (let cy = 0; cy < ys.starts.length; cy++) {
      const [y0, y1] = [ys.starts[cy] ?? 0, ys.ends[cy] ?? 0];
      for (let cx = 0; cx < xs.starts.length; cx++) {
        const [x0, x1] = [xs.starts[cx] ?? 0, xs.ends[cx] ?? 0];
        for (let z = z0; z < z1; z++)
          for (let y = y0; y < y1; y++)
            for (let x = x0; x < x1; x++) {
              const entry = entries[z * dz + y * dy + x] ?? 0;
              if (ofEntry[entry] === 0) seenEntries.push(entry);
              ofEntry[entry] = (ofEntry[entry] ?? 0) + 1;
            }
        for (const entry of seenEntries) {
          for (const channel of members[entry] ?? []) {
            if (ofChannel[channel] === 0) seenChannels.push(channel);
            ofChannel[channel] = (ofChannel[channel] ?? 0) + (ofEntry[entry] ?? 0);
          }
          ofEntry[entry] = 0;
        }
        const voxels = (z1 - z0) * (y1 - y0) * (x1 - x0);
        for (const channel of seenChannels) {
          if (poolsTo(rule, ofChannel[channel] ?? 0, voxels)) into[channel] = (into[channel] ?? 0) + 1;
          ofChannel[channel] = 0;
        }
        seenEntries.length = 0;
        seenChannels.length = 0;
      }
    }
    yield ys.starts.length * xs.starts.length;
  }
}

/** Tracks progress through the sum of `parts`: each call adds an amount and returns the fraction, 0..1. */
function share(parts: readonly number[]): (more: number) => number {
  const all = parts.reduce((sum, part) => sum + part, 0);
  let done = 0;
  return (more) => {
    done += more;
    return all === 0 ? 1 : done / all;
  };
}
