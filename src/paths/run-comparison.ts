/** One honest comparison of the paths: same sources, alternating, verified bit for bit at the end. */
import type { SamplingMode, Scale } from "../domain/deep-supervision.ts";
import { type Source, sourceGrid } from "../domain/palette-volume.ts";
import type { RegionTable } from "../domain/region-table.ts";
import type { Gpu } from "../gpu/gpu.ts";
import {
  type Comparison,
  type PathName,
  type PathTiming,
  STAGES,
  type Stage,
  type TargetFormat,
  type TrafficLimit,
} from "../timing/comparison.ts";
import { quartiles } from "../timing/statistics.ts";
import { BufferPool } from "./buffer-pool.ts";
import { TARGET_PATHS } from "./choose.ts";
import { CpuClock } from "./cpu-clock.ts";
import { drawsResults } from "./drawing.ts";
import { copyBytesPerMs, trafficMs } from "./limits.ts";
import { type ComparisonPlan, planComparison, type Work } from "./memory.ts";
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
  const { groups, paths: needs } = planOf(gpu, job);
  const paths = TARGET_PATHS.filter(({ name }) =>
    needs.some(({ path, off }) => path === name && off === null),
  );

  const clock = new StageClock(gpu);
  const samples = new Map<PathName, StageTimes[]>();
  const peaks = new Map<PathName, { readonly gpu: number; readonly arrays: number }>();
  const pool = new BufferPool();
  let pooledShape = "";
  const uploads = new Map<PathName, number>();
  const mismatches = new Map<PathName, number>();
  const traffic = new Map<PathName, Record<"downsample" | "decode", { read: number; written: number }>>();
  const rounds = groups.length * (WARMUPS + job.repeats) * (paths.length + 1);
  const onCpu = paths.some(({ name }) => name === "per-channel");
  const cpu = new CpuClock();
  let done = 0;
  try {
    for (const group of groups) {
      // Slabs of another shape have no use for what is in the pool, and it would be held beside their own.
      const shapes = group.map(({ block }) => block.shape).join(" ");
      if (shapes !== pooledShape) pool.dispose();
      pooledShape = shapes;
      const opened = await openGroup(gpu, paths, group, { job, pool });
      try {
        for (const { path, runs } of opened) {
          const before = peaks.get(path.name) ?? { gpu: 0, arrays: 0 };
          peaks.set(path.name, {
            gpu: Math.max(
              before.gpu,
              sum(runs, (r) => r.gpuBytes),
            ),
            arrays: Math.max(
              before.arrays,
              sum(runs, (r) => r.arrayBytes),
            ),
          });
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
      if (!onCpu) continue;
      cpu.open(group.flatMap(({ item, block }) => (job.items[item] ? [{ ...job.items[item], block }] : [])));
      for (let repeat = -WARMUPS; repeat < job.repeats; repeat++) {
        signal.throwIfAborted();
        onProgress({ fraction: done / rounds, step: "the CPU alone" });
        cpu.run(repeat);
        done++;
        // Lets the worker hear of a cancel.
        await new Promise((resolve) => setTimeout(resolve));
      }
      cpu.open([]);
    }
    pool.dispose();
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
          timing(samples.get(name) ?? [], uploads.get(name) ?? 0, peaks.get(name) ?? { gpu: 0, arrays: 0 }),
        ]),
      ),
      cpu: cpu.timing(),
      skipped: needs.flatMap(({ path, off }) => (off === null ? [] : [{ path, reason: off }])),
      verified: Object.fromEntries([...mismatches].map(([name, count]) => [name, { mismatches: count }])),
      measuredAt: new Date().toISOString(),
    };
  } finally {
    pool.dispose();
    clock.dispose();
  }
}

/** How a job would be run on a device, and what that takes. */
export function planOf(
  gpu: Gpu,
  { items, channels, scales, mode, targetFormat }: ComparisonJob,
): ComparisonPlan {
  const [first] = items;
  if (!first) throw new Error("A comparison needs at least one patch.");
  const { source } = first;
  return planComparison({
    kind: source.kind,
    bytesPerIndex: source.kind === "labels" ? source.volume.indices.BYTES_PER_ELEMENT : 0,
    shape: sourceGrid(source).shape,
    channels,
    scales: scales.filter((scale) => !scale.collapses),
    mode,
    format: targetFormat,
    batch: items.length,
    maxBindingBytes: gpu.maxBindingBytes,
    draws: (block) => drawsResults(gpu, block, undefined),
  });
}

interface OpenedPath {
  readonly path: TargetPath;
  readonly runs: readonly PathRun[];
}

async function openGroup(
  gpu: Gpu,
  paths: readonly TargetPath[],
  group: readonly Work[],
  { job, pool }: { readonly job: ComparisonJob; readonly pool: BufferPool },
): Promise<OpenedPath[]> {
  const opened: { path: TargetPath; runs: PathRun[] }[] = [];
  try {
    for (const path of paths) {
      const runs: PathRun[] = [];
      opened.push({ path, runs });
      for (const { item: index, block } of group) {
        const item = job.items[index];
        if (item) runs.push(await path.open(gpu, { ...item, block, format: job.targetFormat, pool }));
      }
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
  // Where per-channel is off, the packed paths are still compared with each other.
  const [base, ...others] = opened;
  if (!base) return;
  for (const { path, runs } of others) {
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

function timing(
  samples: readonly StageTimes[],
  uploadBytes: number,
  peak: { readonly gpu: number; readonly arrays: number },
): PathTiming {
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
    peakGpuBytes: peak.gpu,
    peakArrayBytes: peak.arrays,
  };
}

function sum<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}
