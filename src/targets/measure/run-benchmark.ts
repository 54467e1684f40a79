/** One honest comparison of the paths: same sources, alternating, verified bit for bit at the end. */
import type {
  BackendName,
  BenchmarkResult,
  PathName,
  TargetFormat,
  TrafficLimit,
} from "../../benchmark/result.ts";
import type { RegionTable } from "../../domain/dataset/region-table.ts";
import type { SamplingMode, Scale } from "../../domain/targets/deep-supervision.ts";
import { type Source, sourceGrid } from "../../domain/volume/palette-volume.ts";
import { type Gpu, GpuError } from "../../gpu/gpu.ts";
import { BufferPool } from "../core/buffer-pool.ts";
import type { PathRun } from "../core/target-path.ts";
import { backendFor } from "../paths/backends.ts";
import { TARGET_PATHS } from "../paths/select-path.ts";
import { copyBytesPerMs, trafficMs } from "./bandwidth-limit.ts";
import { CpuTimer } from "./cpu-timer.ts";
import { type BenchmarkPlan, planBenchmark, type Work } from "./memory-plan.ts";
import { PathLedger } from "./path-ledger.ts";
import { fasterBackend } from "./select-backend.ts";
import { StageTimer } from "./stage-timer.ts";
import { countMismatches } from "./verify.ts";

export interface BenchmarkJob {
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

export interface BenchmarkProgress {
  readonly fraction: number;
  readonly step: string;
}

/**
 * Runs of each path before those that count: at least this many, as finding out how often to repeat takes
 * some too.
 */
const WARMUPS = 1;

/**
 * Runs the paths in alternation after a warm-up. A path that the GPU does not carry through fails with its
 * reason and has no figures; the others go on.
 *
 * @throws DOMException AbortError when the signal fires; nothing stays allocated.
 */
export async function runBenchmark(
  gpu: Gpu,
  job: BenchmarkJob,
  onProgress: (progress: BenchmarkProgress) => void,
  signal: AbortSignal,
): Promise<BenchmarkResult> {
  const first = job.items[0];
  if (!first) throw new Error("A comparison needs at least one patch.");
  const { shape } = sourceGrid(first.source);
  onProgress({ fraction: 0, step: "reading the clocks" });
  const timer = await StageTimer.create(gpu);
  const backend = await fasterBackend(gpu, timer);
  const { groups, paths: needs } = planOf(gpu, job, backend);
  const paths = TARGET_PATHS.filter(({ name }) =>
    needs.some(({ path, off }) => path === name && off === null),
  );

  const ledgers = new Map(paths.map((path) => [path.name, new PathLedger(path)]));
  const pool = new BufferPool();
  let pooledShape = "";
  const rounds = groups.length * (WARMUPS + job.repeats) * (paths.length + 1);
  const onCpu = paths.some(({ name }) => name === "per-channel");
  const cpu = new CpuTimer(timer.wallStepMs);
  let done = 0;
  try {
    for (const group of groups) {
      // Slabs of another shape have no use for what is in the pool, and it would be held beside their own.
      const shapes = group.map(({ block }) => block.shape).join(" ");
      if (shapes !== pooledShape) pool.dispose();
      pooledShape = shapes;
      const going = [...ledgers.values()].filter((ledger) => ledger.failed === null);
      const opened = await openGroup(gpu, going, group, { job, pool, backend });
      try {
        for (let repeat = -WARMUPS; repeat < job.repeats; repeat++) {
          for (const { ledger, runs } of opened) {
            signal.throwIfAborted();
            const { name } = ledger.path;
            const step = repeat < 0 ? `${name}: warm-up` : `${name}: run ${repeat + 1} of ${job.repeats}`;
            onProgress({ fraction: done / rounds, step });
            done++;
            await ledger.attempt(gpu, `running ${name}`, async () => {
              if (repeat >= 0) ledger.add(repeat, await timer.measure(runs, ledger.plan));
              else await ledger.warmUp(shapes, timer, runs);
            });
          }
        }
        onProgress({ fraction: done / rounds, step: "comparing targets" });
        await verifyGroup(gpu, group, opened);
      } finally {
        for (const { runs } of opened) for (const run of runs) run.dispose();
        // What a failed path held may be invalid: nobody takes it from the pool.
        if (opened.some(({ ledger }) => ledger.failed !== null)) pool.dispose();
      }
      if (!onCpu) continue;
      onProgress({ fraction: done / rounds, step: "the CPU alone" });
      cpu.open(group.flatMap(({ item, block }) => (job.items[item] ? [{ ...job.items[item], block }] : [])));
      done += WARMUPS;
      for (let repeat = 0; repeat < job.repeats; repeat++) {
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
    const measured = [...ledgers.values()].filter((ledger) => ledger.failed === null);
    const trafficLimits: Partial<Record<PathName, TrafficLimit>> = {};
    for (const { path, traffic } of measured) {
      trafficLimits[path.name] = {
        downsample: await limitOf(gpu, timer, traffic.downsample),
        decode: await limitOf(gpu, timer, traffic.decode),
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
      clock: timer.clock,
      clocks: {
        stampStepMs: timer.stampStepMs,
        wallStepMs: timer.wallStepMs,
        roundTripMs: timer.waits.roundTripMs,
        voidStamps: measured.flatMap((ledger) => ledger.voidStamps),
      },
      backend,
      repeats: job.repeats,
      warmups: WARMUPS,
      limits: { copyBytesPerMs: await copyBytesPerMs(gpu, timer), trafficMs: trafficLimits },
      paths: Object.fromEntries(measured.map((ledger) => [ledger.path.name, ledger.timing(timer)])),
      cpu: cpu.timing(),
      skipped: needs.flatMap(({ path, off }) => (off === null ? [] : [{ path, reason: off }])),
      failed: [...ledgers.values()].flatMap(({ path, failed }) =>
        failed === null ? [] : [{ path: path.name, reason: failed }],
      ),
      verified: Object.fromEntries(
        measured.flatMap(({ path, mismatches }) =>
          mismatches === null ? [] : [[path.name, { mismatches }]],
        ),
      ),
      measuredAt: new Date().toISOString(),
    };
  } finally {
    pool.dispose();
  }
}

/** A limit that the GPU does not measure is not known; the paths' own figures stand without it. */
async function limitOf(
  gpu: Gpu,
  timer: StageTimer,
  bytes: { readonly read: number; readonly written: number },
): Promise<number | null> {
  try {
    return await gpu.guarded("measuring a limit", () => trafficMs(gpu, timer, bytes));
  } catch (error) {
    if (error instanceof GpuError) return null;
    throw error;
  }
}

/** How a job would be run on a device, and what that takes. */
export function planOf(
  gpu: Gpu,
  { items, channels, scales, mode, targetFormat }: BenchmarkJob,
  backend: BackendName,
): BenchmarkPlan {
  const [first] = items;
  if (!first) throw new Error("A comparison needs at least one patch.");
  const { source } = first;
  return planBenchmark({
    kind: source.kind,
    bytesPerIndex: source.kind === "labels" ? source.volume.indices.BYTES_PER_ELEMENT : 0,
    shape: sourceGrid(source).shape,
    channels,
    scales: scales.filter((scale) => !scale.collapses),
    mode,
    format: targetFormat,
    batch: items.length,
    maxBindingBytes: gpu.maxBindingBytes,
    backendOf: (block) => backendFor(gpu, block, backend),
  });
}

interface OpenedPath {
  readonly ledger: PathLedger;
  readonly runs: readonly PathRun[];
}

/** Opens every path on a group of blocks; one that cannot be opened fails, and what it had is given back. */
async function openGroup(
  gpu: Gpu,
  ledgers: readonly PathLedger[],
  group: readonly Work[],
  {
    job,
    pool,
    backend,
  }: { readonly job: BenchmarkJob; readonly pool: BufferPool; readonly backend: BackendName },
): Promise<OpenedPath[]> {
  const opened: OpenedPath[] = [];
  const openPath = async (ledger: PathLedger) => {
    const runs: PathRun[] = [];
    const { path } = ledger;
    try {
      await ledger.attempt(gpu, `opening ${path.name}`, async () => {
        for (const { item: index, block } of group) {
          const item = job.items[index];
          if (!item) continue;
          runs.push(await path.open(gpu, { ...item, block, format: job.targetFormat, backend, pool }));
        }
      });
    } catch (error) {
      for (const run of runs) run.dispose();
      throw error;
    }
    if (ledger.failed !== null) {
      // What a failed path leaves may be invalid: nobody else takes it from the pool.
      for (const run of runs) run.dispose();
      pool.dispose();
      return;
    }
    ledger.opened(runs);
    opened.push({ ledger, runs });
  };
  try {
    for (const ledger of ledgers) await openPath(ledger);
    return opened;
  } catch (error) {
    for (const { runs } of opened) for (const run of runs) run.dispose();
    throw error;
  }
}

async function verifyGroup(gpu: Gpu, group: readonly Work[], opened: readonly OpenedPath[]): Promise<void> {
  // Where per-channel is off or failed, the packed paths are still compared with each other.
  const [base, ...others] = opened.filter(({ ledger }) => ledger.failed === null);
  if (!base) return;
  for (const { ledger, runs } of others) {
    await ledger.attempt(gpu, `comparing the targets of ${ledger.path.name}`, async () => {
      for (const [index, run] of runs.entries()) {
        const block = group[index]?.block;
        const reference = base.runs[index];
        if (block && reference) ledger.compared(await countMismatches(gpu, block, reference, run));
      }
    });
  }
}
