/** A made-up benchmark result for tests. */
import type { StageTiming } from "../../base/times.ts";
import type { Stage } from "../../domain/targets/target-paths.ts";
import { NO_STAGE, sumOf } from "../figure.ts";
import type { BenchmarkResult, PathTiming } from "../result.ts";

/** Makes a result with round numbers. */
export function exampleResult(change: Partial<BenchmarkResult> = {}): BenchmarkResult {
  return {
    adapter: { vendor: "acme", architecture: "one", description: "Acme One, rev. 2", software: false },
    workload: {
      size: null,
      shape: [16, 32, 64],
      batch: 2,
      channels: 33,
      scales: [
        { shape: [16, 32, 64], factors: [1, 1, 1] },
        { shape: [8, 16, 32], factors: [2, 2, 2] },
      ],
      mode: "nearest-exact",
      targetFormat: "byte",
    },
    clock: "timestamp-query",
    clocks: { stampStepMs: 0.065536, wallStepMs: 0.1, roundTripMs: 1.5, voidStamps: [] },
    backend: "compute",
    repeats: 7,
    warmups: 1,
    limits: {
      copyBytesPerMs: 1_000_000,
      trafficMs: {
        "per-channel": { downsample: 30, decode: null },
        "bit-packed": { downsample: 0.5, decode: 20 },
      },
    },
    paths: {
      "per-channel": timing({ prepare: 100, upload: 250, downsample: 50, decode: 0 }, 64 << 20),
      "bit-packed": timing({ prepare: 12, upload: 6, downsample: 2, decode: 140 }, 8 << 20),
      "label-first": timing({ prepare: 0, upload: 3, downsample: 1, decode: 156 }, 2 << 20),
    },
    cpu: {
      convertMs: around(100),
      downsampleMs: around(120),
      loaderMs: sumOf([around(100), around(120)]),
    },
    skipped: [],
    failed: [],
    verified: { "bit-packed": { mismatches: 0 }, "label-first": { mismatches: 0 } },
    measuredAt: "2025-01-02T03:04:05.000Z",
    ...change,
  };
}

function timing(ms: Record<Stage, number>, uploadBytes: number): PathTiming {
  const stages = {
    prepare: around(ms.prepare),
    upload: { ...around(ms.upload), roundTripMs: 1.5 },
    downsample: around(ms.downsample),
    decode: around(ms.decode),
  };
  const loader = [stages.prepare, stages.upload, stages.downsample];
  return {
    stages,
    loaderMs: sumOf(loader),
    totalMs: sumOf([...loader, stages.decode]),
    uploadBytes,
    peakGpuBytes: uploadBytes + (70 << 20),
    peakArrayBytes: uploadBytes,
  };
}

/** @param median 0 for a stage that the path does not have */
function around(median: number): StageTiming {
  if (median === 0) return NO_STAGE;
  return {
    median,
    p25: median * 0.9,
    p75: median * 1.2,
    resolutionMs: 0.001,
    repetitions: 2,
    roundTripMs: null,
    clock: "timestamp-query",
    atMost: false,
  };
}
