/**
 * Runs one benchmark: all paths on the same sources, in alternation, with their targets compared bit for bit.
 */
import type { BenchmarkResult, TrafficLimit } from "../../benchmark/result.ts";
import type { RegionTable } from "../../domain/dataset/region-table.ts";
import type { SamplingMode, Scale } from "../../domain/targets/deep-supervision.ts";
import type { BackendName, PathName, TargetFormat } from "../../domain/targets/target-paths.ts";
import { type Source, sourceGrid } from "../../domain/volume/palette-volume.ts";
import { type Gpu, GpuError } from "../../gpu/gpu.ts";
import { BufferPool } from "../core/buffer-pool.ts";
import type { PathRun, Traffic } from "../core/target-path.ts";
import { needsFor } from "../paths/backend-needs.ts";
import { TARGET_PATHS } from "../paths/select-path.ts";
import { copyBytesPerMs, trafficMs } from "./bandwidth-limit.ts";
import { CpuTimer } from "./cpu-timer.ts";
import { type BenchmarkPlan, planBenchmark, type Work } from "./memory-plan.ts";
import { PathLedger } from "./path-ledger.ts";
import { fasterBackend } from "./select-backend.ts";
import { StageTimer } from "./stage-timer.ts";
import { countMismatches } from "./verify.ts";

export interface BenchmarkJob {
  /** One source per patch of the batch, all of one shape and kind. */
  readonly items: readonly { readonly source: Source; readonly table: RegionTable | null }[];
  readonly channels: number;
  readonly scales: readonly Scale[];
  readonly mode: SamplingMode;
  readonly targetFormat: TargetFormat;
  readonly repeats: number;
  /** Edge length of a benchmark volume; null for an open case. */
  readonly size: number | null;
}

interface BenchmarkProgress {
  readonly fraction: number;
  readonly step: string;
}

/**
 * Runs of each path before the measured ones. There may be more, because finding how often to repeat takes
 * some too.
 */
const WARMUPS = 1;

/**
 * Measures the paths in alternation after a warm-up. A path at which the GPU fails has a reason and no
 * figures; the others go on.
 *
 * @throws DOMException AbortError when the signal fires; nothing stays allocated.
 */
export async function runBenchmark(
  gpu: Gpu,
  job: BenchmarkJob,
  onProgress: (progress: BenchmarkProgress) => void,
  signal: AbortSignal,
): Promise<BenchmarkResult> {
  const bench = await setUp(gpu, job, onProgress, signal);
  const { plan, pool } = bench;
  try {
    for (const [index, group] of plan.groups.entries()) {
      // Slabs of another shape have no use for pooled buffers, which would only take memory beside their own.
      if (shapesOf(plan.groups[index - 1] ?? []) !== shapesOf(group)) pool.dispose();
      const opened = await openGroup(bench, group);
      try {
        for (let run = 0; run < WARMUPS; run++) await warmUp(bench, group, opened);
        for (let repeat = 0; repeat < job.repeats; repeat++) await measure(bench, opened, repeat);
        await verify(bench, group, opened);
      } finally {
        closeGroup(bench, opened);
      }
      await measureCpu(bench, group);
    }
    pool.dispose();
    signal.throwIfAborted();
    onProgress({ fraction: 1, step: "measuring limits" });
    return await summarise(bench);
  } finally {
    pool.dispose();
  }
}

/** Everything that the steps of the protocol work with. */
interface Bench {
  readonly gpu: Gpu;
  readonly job: BenchmarkJob;
  readonly timer: StageTimer;
  readonly backend: BackendName;
  readonly plan: BenchmarkPlan;
  /** One ledger for each path that takes part. */
  readonly ledgers: readonly PathLedger[];
  /** Null if the masks exceed what a page may take. */
  readonly cpu: CpuTimer | null;
  readonly pool: BufferPool;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

/** One path on the blocks of a group. */
interface OpenedPath {
  readonly ledger: PathLedger;
  readonly runs: readonly PathRun[];
}

/** Reads the clocks, finds the faster backend, and plans which paths run on which blocks. */
async function setUp(
  gpu: Gpu,
  job: BenchmarkJob,
  onProgress: (progress: BenchmarkProgress) => void,
  signal: AbortSignal,
): Promise<Bench> {
  firstItem(job);
  onProgress({ fraction: 0, step: "reading the clocks" });
  const timer = await StageTimer.create(gpu);
  signal.throwIfAborted();
  // Later jobs use the backend found here, so finding it is not given up halfway.
  const backend = await fasterBackend(gpu, timer);
  signal.throwIfAborted();
  timer.signal = signal;
  const plan = planOf(gpu, job, backend);
  const isOn = (name: PathName) => plan.paths.some(({ path, off }) => path === name && off === null);
  const ledgers = TARGET_PATHS.filter(({ name }) => isOn(name)).map((path) => new PathLedger(path));
  // The CPU baseline takes one turn per round, as a path does.
  const rounds = plan.groups.length * (WARMUPS + job.repeats) * (ledgers.length + 1);
  return {
    gpu,
    job,
    timer,
    backend,
    plan,
    ledgers,
    cpu: isOn("per-channel") ? new CpuTimer(timer.wallStepMs) : null,
    pool: new BufferPool(),
    progress: new Progress(rounds, onProgress),
    signal,
  };
}

class Progress {
  #done = 0;

  constructor(
    readonly rounds: number,
    readonly onProgress: (progress: BenchmarkProgress) => void,
  ) {}

  /** Announces the next step. */
  begin(step: string): void {
    this.onProgress({ fraction: this.#done / this.rounds, step });
  }

  finish(rounds = 1): void {
    this.#done += rounds;
  }
}

const shapesOf = (group: readonly Work[]) => group.map(({ block }) => block.shape).join(" ");

const measuredPaths = ({ ledgers }: Bench) => ledgers.filter(({ failed }) => failed === null);

/** Opens every path on a group of blocks. A path that cannot be opened fails and gives back what it had. */
async function openGroup(bench: Bench, group: readonly Work[]): Promise<OpenedPath[]> {
  const opened: OpenedPath[] = [];
  try {
    for (const ledger of measuredPaths(bench)) {
      const runs = await openPath(bench, ledger, group);
      if (runs) opened.push({ ledger, runs });
    }
    return opened;
  } catch (error) {
    disposeRuns(opened);
    throw error;
  }
}

/** Null if the path failed. */
async function openPath(
  { gpu, job, backend, pool }: Bench,
  ledger: PathLedger,
  group: readonly Work[],
): Promise<readonly PathRun[] | null> {
  const { path } = ledger;
  const runs: PathRun[] = [];
  try {
    await ledger.attempt(gpu, `opening ${path.name}`, async () => {
      for (const { item: index, block } of group) {
        const item = job.items[index];
        if (!item) continue;
        runs.push(await path.open(gpu, { ...item, block, format: job.targetFormat, backend, pool }));
      }
    });
  } catch (error) {
    disposeRuns([{ runs }]);
    throw error;
  }
  if (ledger.failed !== null) {
    disposeRuns([{ runs }]);
    // Buffers of a failed path may be invalid, so nobody else may take them from the pool.
    pool.dispose();
    return null;
  }
  ledger.opened(runs);
  return runs;
}

function closeGroup({ pool }: Bench, opened: readonly OpenedPath[]): void {
  disposeRuns(opened);
  // Buffers that a failed path held may be invalid, so nobody may take them from the pool.
  if (opened.some(({ ledger }) => ledger.failed !== null)) pool.dispose();
}

function disposeRuns(opened: readonly Pick<OpenedPath, "runs">[]): void {
  for (const { runs } of opened) for (const run of runs) run.dispose();
}

/** Runs every path once and finds how to measure its stages. */
function warmUp(bench: Bench, group: readonly Work[], opened: readonly OpenedPath[]): Promise<void> {
  const shapes = shapesOf(group);
  return alternate(bench, opened, "warm-up", ({ ledger, runs }) => ledger.warmUp(shapes, bench.timer, runs));
}

/** Measures every path once. */
function measure(bench: Bench, opened: readonly OpenedPath[], repeat: number): Promise<void> {
  const step = `run ${repeat + 1} of ${bench.job.repeats}`;
  return alternate(bench, opened, step, async ({ ledger, runs }) => {
    ledger.add(repeat, await bench.timer.measure(runs, ledger.plan));
  });
}

/** Works on one path after the other, so that any disturbance of the machine affects all of them. */
async function alternate(
  { gpu, progress, signal }: Bench,
  opened: readonly OpenedPath[],
  step: string,
  work: (path: OpenedPath) => Promise<void>,
): Promise<void> {
  for (const path of opened) {
    const { ledger } = path;
    const { name } = ledger.path;
    signal.throwIfAborted();
    progress.begin(`${name}: ${step}`);
    progress.finish();
    await ledger.attempt(gpu, `running ${name}`, () => work(path));
  }
}

/** Compares the targets of every path with those of the first. */
async function verify(
  { gpu, progress, signal }: Bench,
  group: readonly Work[],
  opened: readonly OpenedPath[],
): Promise<void> {
  progress.begin("comparing targets");
  // If per-channel is off or failed, the packed paths are still compared with each other.
  const [base, ...others] = opened.filter(({ ledger }) => ledger.failed === null);
  if (!base) return;
  for (const { ledger, runs } of others) {
    signal.throwIfAborted();
    await ledger.attempt(gpu, `comparing the targets of ${ledger.path.name}`, async () => {
      for (const [index, run] of runs.entries()) {
        const block = group[index]?.block;
        const reference = base.runs[index];
        if (block && reference) ledger.compared(await countMismatches(gpu, block, reference, run));
      }
    });
  }
}

/** Measures the CPU baseline as often as the paths. */
async function measureCpu({ cpu, job, progress, signal }: Bench, group: readonly Work[]): Promise<void> {
  if (!cpu) return;
  const step = "the CPU alone";
  progress.begin(step);
  cpu.open(group.flatMap(({ item, block }) => (job.items[item] ? [{ ...job.items[item], block }] : [])));
  progress.finish(WARMUPS);
  for (let repeat = 0; repeat < job.repeats; repeat++) {
    signal.throwIfAborted();
    progress.begin(step);
    cpu.run(repeat);
    progress.finish();
    // Lets the worker receive a cancel.
    await new Promise((resolve) => setTimeout(resolve));
  }
  cpu.open([]);
}

/** Measures the limits and puts the result together. */
async function summarise(bench: Bench): Promise<BenchmarkResult> {
  const { gpu, job, timer, backend, plan, ledgers, cpu } = bench;
  const measured = measuredPaths(bench);
  const trafficMs: Partial<Record<PathName, TrafficLimit>> = {};
  for (const { path, traffic } of measured) {
    trafficMs[path.name] = {
      downsample: await limitOf(gpu, timer, traffic.downsample),
      decode: await limitOf(gpu, timer, traffic.decode),
    };
  }
  return {
    adapter: gpu.adapter,
    workload: {
      size: job.size,
      shape: sourceGrid(firstItem(job).source).shape,
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
    limits: { copyBytesPerMs: await copyBytesPerMs(gpu, timer), trafficMs },
    paths: Object.fromEntries(measured.map((ledger) => [ledger.path.name, ledger.timing(timer)])),
    cpu: cpu?.timing() ?? null,
    skipped: plan.paths.flatMap(({ path, off }) => (off === null ? [] : [{ path, reason: off }])),
    failed: ledgers.flatMap(({ path, failed }) =>
      failed === null ? [] : [{ path: path.name, reason: failed }],
    ),
    verified: Object.fromEntries(
      measured.flatMap(({ path, mismatches }) => (mismatches === null ? [] : [[path.name, { mismatches }]])),
    ),
    measuredAt: new Date().toISOString(),
  };
}

/** Null if the GPU fails to measure a limit; the figures of the paths stand without it. */
async function limitOf(gpu: Gpu, timer: StageTimer, bytes: Traffic): Promise<number | null> {
  try {
    return await gpu.guarded("measuring a limit", () => trafficMs(gpu, timer, bytes));
  } catch (error) {
    if (error instanceof GpuError) return null;
    throw error;
  }
}

/** Plans how a job would run on a device, and what memory it takes. */
export function planOf(gpu: Gpu, job: BenchmarkJob, backend: BackendName): BenchmarkPlan {
  const { items, channels, scales, mode, targetFormat } = job;
  const { source } = firstItem(job);
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
    needsOf: (block) => needsFor(gpu, block, backend),
  });
}

function firstItem({ items }: BenchmarkJob): BenchmarkJob["items"][number] {
  const [first] = items;
  if (!first) throw new Error("A benchmark needs at least one patch.");
  return first;
}
