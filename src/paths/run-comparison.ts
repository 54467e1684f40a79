/** One honest comparison of the paths: same sources, alternating, verified bit for bit at the end. */
import type { SamplingMode, Scale } from "../domain/deep-supervision.ts";
import { type Source, sourceGrid } from "../domain/palette-volume.ts";
import type { RegionTable } from "../domain/region-table.ts";
import type { Gpu } from "../gpu/gpu.ts";
import {
  type Comparison,
  PATH_NAMES,
  type PathName,
  type PathTiming,
  STAGES,
  type Stage,
  type TargetFormat,
  type TrafficLimit,
} from "../timing/comparison.ts";
import { quartiles } from "../timing/statistics.ts";
import { type Block, planBlocks } from "./block.ts";
import { TARGET_PATHS } from "./choose.ts";
import { copyBytesPerMs, trafficMs } from "./limits.ts";
import { StageClock, type StageTimes } from "./stage-clock.ts";
import type { PathRun, TargetPath } from "./target-path.ts";
import { countMismatches } from "./verify.ts";

export interface ComparisonJob {
  /** One source per patch of the batch; all of one shape and kind. */
  readonly items: readonly { readonly source: Source; readonly table: RegionTable | null }[];
  readonly channels: number;
  readonly scales: readonly Scale[];
  readonly mode: SamplingMode;
  readonly targetFormat: TargetFormat;
  readonly repeats: number;
  /** Edge length of a benchmark volume, null for an open case. */
  readonly size: number | null;
}

export interface ComparisonProgress {
  readonly fraction: number;
  readonly step: string;
}

const WARMUPS = 1;
/** Targets of one path held at once; more is worked through in groups of blocks. */
const GROUP_BYTES = 1.5 * 2 ** 30;

/**
 * Runs the paths in alternation after a warm-up.
 * @throws DOMException AbortError when the signal fires; nothing stays allocated.
 */
export async function runComparison(
  gpu: Gpu,
  job: ComparisonJob,
  onProgress: (progress: ComparisonProgress) => void,
  signal: AbortSignal,
): Promise<Comparison> {
  const first = job.items[0];
  if (!first) throw new Error("A comparison needs at least one patch.");
  const { shape } = sourceGrid(first.source);
  const scales = job.scales.filter((scale) => !scale.collapses);
  const paths = TARGET_PATHS.filter((path) => path.serves(first.source));
  const blocks = planBlocks(shape, job.channels, scales, job.mode, gpu.maxBindingBytes);
  const groups = groupBlocks(job, blocks);

  const clock = new StageClock(gpu);
  const samples = new Map<PathName, StageTimes[]>();
  const peakBytes = new Map<PathName, number>();
  const uploads = new Map<PathName, number>();
  const mismatches = new Map<PathName, number>();
  const traffic = new Map<PathName, Record<"downsample" | "decode", { read: number; written: number }>>();
  const rounds = groups.length * (WARMUPS + job.repeats) * paths.length;
  let done = 0;
  try {
    for (const group of groups) {
      const opened = await openGroup(gpu, paths, group, job.targetFormat);
      try {
        for (const { path, runs } of opened) {
          peakBytes.set(
            path.name,
            Math.max(
              peakBytes.get(path.name) ?? 0,
              sum(runs, (r) => r.gpuBytes),
            ),
          );
          uploads.set(path.name, (uploads.get(path.name) ?? 0) + sum(runs, (r) => r.uploadBytes));
          addTraffic(traffic, path.name, runs);
        }
        for (let repeat = -WARMUPS; repeat < job.repeats; repeat++) {
          for (const { path, runs } of opened) {
            signal.throwIfAborted();
            const step =
              repeat < 0 ? `${path.name}: warm-up` : `${path.name}: run ${repeat + 1} of ${job.repeats}`;
            onProgress({ fraction: done / rounds, step });
            const times = await clock.time(runs);
            if (repeat >= 0) addSample(samples, path.name, repeat, times);
            done++;
          }
        }
        onProgress({ fraction: done / rounds, step: "comparing targets" });
        await verifyGroup(gpu, group, opened, mismatches);
      } finally {
        for (const { runs } of opened) for (const run of runs) run.dispose();
      }
    }
    signal.throwIfAborted();
    onProgress({ fraction: 1, step: "measuring limits" });
    const trafficLimits: Partial<Record<PathName, TrafficLimit>> = {};
    for (const path of paths) {
      const bytes = traffic.get(path.name);
      if (!bytes) continue;
      trafficLimits[path.name] = {
        downsample: await trafficMs(gpu, clock, bytes.downsample),
        decode: await trafficMs(gpu, clock, bytes.decode),
      };
    }
    return {
      adapter: gpu.adapter,
      workload: {
        size: job.size,
        shape,
        batch: job.items.length,
        channels: job.channels,
        scales: job.scales.map(({ shape, factors }) => ({ shape, factors })),
        mode: job.mode,
        targetFormat: job.targetFormat,
      },
      clock: clock.clock,
      repeats: job.repeats,
      warmups: WARMUPS,
      limits: { copyBytesPerMs: await copyBytesPerMs(gpu), trafficMs: trafficLimits },
      paths: Object.fromEntries(
        paths.map(({ name }) => [
          name,
          timing(samples.get(name) ?? [], uploads.get(name) ?? 0, peakBytes.get(name) ?? 0),
        ]),
      ),
      skipped: PATH_NAMES.filter((name) => !paths.some((p) => p.name === name)).map((path) => ({
        path,
        reason: "Masks that came as separate channels have no label volume to start from.",
      })),
      verified: Object.fromEntries([...mismatches].map(([name, count]) => [name, { mismatches: count }])),
      measuredAt: new Date().toISOString(),
    };
  } finally {
    clock.dispose();
  }
}

interface Work {
  readonly item: ComparisonJob["items"][number];
  readonly block: Block;
}

/** Patches times blocks, in groups whose targets fit the budget together. */
function groupBlocks(job: ComparisonJob, blocks: readonly Block[]): Work[][] {
  const groups: Work[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const item of job.items) {
    for (const block of blocks) {
      const size = block.channels * sum(block.scales, (s) => s.stride);
      if (bytes + size > GROUP_BYTES) {
        groups.push([]);
        bytes = 0;
      }
      groups.at(-1)?.push({ item, block });
      bytes += size;
    }
  }
  return groups;
}

interface OpenedPath {
  readonly path: TargetPath;
  readonly runs: readonly PathRun[];
}

async function openGroup(
  gpu: Gpu,
  paths: readonly TargetPath[],
  group: readonly Work[],
  format: TargetFormat,
): Promise<OpenedPath[]> {
  const opened: { path: TargetPath; runs: PathRun[] }[] = [];
  try {
    for (const path of paths) {
      const runs: PathRun[] = [];
      opened.push({ path, runs });
      for (const { item, block } of group) runs.push(await path.open(gpu, { ...item, block, format }));
    }
    return opened;
  } catch (error) {
    for (const { runs } of opened) for (const run of runs) run.dispose();
    throw error;
  }
}

async function verifyGroup(
  gpu: Gpu,
  group: readonly Work[],
  opened: readonly OpenedPath[],
  mismatches: Map<PathName, number>,
): Promise<void> {
  const base = opened.find(({ path }) => path.name === "per-channel");
  if (!base) return;
  for (const { path, runs } of opened) {
    if (path.name === "per-channel") continue;
    for (const [index, run] of runs.entries()) {
      const block = group[index]?.block;
      const reference = base.runs[index];
      if (!block || !reference) continue;
      const count = await countMismatches(gpu, block, reference, run);
      mismatches.set(path.name, (mismatches.get(path.name) ?? 0) + count);
    }
  }
}

/** Groups of one repeat add up to one sample. */
function addSample(
  samples: Map<PathName, StageTimes[]>,
  name: PathName,
  repeat: number,
  times: StageTimes,
): void {
  const list = samples.get(name) ?? [];
  samples.set(name, list);
  const known = list[repeat];
  list[repeat] = known
    ? (Object.fromEntries(STAGES.map((s) => [s, known[s] + times[s]])) as Record<Stage, number>)
    : times;
}

function addTraffic(
  traffic: Map<PathName, Record<"downsample" | "decode", { read: number; written: number }>>,
  name: PathName,
  runs: readonly PathRun[],
): void {
  const total = traffic.get(name) ?? { downsample: { read: 0, written: 0 }, decode: { read: 0, written: 0 } };
  for (const run of runs) {
    for (const stage of ["downsample", "decode"] as const) {
      total[stage].read += run.traffic[stage].read;
      total[stage].written += run.traffic[stage].written;
    }
  }
  traffic.set(name, total);
}

function timing(samples: readonly StageTimes[], uploadBytes: number, peakGpuBytes: number): PathTiming {
  const loader = samples.map((t) => t.prepare + t.upload + t.downsample);
  const stage = (name: Stage) => quartiles(samples.map((t) => t[name]));
  return {
    stages: {
      prepare: stage("prepare"),
      upload: stage("upload"),
      downsample: stage("downsample"),
      decode: stage("decode"),
    },
    loaderMs: quartiles(loader),
    totalMs: quartiles(samples.map((t, i) => (loader[i] ?? 0) + t.decode)),
    uploadBytes,
    peakGpuBytes,
  };
}

function sum<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}
