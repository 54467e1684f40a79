/** Finds the places where resampling changed a case, so that they can be looked at one after the other. */
import { mapSteps } from "../../base/time-slice.ts";
import { type Components, components, componentsOfRuns } from "../analysis/components.ts";
import { maskRunsOf } from "../analysis/rle-mask.ts";
import { entriesOfChannel, type RegionTable } from "../dataset/region-table.ts";
import { type Grid, type Triple, voxelCount } from "../geometry/grid.ts";
import { castTo } from "../volume/number-cast.ts";
import { componentOf, type GapPlace, type GonePlace, type LostPlace, OUTSIDE_MASK } from "./changed-place.ts";
import { goneComponents } from "./gone-components.ts";
import { sidesOf, storedSamples } from "./interpolated-from.ts";
import type { NonzeroMask } from "./nonzero-mask.ts";
import {
  nearestStored,
  type RegionChange,
  type ResampledCase,
  type TablesOfGrids,
} from "./resampling-changes.ts";
import { resamplingGaps } from "./resampling-gaps.ts";

/** Largest first, in each list. */
export interface ChangedPlaces {
  /** Of regions that are gone altogether first. */
  readonly gone: readonly GonePlace[];
  readonly gaps: readonly GapPlace[];
  /** At most {@link LOST_PER_REGION} of each region. */
  readonly lost: readonly LostPlace[];
}

/** Most of a region's other lost components are single voxels on its surface. */
export const LOST_PER_REGION = 20;

/** Shares of the work: gaps, what is gone, and finding the voxels that changed; the rest are components. */
const GAPS_SHARE = 0.5;
const GONE_SHARE = 0.1;
const CHANGED_SHARE = 0.2;

/**
 * @param changes of the regions of both tables, by channel
 * Yields the completed fraction, 0..1, after every step of some milliseconds.
 */
export function* changedPlaces(
  resampled: ResampledCase,
  tables: TablesOfGrids,
  changes: readonly RegionChange[],
): Generator<number, ChangedPlaces> {
  const { trained } = resampled;
  const gaps = yield* mapSteps(resamplingGaps(resampled), within(0, GAPS_SHARE));
  const gapPlaces = placesOfGaps(resampled, gaps.components);
  yield GAPS_SHARE;
  const gone = yield* mapSteps(
    goneOf(resampled, tables, changes),
    within(GAPS_SHARE, GAPS_SHARE + GONE_SHARE),
  );
  const before = GAPS_SHARE + GONE_SHARE;
  const changed = yield* mapSteps(
    changedVoxels(resampled, gaps.bits),
    within(before, before + CHANGED_SHARE),
  );
  const { grid } = trained.volume;
  const bits = new Uint32Array(Math.ceil(voxelCount(grid.shape) / 32));
  const lost: LostPlace[] = [];
  const lostChannels = changes.flatMap((change, channel) => (change.lost > 0 ? [channel] : []));
  for (const [i, channel] of lostChannels.entries()) {
    markLost(bits, changed, tables, channel);
    const parts = componentsOfBits(grid, bits, LOST_PER_REGION);
    bits.fill(0);
    lost.push(
      ...parts.listed.map((_, rank) => ({ kind: "lost" as const, grid, components: parts, rank, channel })),
    );
    yield before + CHANGED_SHARE + ((1 - before - CHANGED_SHARE) * (i + 1)) / lostChannels.length;
  }
  const whole = gone.filter(({ isWhole }) => isWhole);
  const parts = gone.filter(({ isWhole }) => !isWhole);
  return {
    gone: [...largestFirst(whole), ...largestFirst(parts)],
    gaps: gapPlaces,
    lost: largestFirst(lost),
  };
}

function largestFirst<P extends GonePlace | LostPlace>(places: readonly P[]): P[] {
  return [...places].sort((a, b) => componentOf(b).voxels - componentOf(a).voxels);
}

function componentsOfBits(grid: Grid, bits: Uint32Array, listed?: number): Components {
  const stack = { grid, names: ["one mask"], bitPlanes: [bits] };
  return components({ kind: "masks", stack }, null, 0, listed);
}

/**
 * Components that are gone, of regions in the box, and all of those outside. Yields the completed fraction,
 * 0..1.
 */
function* goneOf(
  { stored: { volume }, trained }: ResampledCase,
  tables: TablesOfGrids,
  changes: readonly RegionChange[],
): Generator<number, GonePlace[]> {
  const gone: GonePlace[] = [];
  const samples = storedSamples(trained);
  const runsOf = maskRunsOf({ kind: "labels", volume }, tables.stored);
  for (const [channel, { inside, outside, trained: left, isGone }] of changes.entries()) {
    yield channel / changes.length;
    const isCropped = inside === 0 && outside > 0;
    // Where a cast gave a region's labels other numbers, its voxels are still there.
    if (!isCropped && (inside === 0 || (left === 0 && !isGone))) continue;
    const runs = runsOf(channel);
    yield (channel + 1 / 3) / changes.length;
    const found = componentsOfRuns(runs, channel);
    yield (channel + 2 / 3) / changes.length;
    const isIn = membersOf(tables.trained, channel, tables.trained.paletteSize);
    const ranks = isCropped ? found.listed.keys() : goneComponents(found, trained, samples, isIn);
    const isWhole = isGone || isCropped;
    for (const rank of ranks)
      gone.push({
        kind: "gone",
        grid: volume.grid,
        components: found,
        rank,
        channel,
        isWhole,
        isCropped,
      });
  }
  return gone;
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
function placesOfGaps({ stored, trained }: ResampledCase, found: Components): GapPlace[] {
  const { runs, componentOf: rankOf } = found;
  const met = found.listed.map(() => new Map<number, number>());
  const nearest = found.listed.map(() => new Set<number>());
  const near = nearestStored(trained);
  const around = storedSamples(trained);
  const { volume } = stored;
  const entryAt = (z: number, y: number, x: number) =>
    volume.indices[(z * volume.grid.shape[1] + y) * volume.grid.shape[2] + x] ?? 0;
  const isInMask = membershipOf(trained.uncropped === null ? stored.mask : null);
  eachVoxel(runs, rankOf, found.listed.length, (rank, z, y, x) => {
    nearest[rank]?.add(entryAt(near[0][z] ?? 0, near[1][y] ?? 0, near[2][x] ?? 0));
    const labels = met[rank];
    if (!labels) return;
    for (const k of sidesOf(around[0], z))
      for (const j of sidesOf(around[1], y))
        for (const i of sidesOf(around[2], x)) {
          const value = volume.palette[entryAt(k, j, i)] ?? 0;
          const isBackground = value === 0 || value === OUTSIDE_MASK;
          const label = !isBackground ? value : isInMask(k, j, i) ? 0 : OUTSIDE_MASK;
          labels.set(label, (labels.get(label) ?? 0) + 1);
        }
  });
  return found.listed.map((_, rank) => ({
    kind: "gap",
    grid: trained.volume.grid,
    components: found,
    rank,
    labels: [...(met[rank] ?? [])]
      .sort(([a, m], [b, n]) => orderOf(a) - orderOf(b) || n - m || a - b)
      .map(([label]) => label),
    entries: [...(nearest[rank] ?? [])],
  }));
}

/** True for voxels in the mask; for all without a mask, which then adds no label. */
function membershipOf(mask: NonzeroMask | null): (...voxel: Triple) => boolean {
  if (!mask) return () => true;
  const { bits, rowWords, shape } = mask;
  return (z, y, x) => (((bits[(z * shape[1] + y) * rowWords + (x >>> 5)] ?? 0) >>> (x & 31)) & 1) === 1;
}

/** Structures, background, what is outside the mask. */
function orderOf(label: number): number {
  return label === OUTSIDE_MASK ? 2 : Number(label === 0);
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
