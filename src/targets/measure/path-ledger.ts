/** Collects what a benchmark finds out about one path: its times, the memory it held, and why it failed. */
import { type MeasuredHow, stageTiming, sumOf } from "../../benchmark/figure.ts";
import type { PathTiming } from "../../benchmark/result.ts";
import { STAGES, type Stage } from "../../domain/targets/target-paths.ts";
import { type Gpu, GpuError, GpuMemoryError } from "../../gpu/gpu.ts";
import type { PathRun, TargetPath } from "../core/target-path.ts";
import type { PathPlan, StageTimer, StageTimes } from "./stage-timer.ts";

type Moved = Record<"downsample" | "decode", { read: number; written: number }>;

export class PathLedger {
  /** Why there are no figures, in one sentence; null unless the path failed. */
  failed: string | null = null;
  /** Target voxels that differ from the path compared with; null if it was not compared. */
  mismatches: number | null = null;
  readonly traffic: Moved = { downsample: { read: 0, written: 0 }, decode: { read: 0, written: 0 } };
  #uploadBytes = 0;
  #peakGpuBytes = 0;
  #peakArrayBytes = 0;
  readonly #measured: StageTimes[] = [];
  /** Plans by the shapes of the blocks: slabs of one shape are measured alike. */
  readonly #plans = new Map<string, PathPlan>();
  #plan: PathPlan | null = null;
  /** Plans used, one for each measured group of blocks. */
  readonly #used: PathPlan[] = [];

  constructor(readonly path: TargetPath) {}

  /**
   * Does some work of the path on the GPU. If the GPU fails at it, the path has failed and the benchmark goes
   * on. Does nothing if the path has failed before.
   */
  async attempt(gpu: Gpu, doing: string, work: () => Promise<void>): Promise<void> {
    if (this.failed !== null) return;
    try {
      await gpu.guarded(doing, work);
    } catch (error) {
      if (!(error instanceof GpuError || error instanceof GpuMemoryError)) throw error;
      this.failed = error.message;
    }
  }

  /** Adds up the memory and traffic of the runs of a group of blocks. */
  opened(runs: readonly PathRun[]): void {
    const sum = (of: (run: PathRun) => number) => runs.reduce((total, run) => total + of(run), 0);
    this.#uploadBytes += sum((run) => run.uploadBytes);
    this.#peakGpuBytes = Math.max(
      this.#peakGpuBytes,
      sum((run) => run.gpuBytes),
    );
    this.#peakArrayBytes = Math.max(
      this.#peakArrayBytes,
      sum((run) => run.arrayBytes),
    );
    for (const stage of ["downsample", "decode"] as const) {
      this.traffic[stage].read += sum((run) => run.traffic[stage].read);
      this.traffic[stage].written += sum((run) => run.traffic[stage].written);
    }
  }

  /** Warms the runs up, and finds how to measure them unless blocks of these shapes were measured before. */
  async warmUp(shapes: string, timer: StageTimer, runs: readonly PathRun[]): Promise<void> {
    const known = this.#plans.get(shapes);
    if (known) await timer.warmUp(runs);
    const plan = known ?? (await timer.plan(runs));
    this.#plans.set(shapes, plan);
    this.#plan = plan;
    this.#used.push(plan);
  }

  /** Plan of the current group of blocks. */
  get plan(): PathPlan {
    if (!this.#plan) throw new Error(`${this.path.name} was not warmed up.`);
    return this.#plan;
  }

  /** Adds the times of a group to those of a repeat. */
  add(repeat: number, times: StageTimes): void {
    const known = this.#measured[repeat];
    this.#measured[repeat] = known
      ? (Object.fromEntries(STAGES.map((s) => [s, known[s] + times[s]])) as Record<Stage, number>)
      : times;
  }

  compared(mismatches: number): void {
    this.mismatches = (this.mismatches ?? 0) + mismatches;
  }

  /** Stages whose time stamps were not believed. */
  get voidStamps(): { readonly path: TargetPath["name"]; readonly stage: Stage }[] {
    return STAGES.filter((stage) => this.#used.some((plan) => plan[stage].voidStamps)).map((stage) => ({
      path: this.path.name,
      stage,
    }));
  }

  timing(timer: StageTimer): PathTiming {
    const of = (stage: Stage) =>
      stageTiming(
        this.#measured.map((times) => times[stage]),
        this.#how(stage, timer),
      );
    const stages = {
      prepare: of("prepare"),
      upload: of("upload"),
      downsample: of("downsample"),
      decode: of("decode"),
    };
    const { prepare, upload, downsample, decode } = stages;
    return {
      stages,
      loaderMs: sumOf([prepare, upload, downsample]),
      totalMs: sumOf([prepare, upload, downsample, decode]),
      uploadBytes: this.#uploadBytes,
      peakGpuBytes: this.#peakGpuBytes,
      peakArrayBytes: this.#peakArrayBytes,
    };
  }

  /** Describes the measurement over all groups: resolutions add up, and the fewest repetitions count. */
  #how(stage: Stage, timer: StageTimer): MeasuredHow {
    const each = this.#used.map((plan) => timer.how(stage, plan[stage])).filter((how) => how.repetitions > 0);
    const [first] = each;
    if (!first) return { repetitions: 0, resolutionMs: 0, roundTripMs: null, clock: "wall" };
    return {
      repetitions: Math.min(...each.map(({ repetitions }) => repetitions)),
      resolutionMs: each.reduce((sum, { resolutionMs }) => sum + resolutionMs, 0),
      roundTripMs: first.roundTripMs,
      clock: each.some((how) => how.clock === "wall") ? "wall" : "timestamp-query",
      onlyBound: each.some((how) => how.onlyBound),
    };
  }
}
