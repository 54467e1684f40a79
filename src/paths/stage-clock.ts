/**
 * Times the four stages of a path. CPU stages by the wall clock; GPU stages by timestamp queries where the
 * adapter has them, else by the wall clock around a submission.
 */
import type { Gpu } from "../gpu/gpu.ts";
import { readBytes } from "../gpu/readback.ts";
import { encodeSteps } from "../gpu/steps.ts";
import type { Stage } from "../timing/comparison.ts";
import type { PathRun } from "./target-path.ts";

export type StageTimes = Readonly<Record<Stage, number>>;

const NS_PER_MS = 1e6;

export class StageClock {
  readonly #queries: GPUQuerySet | null;

  constructor(readonly gpu: Gpu) {
    this.#queries = gpu.hasTimestamps
      ? gpu.device.createQuerySet({ label: "stage timestamps", type: "timestamp", count: 4 })
      : null;
  }

  get clock(): "timestamp-query" | "wall" {
    return this.#queries ? "timestamp-query" : "wall";
  }

  /** Runs the four stages of the runs (one per block) once, in order. Milliseconds. */
  async time(runs: readonly PathRun[]): Promise<StageTimes> {
    const { device } = this.gpu;
    await device.queue.onSubmittedWorkDone();
    const start = performance.now();
    for (const run of runs) run.prepare();
    const prepared = performance.now();
    for (const run of runs) run.upload();
    // An empty submission pushes the queued writes out, so that the wait below covers them.
    this.gpu.submit("upload", () => undefined);
    await device.queue.onSubmittedWorkDone();
    const uploaded = performance.now();
    const [downsample, decode] = await this.#gpuStages(runs);
    return { prepare: prepared - start, upload: uploaded - prepared, downsample, decode };
  }

  async #gpuStages(runs: readonly PathRun[]): Promise<[number, number]> {
    const stages = [runs.flatMap((run) => run.downsample), runs.flatMap((run) => run.decode)] as const;
    const queries = this.#queries;
    if (!queries) {
      const times: number[] = [];
      for (const dispatches of stages) {
        times.push(dispatches.length === 0 ? 0 : await this.#wall(dispatches));
      }
      return [times[0] ?? 0, times[1] ?? 0];
    }
    for (const [index, dispatches] of stages.entries()) {
      if (dispatches.length === 0) continue;
      const label = index === 0 ? "downsample" : "decode";
      const stamps = { querySet: queries, begin: index * 2, end: index * 2 + 1 };
      this.gpu.submit(label, (encoder) => encodeSteps(encoder, label, dispatches, stamps));
    }
    const stamps = await this.#readStamps(queries);
    const elapsed = (index: number) =>
      stages[index]?.length
        ? Number((stamps[index * 2 + 1] ?? 0n) - (stamps[index * 2] ?? 0n)) / NS_PER_MS
        : 0;
    return [elapsed(0), elapsed(1)];
  }

  async #wall(dispatches: PathRun["decode"]): Promise<number> {
    const start = performance.now();
    this.gpu.submit("stage", (encoder) => encodeSteps(encoder, "stage", dispatches));
    await this.gpu.device.queue.onSubmittedWorkDone();
    return performance.now() - start;
  }

  async #readStamps(queries: GPUQuerySet): Promise<BigUint64Array> {
    const resolved = this.gpu.buffer(
      "resolved timestamps",
      32,
      GPUBufferUsage.QUERY_RESOLVE | GPUBufferUsage.COPY_SRC,
    );
    try {
      this.gpu.submit("resolve timestamps", (encoder) =>
        encoder.resolveQuerySet(queries, 0, 4, resolved.buffer, 0),
      );
      return new BigUint64Array(await readBytes(this.gpu, resolved, 32));
    } finally {
      resolved.dispose();
    }
  }

  /** Times one pass of other work, e.g. a traffic kernel. Milliseconds. */
  async timeDispatches(dispatches: PathRun["decode"]): Promise<number> {
    if (dispatches.length === 0) return 0;
    const queries = this.#queries;
    if (!queries) return this.#wall(dispatches);
    const stamps = { querySet: queries, begin: 0, end: 1 };
    this.gpu.submit("traffic", (encoder) => encodeSteps(encoder, "traffic", dispatches, stamps));
    const read = await this.#readStamps(queries);
    return Number((read[1] ?? 0n) - (read[0] ?? 0n)) / NS_PER_MS;
  }

  dispose(): void {
    this.#queries?.destroy();
  }
}
