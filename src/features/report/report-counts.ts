/** Counts for a report: made and verified on the GPU, or counted by the plain CPU version without one. */
import type { AdapterSummary } from "../../base/adapter.ts";
import { axisTables } from "../../domain/targets/deep-supervision.ts";
import type { VerifiedExtent } from "../../domain/targets/verified-extent.ts";
import { sourceGrid } from "../../domain/volume/palette-volume.ts";
import type { VerificationJob } from "../../targets/measure/run-verification.ts";
import { benchmarkInWorker } from "../../workers/benchmark.ts";
import { countInWorker } from "../../workers/count.ts";
import { NoGpuError } from "../../workers/reply.ts";

interface ReportCounts {
  /** [scale][region] */
  readonly regionVoxels: readonly (readonly number[])[];
  /** Null if the plain CPU version counted. */
  readonly adapter: AdapterSummary | null;
  /** Target voxels that differ from those of `per-channel`; null if nothing was compared. */
  readonly mismatches: number | null;
  /** What was verified; null with `mismatches`. */
  readonly extent: VerifiedExtent | null;
}

type OnProgress = (progress: { readonly fraction: number; readonly step: string }) => void;

/**
 * @param hasGpu false if there is no GPU. If it is lost meanwhile, or workers get none, the CPU counts
 * @throws Error with one sentence if counting fails; DOMException AbortError when the signal fires
 */
export async function countForReport(
  job: VerificationJob,
  hasGpu: boolean,
  onProgress: OnProgress | undefined,
  signal: AbortSignal,
): Promise<ReportCounts> {
  if (hasGpu) {
    try {
      return await benchmarkInWorker({ kind: "verify", job }, onProgress ? { onProgress } : {}, signal);
    } catch (error) {
      if (!(error instanceof NoGpuError)) throw error;
    }
  }
  const { source, table, channels, path, mode } = job;
  const { shape } = sourceGrid(source);
  const scales = job.scales.map((scale) => axisTables(shape, scale, mode));
  const { regionVoxels } = await countInWorker(
    { source, table, channels, scales, path, pooling: null },
    (fraction) => onProgress?.({ fraction, step: "counting on the CPU" }),
    signal,
  );
  return { regionVoxels, adapter: null, mismatches: null, extent: null };
}
