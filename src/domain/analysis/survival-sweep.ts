/**
 * Counts how often each component of each region survives, over the patches that nnU-Net's loader could draw.
 *
 * Brute force would cut out every patch and count. Instead this uses that sampling is separable: a component
 * survives if one of its voxels is sampled on all three axes. What a patch samples of the component's box is
 * one of few patterns per axis (about as many as the scale's factor, or as the box has voxels if that is
 * less, plus those that the patch's edges cut short). Each combination of three patterns is judged once, no
 * matter how many origins share it, and judging stops at the first voxel found.
 */
import { inTimeSlices } from "../../base/time-slice.ts";
import type { RegionTable } from "../dataset/region-table.ts";
import type { Triple } from "../geometry/grid.ts";
import {
  type AxisTables,
  axisTables,
  type SamplingMode,
  type Scale,
  scalesOf,
  type Trainer,
} from "../targets/deep-supervision.ts";
import { type OriginRange, originRange } from "../targets/patch.ts";
import { type Source, sourceGrid } from "../volume/palette-volume.ts";
import { type AxisPatterns, axisPatterns } from "./axis-patterns.ts";
import { type BoxedRuns, boxComponents } from "./boxed-rle.ts";
import { componentsOfRuns, LISTED_COMPONENTS } from "./components.ts";
import {
  type PatchSamples,
  type SampleKind,
  SWEEP_SAMPLES,
  sampleAnywhere,
  sampleForeground,
} from "./patch-samples.ts";
import { maskRunsOf } from "./rle-mask.ts";

export interface SweepInput {
  readonly source: Source;
  /** Null for masks. */
  readonly table: RegionTable | null;
  readonly channels: readonly number[];
  /**
   * Channels that `foreground` draws pick from: every region except the ignore label. Defaults to `channels`.
   */
  readonly foreground?: readonly number[];
  /** Size of the patch, in voxels. */
  readonly size: Triple;
  /**
   * Origins of patches that may lie anywhere. Defaults to those of validation, whose loader loads no more than
   * the patch.
   */
  readonly origins?: OriginRange;
  readonly strides: readonly Triple[];
  /** Defaults to nnU-Net's. */
  readonly trainer?: Trainer;
  readonly mode: SamplingMode;
  readonly patchSamples: SampleKind;
  /** Maximum number of draws; defaults to `SWEEP_SAMPLES`. */
  readonly limit?: number;
  readonly seed?: number;
  readonly listed?: number;
}

/** Number of draws in which something is present. */
export interface SweptSurvival {
  /** The patch contains at least one of its voxels at full size. */
  readonly inPatch: number;
  /** Per scale: at least one voxel of the scale is copied from it. */
  readonly perScale: readonly number[];
}

export interface RegionSweep extends SweptSurvival {
  readonly channel: number;
  /** In the order of `components`. */
  readonly components: readonly SweptSurvival[];
}

export interface Sweep {
  readonly patchSamples: Pick<PatchSamples, "kind" | "possible" | "used" | "exhaustive"> & {
    readonly seed: number;
  };
  readonly size: Triple;
  readonly scales: readonly Scale[];
  readonly regions: readonly RegionSweep[];
}

export interface SweepProgress {
  readonly fraction: number;
  /** The channel of the current region. */
  readonly channel: number;
}

interface SweepControl {
  onProgress?(progress: SweepProgress): void;
  readonly signal?: AbortSignal;
}

/** Duration of a time slice, after which progress is reported and messages are handled. */
const SLICE_MS = 30;

/**
 * Sweeps in time slices, between which it reports progress and may be aborted.
 * @throws the signal's reason when aborted
 */
export function sweep(input: SweepInput, { onProgress, signal }: SweepControl = {}): Promise<Sweep> {
  return inTimeSlices(sweepSteps(input), {
    sliceMs: SLICE_MS,
    ...(signal && { signal }),
    ...(onProgress && { onSlice: onProgress }),
  });
}

/** The sweep in small steps, one component each. */
function* sweepSteps(input: SweepInput): Generator<SweepProgress, Sweep> {
  const { source, table, channels, size, strides, mode, limit = SWEEP_SAMPLES, seed = 1 } = input;
  const { shape } = sourceGrid(source);
  const runsOf = maskRunsOf(source, table);
  const { origins = originRange(shape, size) } = input;
  const patchSamples =
    input.patchSamples === "anywhere"
      ? sampleAnywhere(origins, limit, seed)
      : sampleForeground(origins, size, (input.foreground ?? channels).map(runsOf), limit, seed);
  const scales = scalesOf(size, strides, input.trainer);
  const tables = scales.map((scale) => axisTables(size, scale, mode));
  const regions: RegionSweep[] = [];
  for (const [done, channel] of channels.entries()) {
    const found = componentsOfRuns(runsOf(channel), channel, input.listed ?? LISTED_COMPONENTS);
    const swept: SweptSurvival[] = [];
    const parts = boxComponents(found);
    for (const part of parts) {
      swept.push(sweepPart(part, patchSamples, size, tables));
      yield { fraction: (done + swept.length / parts.length) / channels.length, channel };
    }
    // The whole region comes last.
    const whole = swept.pop() ?? { inPatch: 0, perScale: tables.map(() => 0) };
    regions.push({ channel, ...whole, components: swept });
  }
  const { kind, possible, used, exhaustive } = patchSamples;
  return { patchSamples: { kind, possible, used, exhaustive, seed }, size, scales, regions };
}

function sweepPart(
  part: BoxedRuns,
  patchSamples: PatchSamples,
  size: Triple,
  tables: readonly AxisTables[],
): SweptSurvival {
  const all = (length: number) => Uint32Array.from({ length }, (_, i) => i);
  const everything: AxisTables = [all(size[0]), all(size[1]), all(size[2])];
  const inPatch = countSamples(part, patchSamples, everything);
  const isEverything = (scale: AxisTables) => scale.every((table, axis) => table.length === size[axis]);
  return {
    inPatch,
    perScale: tables.map((scale) =>
      isEverything(scale) ? inPatch : countSamples(part, patchSamples, scale),
    ),
  };
}

/** Number of draws for which the tables, shifted to the draw's origin, sample a voxel of the part. */
function countSamples(part: BoxedRuns, patchSamples: PatchSamples, tables: AxisTables): number {
  const patterns = (axis: 0 | 1 | 2) =>
    axisPatterns(
      tables[axis],
      patchSamples.first[axis],
      patchSamples.lengths[axis],
      part.box.first[axis],
      part.box.last[axis],
    );
  const axes = [patterns(0), patterns(1), patterns(2)] as const;
  const isThere = judge(part, axes);
  return patchSamples.origins ? countSampled(patchSamples.origins, axes, isThere) : countEvery(axes, isThere);
}

type Judge = (z: number, y: number, x: number) => boolean;
type ThreeAxes = readonly [AxisPatterns, AxisPatterns, AxisPatterns];

/** Counts every combination of patterns once per origin that gives it. */
function countEvery([zs, ys, xs]: ThreeAxes, isThere: Judge): number {
  let count = 0;
  for (let z = 1; z < zs.samples.length; z++)
    for (let y = 1; y < ys.samples.length; y++) {
      let alongX = 0;
      for (let x = 1; x < xs.samples.length; x++) {
        if (isThere(z, y, x)) alongX += xs.origins[x] ?? 0;
      }
      count += alongX * (zs.origins[z] ?? 0) * (ys.origins[y] ?? 0);
    }
  return count;
}

/** Maximum number of pattern combinations to remember. */
const REMEMBERED = 1 << 20;

function countSampled(
  [oz, oy, ox]: readonly [Int32Array, Int32Array, Int32Array],
  [zs, ys, xs]: ThreeAxes,
  isThere: Judge,
): number {
  const height = ys.samples.length;
  const width = xs.samples.length;
  const combinations = zs.samples.length * height * width;
  // 0: not judged yet, 1: gone, 2: there
  const judged = combinations <= REMEMBERED ? new Uint8Array(combinations) : null;
  let count = 0;
  for (let i = 0; i < oz.length; i++) {
    const z = zs.patternOf[oz[i] ?? 0] ?? 0;
    const y = ys.patternOf[oy[i] ?? 0] ?? 0;
    const x = xs.patternOf[ox[i] ?? 0] ?? 0;
    if (z === 0 || y === 0 || x === 0) continue;
    const at = (z * height + y) * width + x;
    const verdict = judged?.[at] || (isThere(z, y, x) ? 2 : 1);
    if (judged) judged[at] = verdict;
    if (verdict === 2) count++;
  }
  return count;
}

/** True if a combination of patterns samples a voxel of the part. */
function judge({ lengths, rowStart, starts, ends }: BoxedRuns, [zs, ys, xs]: ThreeAxes): Judge {
  const [, height, width] = lengths;
  const none = new Uint32Array(0);
  const nextTables: (Uint32Array | undefined)[] = [];
  return (z, y, x) => {
    nextTables[x] ??= nextSamples(xs.samples[x] ?? none, width);
    const next = nextTables[x];
    for (const dz of zs.samples[z] ?? none)
      for (const dy of ys.samples[y] ?? none) {
        const row = dz * height + dy;
        const to = rowStart[row + 1] ?? 0;
        for (let i = rowStart[row] ?? 0; i < to; i++) {
          if ((next[starts[i] ?? 0] ?? width) < (ends[i] ?? 0)) return true;
        }
      }
    return false;
  };
}

/** result[x]: the first sample at or after x; `width` without one. */
function nextSamples(samples: Uint32Array, width: number): Uint32Array {
  const next = new Uint32Array(width).fill(width);
  let from = 0;
  for (const sample of samples) {
    next.fill(sample, from, sample + 1);
    from = sample + 1;
  }
  return next;
}
