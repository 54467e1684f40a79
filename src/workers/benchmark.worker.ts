/**
 * Runs benchmarks off the page's thread on a separate device: preparing masks takes hundreds of milliseconds,
 * and the page must neither freeze nor disturb the measurement.
 */
import { errorMessage } from "../base/errors.ts";
import { plural } from "../base/format-numbers.ts";
import { type SweepPoint, sweepPoint } from "../benchmark/sweep.ts";
import { type RegionTable, regionTable } from "../domain/dataset/region-table.ts";
import type { Triple } from "../domain/geometry/grid.ts";
import { benchRegions, benchVolume } from "../domain/phantom/bench-workload.ts";
import { defaultStrides, scalesOf } from "../domain/targets/deep-supervision.ts";
import { sourceGrid } from "../domain/volume/palette-volume.ts";
import { Gpu } from "../gpu/gpu.ts";
import { type BenchmarkJob, runBenchmark } from "../targets/measure/run-benchmark.ts";
import { runVerification } from "../targets/measure/run-verification.ts";
import type {
  BenchmarkNews,
  BenchmarkRequest,
  BenchmarkResults,
  BenchOptions,
  Measured,
  SweepJob,
} from "./benchmark-protocol.ts";
import { NoGpuError } from "./reply.ts";
import { serve } from "./serve.ts";
import { isPart, type SourcePart, SourceReceiver } from "./source-parts.ts";

type Tell = (news: BenchmarkNews) => void;

/** Strides for thick slices: the first axis is halved from the third network stage on. */
const ANISOTROPIC: readonly Triple[] = [
  [1, 1, 1],
  [1, 2, 2],
  [1, 2, 2],
  [2, 2, 2],
  [2, 2, 2],
  [2, 2, 2],
];

function benchJob(options: BenchOptions): BenchmarkJob {
  const { size, channels, batch, repeats, mode, strides, targetFormat } = options;
  const regions = benchRegions(channels).regions;
  const items = Array.from({ length: batch }, (_, patch) => {
    const volume = benchVolume(size, patch + 1);
    return { source: { kind: "labels", volume } as const, table: regionTable(volume.palette, regions) };
  });
  const scales = scalesOf([size, size, size], strides === "isotropic" ? defaultStrides() : ANISOTROPIC);
  return { items, channels, scales, mode, targetFormat, repeats, size };
}

/** Makes a table with exactly `channels` channels: those of `table`, repeated when they run out. */
function cycledTable(table: RegionTable, channels: number): RegionTable {
  const { paletteSize } = table;
  const words = Math.ceil(channels / 32);
  const bits = new Uint32Array(words * paletteSize);
  for (let c = 0; c < channels; c++) {
    const from = c % table.channels;
    for (let p = 0; p < paletteSize; p++) {
      const member = ((table.bits[(from >>> 5) * paletteSize + p] ?? 0) >>> (from & 31)) & 1;
      const at = (c >>> 5) * paletteSize + p;
      bits[at] = ((bits[at] ?? 0) | (member << (c & 31))) >>> 0;
    }
  }
  return { channels, words, paletteSize, bits };
}

function withChannels(job: BenchmarkJob, channels: number): BenchmarkJob {
  const items = job.items.map(({ source, table }) => {
    if (source.kind === "labels") {
      return { source, table: table ? cycledTable(table, channels) : null };
    }
    const { bitPlanes, names } = source.stack;
    const pick = <T>(list: readonly T[]) =>
      Array.from({ length: channels }, (_, c) => list[c % list.length]).filter((v) => v !== undefined);
    return {
      source: {
        kind: "masks",
        stack: { ...source.stack, bitPlanes: pick(bitPlanes), names: pick(names) },
      } as const,
      table: null,
    };
  });
  return { ...job, items, channels };
}

async function sweep(
  gpu: Gpu,
  { base, channelCounts }: SweepJob,
  report: Tell,
  signal: AbortSignal,
): Promise<SweepPoint[]> {
  const points: SweepPoint[] = [];
  for (const [index, channels] of channelCounts.entries()) {
    const share = (part: number) => (index + part) / channelCounts.length;
    const job = withChannels(base, channels);
    const benchmark = await runBenchmark(
      gpu,
      job,
      ({ fraction, step }) =>
        report({
          kind: "progress",
          fraction: share(fraction),
          step: `${plural(channels, "channel")}: ${step}`,
        }),
      signal,
    );
    const point = sweepPoint(benchmark);
    points.push(point);
    report({ kind: "point", point });
  }
  return points;
}

type Job = Exclude<BenchmarkRequest, { kind: "stop" }>;

async function answer(
  gpu: Gpu,
  request: Job,
  report: Tell,
  signal: AbortSignal,
): Promise<BenchmarkResults[keyof BenchmarkResults]> {
  const progress = (fraction: number, step: string) => report({ kind: "progress", fraction, step });
  switch (request.kind) {
    case "case":
      return runBenchmark(gpu, request.job, (p) => progress(p.fraction, p.step), signal);
    case "workload":
      progress(0, "making the volume");
      return runBenchmark(gpu, benchJob(request.options), (p) => progress(p.fraction, p.step), signal);
    case "sweep":
      return sweep(gpu, request.job, report, signal);
    case "verify": {
      const { shape } = sourceGrid(request.job.source);
      const step = `checking ${request.job.channels} channels of ${shape.join(" × ")}`;
      const verified = await gpu.guarded("checking the targets", () =>
        runVerification(gpu, request.job, (f) => progress(f, step), signal),
      );
      return { ...verified, adapter: gpu.adapter };
    }
  }
}

const LOSS_NOTICE_MS = 50;

/** The device of this worker, kept between jobs. */
let device: Gpu | null = null;

async function work(
  job: Job,
  report: Tell,
  signal: AbortSignal,
): Promise<Measured<BenchmarkResults[keyof BenchmarkResults]>> {
  let stopListening: () => void = () => undefined;
  try {
    device ??= await Gpu.acquire();
    const gpu = device;
    gpu.resetPeak();
    const lost = gpu.lost.then((info): never => {
      device = null;
      throw new Error(`The GPU device was lost (${info.message || info.reason}).`);
    });
    // After an unexpected error, the job cannot be trusted to have done its work, whatever it reports.
    const unexpected = new Promise<never>((_, reject) => {
      stopListening = gpu.onUncapturedError((sentence) => {
        device = null;
        reject(new Error(sentence));
      });
    });
    const result = await Promise.race([answer(gpu, job, report, signal), lost, unexpected]);
    const { peakBytes, largestBytes } = gpu;
    return { result, gpu: { peakBytes, largestBytes } };
  } catch (error) {
    // A wait for the GPU may fail before the loss that caused it is reported.
    if (device) await Promise.race([device.lost, new Promise((done) => setTimeout(done, LOSS_NOTICE_MS))]);
    throw device ? error : new NoGpuError(errorMessage(error));
  } finally {
    stopListening();
  }
}

let running = new AbortController();

const receiver = new SourceReceiver();

serve<Job, Measured<BenchmarkResults[keyof BenchmarkResults]>, BenchmarkNews>(
  (job, report) => work(job, report, running.signal),
  {
    receive(message) {
      const asked = message as BenchmarkRequest | SourcePart;
      if (isPart(asked)) {
        receiver.take(asked);
        return null;
      }
      running.abort();
      if (asked.kind === "stop") return null;
      running = new AbortController();
      return asked.kind === "verify" ? receiver.fill(asked) : asked;
    },
  },
);
