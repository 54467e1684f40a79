/**
 * Runs one path over a whole case, counts every region at every scale in its targets and compares them with `per-channel`; targets
 * of `per-channel` itself are compared with those of the packed path that serves the case.
 */
import type { SamplingMode, Scale } from "../domain/deep-supervision.ts";
import { type Source, sourceGrid } from "../domain/palette-volume.ts";
import type { RegionTable } from "../domain/region-table.ts";
import type { Gpu } from "../gpu/gpu.ts";
import { encodeSteps } from "../gpu/steps.ts";
import type { PathName } from "../timing/comparison.ts";
import { bitPacked } from "./bit-packed.ts";
import { planBlocks } from "./block.ts";
import { BufferPool } from "./buffer-pool.ts";
import { pathNamed } from "./choose.ts";
import { labelFirst } from "./label-first.ts";
import { perChannel } from "./per-channel.ts";
import type { PathInput, PathRun, TargetPath } from "./target-path.ts";
import { countMismatches, countTargets } from "./verify.ts";

export interface VerificationJob {
  readonly source: Source;
  readonly table: RegionTable | null;
  readonly channels: number;
  readonly scales: readonly Scale[];
  readonly mode: SamplingMode;
  readonly path: PathName;
}

export interface Verification {
  /** `[scale][channel]`, from the path's own targets; 0 at a scale that collapses. */
  readonly regionVoxels: readonly (readonly number[])[];
  /** Target voxels in which the two paths differ. */
  readonly mismatches: number;
}

/** Bytes of targets worked on at once: small, so that memory stays low and the page's own frames fit in between. */
const BLOCK_BYTES = 48 << 20;

/** @throws DOMException AbortError when the signal fires. */
export async function runVerification(
  gpu: Gpu,
  job: VerificationJob,
  onProgress: (fraction: number) => void,
  signal: AbortSignal,
): Promise<Verification> {
  const { shape } = sourceGrid(job.source);
  const blocks = planBlocks(
    shape,
    job.channels,
    job.scales,
    job.mode,
    Math.min(BLOCK_BYTES, gpu.maxBindingBytes),
  );
  const pool = new BufferPool();
  const path = pathNamed(job.path);
  const regionVoxels = job.scales.map(() => new Array<number>(job.channels).fill(0));
  let mismatches = 0;
  try {
    for (const [index, block] of blocks.entries()) {
      signal.throwIfAborted();
      onProgress(index / blocks.length);
      const input = { source: job.source, table: job.table, block, pool };
      const found = await verifyBlock(gpu, path, input);
      mismatches += found.mismatches;
      for (const [scale, counts] of found.counts.entries()) {
        const row = regionVoxels[scale];
        for (const [c, n] of counts.entries()) {
          const channel = block.firstChannel + c;
          if (row) row[channel] = (row[channel] ?? 0) + n;
        }
      }
    }
  } finally {
    pool.dispose();
  }
  onProgress(1);
  return { regionVoxels, mismatches };
}

/** Mismatches of one block, and the voxels of its channels: `[scale][channel of the block]`. */
async function verifyBlock(
  gpu: Gpu,
  path: TargetPath,
  input: PathInput,
): Promise<{ readonly mismatches: number; readonly counts: number[][] }> {
  const runs: PathRun[] = [];
  try {
    const run = await path.open(gpu, input);
    runs.push(run);
    execute(gpu, run);
    const reference = await otherThan(path, input.source).open(gpu, input);
    runs.push(reference);
    execute(gpu, reference);
    return {
      mismatches: await countMismatches(gpu, input.block, reference, run),
      counts: await countTargets(gpu, input.block, run),
    };
  } finally {
    for (const run of runs) run.dispose();
  }
}

/** What a path is checked against: never itself. */
function otherThan(path: TargetPath, source: Source): TargetPath {
  if (path !== perChannel) return perChannel;
  return source.kind === "labels" ? labelFirst : bitPacked;
}

/** Runs all four stages without timing them. */
export function execute(gpu: Gpu, run: PathRun): void {
  run.prepare();
  run.upload();
  gpu.submit("downsample and decode", (encoder) => {
    encodeSteps(encoder, "downsample", run.downsample);
    encodeSteps(encoder, "decode", run.decode);
  });
}
