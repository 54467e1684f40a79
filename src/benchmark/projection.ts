/** Projects measured times to the epochs of nnU-Net's training. */
import type { StageTiming } from "../base/times.ts";
import { PATH_NAMES, type PathName } from "../domain/targets/target-paths.ts";
import type { ProjectionInputs } from "./projection-inputs.ts";
import type { BenchmarkResult, PathTiming } from "./result.ts";

/** Milliseconds for one batch, by where they are spent. */
export interface BatchCost {
  /** Spent in one loader worker; workers run in parallel. */
  readonly workerMs: number;
  /** Spent on the GPU or on the way to it before the network can start; nothing hides it. */
  readonly serialMs: number;
}

interface EpochCost {
  readonly iterationMs: number;
  readonly epochSeconds: number;
  /**
   * 0..1: share of an epoch in which the network waits for its batch to be prepared, copied or downsampled.
   * The GPU itself may be busy with the latter two.
   */
  readonly idleShare: number;
  /** Dominates an iteration: the network, the work on the GPU before it, or the loader workers. */
  readonly bound: "network" | "transfer" | "loader";
}

interface ProjectedPath extends Omit<EpochCost, "bound"> {
  readonly path: PathName;
  readonly cost: BatchCost;
  /** Null if stages with only an upper bound may or may not dominate. */
  readonly bound: EpochCost["bound"] | null;
  /** True if stages with only an upper bound count as that bound, so that the figures are upper bounds. */
  readonly atMost: boolean;
}

export interface Projection {
  readonly inputs: ProjectionInputs;
  readonly paths: readonly ProjectedPath[];
  /** Sentences that state what the figures assume. */
  readonly assumptions: readonly string[];
}

/**
 * One epoch under nnU-Net's training loop.
 *
 * Loader workers fill a queue while the GPU works; the loop takes a batch, copies it to the device in the
 * stream that the network then runs in, and waits for the loss. In the steady state the slower side sets the
 * pace:
 *
 *     iterationMs  = max(serialMs + networkStepMs, (otherLoaderMs + workerMs) / loaderWorkers)
 *     epochSeconds = (trainIterations + validationIterations) * iterationMs / 1000
 *     idleShare    = 1 - networkStepMs / iterationMs
 *
 * (`nnUNetTrainer.train_step`: `data.to(device, non_blocking=True)`, then forward, backward and
 * `l.detach().cpu()`; the workers are batchgenerators' `NonDetMultiThreadedAugmenter`.)
 */
export function projectEpoch(cost: BatchCost, inputs: ProjectionInputs): EpochCost {
  const gpuMs = cost.serialMs + inputs.networkStepMs;
  const loaderMs = (inputs.otherLoaderMs + cost.workerMs) / inputs.loaderWorkers;
  const iterationMs = Math.max(gpuMs, loaderMs);
  const iterations = inputs.trainIterations + inputs.validationIterations;
  return {
    iterationMs,
    epochSeconds: (iterations * iterationMs) / 1000,
    idleShare: iterationMs > 0 ? 1 - inputs.networkStepMs / iterationMs : 0,
    bound: loaderMs > gpuMs ? "loader" : cost.serialMs > inputs.networkStepMs ? "transfer" : "network",
  };
}

/**
 * Splits a path's measured medians: prepare is spent in the loader workers; upload and downsample, and decode
 * if counted, on the GPU. Scales linearly from the measured batch to the requested one.
 *
 * @param measuredBatch patches that the timing covers
 */
function batchCost(timing: PathTiming, measuredBatch: number, inputs: ProjectionInputs): BatchCost {
  const { prepare, upload, downsample, decode } = timing.stages;
  const scale = inputs.batchSize / measuredBatch;
  const serialMs = upload.median + downsample.median + (inputs.countDecode ? decode.median : 0);
  return { workerMs: prepare.median * scale, serialMs: serialMs * scale };
}

/** Projects seconds per epoch and the share of waiting for every measured path. */
export function project(benchmark: BenchmarkResult, inputs: ProjectionInputs): Projection {
  const paths = PATH_NAMES.flatMap((path) => {
    const timing = benchmark.paths[path];
    if (!timing) return [];
    const { batch } = benchmark.workload;
    const cost = batchCost(timing, batch, inputs);
    const epoch = projectEpoch(cost, inputs);
    const least = projectEpoch(batchCost(withoutBounds(timing), batch, inputs), inputs);
    const atMost = epoch.iterationMs - least.iterationMs > epoch.iterationMs * SEEN;
    const bound = epoch.bound === least.bound ? epoch.bound : null;
    return [{ path, cost, ...epoch, bound, atMost }];
  });
  const bounded = paths.filter(({ atMost }) => atMost).map(({ path }) => path);
  return { inputs, paths, assumptions: assumptions(benchmark, inputs, bounded) };
}

/** Share of a figure above which a part of it shows in its digits. */
const SEEN = 0.005;

/** Replaces stages that have only an upper bound by nothing. */
function withoutBounds(timing: PathTiming): PathTiming {
  const least = (stage: StageTiming): StageTiming => (stage.atMost ? { ...stage, median: 0 } : stage);
  const { prepare, upload, downsample, decode } = timing.stages;
  return {
    ...timing,
    stages: {
      prepare: least(prepare),
      upload: least(upload),
      downsample: least(downsample),
      decode: least(decode),
    },
  };
}

function assumptions(
  benchmark: BenchmarkResult,
  inputs: ProjectionInputs,
  bounded: readonly PathName[],
): string[] {
  const { shape, batch } = benchmark.workload;
  const patch = shape.join(" × ");
  const scaled = batch === inputs.batchSize ? "" : `, scaled from the measured batch of ${batch}`;
  const other =
    inputs.otherLoaderMs === 0
      ? "Reading and augmentation are assumed to take 0 ms."
      : `Loader workers spend ${inputs.otherLoaderMs} ms per batch on reading and augmentation, for every path.`;
  return [
    `A batch is ${inputs.batchSize} patches of ${patch}, as measured here${scaled}.`,
    "Iteration time = max(upload + downsample + network, loader work per batch ÷ workers).",
    "Each loader worker has its own core and memory bandwidth for prepare; upload and downsample run on the GPU and do not overlap with training. nnU-Net itself downsamples in its workers.",
    inputs.countDecode
      ? "Decode is included, as measured on this adapter, before the network."
      : "Decode is left out: on a training GPU, it takes almost no time.",
    other,
    "nnU-Net's spatial transform interpolates every label or region separately, so its cost also grows with their number; this is part of other loader work and assumed to be the same for every path.",
    `A validation iteration takes as long as a training iteration; the network step is ${inputs.networkStepMs} ms for every path.`,
    ...(bounded.length > 0
      ? [
          `Stages of ${bounded.join(" and ")} whose times are only known as upper bounds count with those bounds, so their figures are upper bounds too.`,
        ]
      : []),
  ];
}
