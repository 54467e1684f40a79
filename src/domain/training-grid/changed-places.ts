/** Finds the places where resampling changed a case, so that they can be looked at one after the other. */
import { mapSteps } from "../../base/time-slice.ts";
import { type Components, components } from "../analysis/components.ts";
import { entriesOfChannel, type RegionTable } from "../dataset/region-table.ts";
import { type Grid, type Triple, voxelCount } from "../geometry/grid.ts";
import { castTo } from "../volume/number-cast.ts";
import type { PaletteVolume } from "../volume/palette-volume.ts";
import { type AxisSamples, linearSamples, nearestSamples } from "./axis-samples.ts";
import { componentOf, type GapPlace, type GonePlace, type LostPlace } from "./changed-place.ts";
import { nearestStored, type ResampledCase, type TablesOfGrids } from "./resampling-changes.ts";
import { resamplingGaps } from "./resampling-gaps.ts";

/** Largest first, in each list. */
export interface ChangedPlaces {
  readonly gone: readonly GonePlace[];
  readonly gaps: readonly GapPlace[];
  /** At most {@link LOST_PER_REGION} of each region. */
  readonly lost: readonly LostPlace[];
}

/** Most of a region's other lost components are single voxels on its surface. */
export const LOST_PER_REGION = 20;

/** Shares of the work: gaps, gone regions, and finding the voxels that changed; the rest are components. */
const GAPS_SHARE = 0.5;
const GONE_SHARE = 0.1;
const CHANGED_SHARE = 0.2;

/**
 * @param goneChannels the regions that resampling leaves nothing of, @param lostChannels those that lose voxels
 * Yields the completed fraction, 0..1, after every step of some milliseconds.
 */
export function* changedPlaces(
  resampled: ResampledCase,
  tables: TablesOfGrids,
  goneChannels: readonly number[],
  lostChannels: readonly number[],
): Generator<number, ChangedPlaces> {
  const { stored, trained } = resampled;
  const { volume } = stored;
  const gaps = yield* mapSteps(resamplingGaps(resampled), within(0, GAPS_SHARE));
  const gapPlaces = placesOfGaps(resampled, gaps.components);
  yield GAPS_SHARE;

  const gone: GonePlace[] = [];
  for (const [i, channel] of goneChannels.entries()) {
    const from = GAPS_SHARE + (GONE_SHARE * i) / goneChannels.length;
    const bits = yield* mapSteps(
      bitsOfRegion(volume, tables.stored, channel),
      within(from, from + GONE_SHARE / goneChannels.length),
    );
    const parts = componentsOfBits(volume.grid, bits);
    gone.push(
      ...parts.listed.map((_, rank) => ({
        kind: "gone" as const,
        grid: volume.grid,
        components: parts,
        rank,
        channel,
      })),
    );
  }

  const before = GAPS_SHARE + GONE_SHARE;
  const changed = yield* mapSteps(
    changedVoxels(resampled, gaps.bits),
    within(before, before + CHANGED_SHARE),
  );
  const { grid } = trained.volume;
  const bits = new Uint32Array(Math.ceil(voxelCount(grid.shape) / 32));
  const lost: LostPlace[] = [];
  for (const [i, channel] of lostChannels.entries()) {
    markLost(bits, changed, tables, channel);
    const parts = componentsOfBits(grid, bits, LOST_PER_REGION);
    bits.fill(0);
    lost.push(
      ...parts.listed.map((_, rank) => ({ kind: "lost" as const, grid, components: parts, rank, channel })),
    );
    yield before + CHANGED_SHARE + ((1 - before - CHANGED_SHARE) * (i + 1)) / lostChannels.length;
  }
  return { gone: largestFirst(gone), gaps: gapPlaces, lost: largestFirst(lost) };
}

function largestFirst<P extends GonePlace | LostPlace>(places: readonly P[]): P[] {
  return [...places].sort((a, b) => componentOf(b).voxels - componentOf(a).voxels);
}

function componentsOfBits(grid: Grid, bits: Uint32Array, listed?: number): Components {
  const stack = { grid, names: ["one mask"], bitPlanes: [bits] };
  return components({ kind: "masks", stack }, null, 0, listed);
}

/** Yields the completed fraction, 0..1, after every slice. */
function* bitsOfRegion(
  { grid: { shape }, palette, indices }: PaletteVolume,
  table: RegionTable,
  channel: number,
): Generator<number, Uint32Array> {
  const isIn = membersOf(table, channel, palette.length);
  const bits = new Uint32Array(Math.ceil(voxelCount(shape) / 32));
  const slice = shape[1] * shape[2];
  for (let z = 0; z < shape[0]; z++) {
    for (let i = z * slice; i < (z + 1) * slice; i++)
      if (isIn[indices[i] ?? 0]) bits[i >>> 5] = (bits[i >>> 5] ?? 0) | (1 << (i & 31));
    yield (z + 1) / shape[0];
  }
  return bits;
}

function membersOf(table: RegionTable, channel: number, paletteSize: number): Uint8Array {
  const isIn = new Uint8Array(paletteSize);
  for (const entry of entriesOfChannel(table, channel)) isIn[entry] = 1;
  return isIn;
}

/** Training voxels whose label is not that of the nearest stored voxel, with both palette entries. */
interface ChangedVoxels {
  readonly voxels: Uint32Array;
  readonly stored: Uint16Array;
  readonly trained: Uint16Array;
}

/** Leaves gaps out. Yields the completed fraction, 0..1, after every slice. */
function* changedVoxels(
  { stored: { volume }, trained }: ResampledCase,
  gaps: Uint32Array,
): Generator<number, ChangedVoxels> {
  const [depth, height, width] = trained.volume.grid.shape;
  const [zs, ys, xs] = nearestStored(trained);
  const { indices } = trained.volume;
  const [wasLabel, isLabel] = [
    labelsOf(volume.palette, trained.type),
    labelsOf(trained.volume.palette, trained.type),
  ];
  const { shape } = volume.grid;
  let found: ChangedVoxels = emptyChanges(1024);
  let n = 0;
  for (let z = 0, i = 0; z < depth; z++) {
    const needed = n + height * width;
    if (needed > found.voxels.length) found = grown(found, Math.max(needed, 2 * found.voxels.length));
    for (let y = 0; y < height; y++) {
      const row = ((zs[z] ?? 0) * shape[1] + (ys[y] ?? 0)) * shape[2];
      for (let x = 0; x < width; x++, i++) {
        const was = volume.indices[row + (xs[x] ?? 0)] ?? 0;
        const is = indices[i] ?? 0;
        if (wasLabel[was] === isLabel[is] || ((gaps[i >>> 5] ?? 0) >>> (i & 31)) & 1) continue;
        found.voxels[n] = i;
        found.stored[n] = was;
        found.trained[n++] = is;
      }
    }
    yield (z + 1) / depth;
  }
  return {
    voxels: found.voxels.subarray(0, n),
    stored: found.stored.subarray(0, n),
    trained: found.trained.subarray(0, n),
  };
}

function emptyChanges(n: number): ChangedVoxels {
  return { voxels: new Uint32Array(n), stored: new Uint16Array(n), trained: new Uint16Array(n) };
}

function grown(from: ChangedVoxels, n: number): ChangedVoxels {
  const into = emptyChanges(n);
  into.voxels.set(from.voxels);
  into.stored.set(from.stored);
  into.trained.set(from.trained);
  return into;
}

/** Per palette entry, the label that a region sees, as the cast writes it. */
function labelsOf(palette: Float64Array, type: "int8" | "int16"): Int32Array {
  return Int32Array.from(palette, (value) => {
    const label = castTo(type === "int8" ? 8 : 16, Math.fround(value));
    return label === -1 ? 0 : label;
  });
}

function markLost(
  bits: Uint32Array,
  { voxels, stored, trained }: ChangedVoxels,
  tables: TablesOfGrids,
  channel: number,
): void {
  const wasIn = membersOf(tables.stored, channel, tables.stored.paletteSize);
  const isIn = membersOf(tables.trained, channel, tables.trained.paletteSize);
  for (let k = 0; k < voxels.length; k++) {
    if (!wasIn[stored[k] ?? 0] || isIn[trained[k] ?? 0]) continue;
    const i = voxels[k] ?? 0;
    bits[i >>> 5] = (bits[i >>> 5] ?? 0) | (1 << (i & 31));
  }
}

/** Names the labels that meet at each gap. */
function placesOfGaps({ stored: { volume }, trained }: ResampledCase, found: Components): GapPlace[] {
  const { runs, componentOf: rankOf } = found;
  const met = found.listed.map(() => new Map<number, number>());
  const nearest = found.listed.map(() => new Set<number>());
  const near = nearestStored(trained);
  const around = samplesOf(trained);
  const entryAt = (z: number, y: number, x: number) =>
    volume.indices[(z * volume.grid.shape[1] + y) * volume.grid.shape[2] + x] ?? 0;
  eachVoxel(runs, rankOf, found.listed.length, (rank, z, y, x) => {
    nearest[rank]?.add(entryAt(near[0][z] ?? 0, near[1][y] ?? 0, near[2][x] ?? 0));
    const labels = met[rank];
    if (!labels) return;
    for (const k of sidesOf(around[0], z))
      for (const j of sidesOf(around[1], y))
        for (const i of sidesOf(around[2], x)) {
          const value = volume.palette[entryAt(k, j, i)] ?? 0;
          const label = value === -1 ? 0 : value;
          labels.set(label, (labels.get(label) ?? 0) + 1);
        }
  });
  return found.listed.map((_, rank) => ({
    kind: "gap",
    grid: trained.volume.grid,
    components: found,
    rank,
    labels: [...(met[rank] ?? [])]
      .sort(([a, m], [b, n]) => Number(a === 0) - Number(b === 0) || n - m || a - b)
      .map(([label]) => label),
    entries: [...(nearest[rank] ?? [])],
  }));
}

type Samples = readonly [AxisSamples, AxisSamples, AxisSamples];

/** Stored voxels that each training voxel is interpolated from, along each axis, relative to the volume. */
function samplesOf({ box, resampling }: ResampledCase["trained"]): Samples {
  const along = (axis: 0 | 1 | 2): AxisSamples => {
    const isNearest = resampling.separateAxis === axis && resampling.orderZ === 0;
    const make = isNearest ? nearestSamples : linearSamples;
    const samples = make(box.shape[axis], resampling.shape[axis]);
    const shift = (at: number) => at + box.first[axis];
    return { ...samples, first: samples.first.map(shift), second: samples.second.map(shift) };
  };
  return [along(0), along(1), along(2)];
}

/** One voxel if the other has no weight. */
function sidesOf({ first, second, secondWeight }: AxisSamples, i: number): readonly number[] {
  const [one = 0, other = 0] = [first[i], second[i]];
  return one === other || secondWeight[i] === 0 ? [one] : [one, other];
}

/** Calls back for every voxel of the first `count` components. */
function eachVoxel(
  { shape, rowStart, starts, ends }: Components["runs"],
  rankOf: Int32Array,
  count: number,
  call: (rank: number, ...voxel: Triple) => void,
): void {
  for (let row = 0; row + 1 < rowStart.length; row++)
    for (let run = rowStart[row] ?? 0; run < (rowStart[row + 1] ?? 0); run++) {
      const rank = rankOf[run] ?? 0;
      if (rank >= count) continue;
      for (let x = starts[run] ?? 0; x < (ends[run] ?? 0); x++)
        call(rank, Math.floor(row / shape[1]), row % shape[1], x);
    }
}

function within(from: number, to: number): (fraction: number) => number {
  return (fraction) => from + fraction * (to - from);
}
