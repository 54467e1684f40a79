/**
 * Runs one path over a case, or over random parts of a large one, and compares its targets with those of
 * `per-channel`. Compares targets of `per-channel` itself with those of the packed path that serves the case.
 * Counts regions in the targets if all of them were made, and otherwise on the CPU, in the labels or masks.
 */
import { regionVoxels as countOnCpu } from "../../domain/analysis/region-voxels.ts";
import type { RegionTable } from "../../domain/dataset/region-table.ts";
import {
  type AxisTables,
  axisTables,
  type SamplingMode,
  type Scale,
} from "../../domain/targets/deep-supervision.ts";
import type { PathName } from "../../domain/targets/target-paths.ts";
import type { VerifiedExtent } from "../../domain/targets/verified-extent.ts";
import { type Source, sourceGrid } from "../../domain/volume/palette-volume.ts";
import { encodeSteps } from "../../gpu/encode-steps.ts";
import type { Gpu } from "../../gpu/gpu.ts";
import { type Block, blockOfPart, planBlocks } from "../core/block.ts";
import { BufferPool } from "../core/buffer-pool.ts";
import type { PathInput, PathRun, TargetPath } from "../core/target-path.ts";
import { bitPacked } from "../paths/bit-packed.ts";
import { labelFirst } from "../paths/label-first.ts";
import { perChannel } from "../paths/per-channel.ts";
import { pathNamed } from "../paths/select-path.ts";
import { type Part, randomParts, targetVoxels, voxelsIn } from "./verified-parts.ts";
import { countMismatches, countTargets } from "./verify.ts";

export interface VerificationJob {
  readonly source: Source;
  readonly table: RegionTable | null;
  readonly channels: number;
  readonly scales: readonly Scale[];
  readonly mode: SamplingMode;
  readonly path: PathName;
  /** Everything, or random parts if everything would take long. */
  readonly amount: VerifiedAmount;
}

export type VerifiedAmount = "sample" | "all";

export interface Verification {
  /** `[scale][channel]`, from the path's own targets if all were made; 0 at a scale that collapses. */
  readonly regionVoxels: readonly (readonly number[])[];
  /** Target voxels in which the two paths differ. */
  readonly mismatches: number;
  readonly extent: VerifiedExtent;
}

/** Any seed works; a fixed one makes two reports of a case compare the same parts. */
const SEED = 1;

/**
 * Bytes of targets worked on at once. Small blocks keep memory low and let the page's own frames in between.
 */
const BLOCK_BYTES = 48 << 20;

/** @throws DOMException AbortError when the signal fires. */
export async function runVerification(
  gpu: Gpu,
  job: VerificationJob,
  onProgress: (fraction: number) => void,
  signal: AbortSignal,
): Promise<Verification> {
  const { shape } = sourceGrid(job.source);
  const parts = job.amount === "all" ? null : randomParts({ ...job, shape }, SEED);
  const tables = job.scales.map((scale) => axisTables(shape, scale, job.mode));
  const maxBytes = Math.min(BLOCK_BYTES, gpu.maxBindingBytes);
  const blocks = parts
    ? parts.map((part) => blockOfPart(shape, tables, part))
    : planBlocks(shape, job.channels, job.scales, job.mode, maxBytes);
  const pool = new BufferPool();
  const path = pathNamed(job.path);
  const counted = job.scales.map(() => new Array<number>(job.channels).fill(0));
  let mismatches = 0;
  try {
    for (const [index, block] of blocks.entries()) {
      signal.throwIfAborted();
      onProgress(index / blocks.length);
      const found = await verifyBlock(gpu, path, { source: job.source, table: job.table, block, pool });
      mismatches += found.mismatches;
      addCounts(counted, block, found.counts);
    }
  } finally {
    pool.dispose();
  }
  onProgress(1);
  return {
    regionVoxels: parts ? countOnCpu(job.source, job.table, tables) : counted,
    mismatches,
    extent: parts
      ? extentOf(parts, job, tables)
      : { channels: job.channels, of: job.channels, randomParts: null },
  };
}

function addCounts(counted: readonly number[][], block: Block, counts: readonly (readonly number[])[]): void {
  for (const [scale, ofBlock] of counts.entries()) {
    const row = counted[scale];
    for (const [c, n] of ofBlock.entries()) {
      const channel = block.firstChannel + c;
      if (row) row[channel] = (row[channel] ?? 0) + n;
    }
  }
}

function extentOf(
  parts: readonly Part[],
  job: Pick<VerificationJob, "channels" | "scales">,
  tables: readonly AxisTables[],
): VerifiedExtent {
  const words = new Map(parts.map(({ firstChannel, channels }) => [firstChannel, channels]));
  const voxels = (part: Part) => part.channels * tables.reduce((sum, t) => sum + voxelsIn(t, part), 0);
  return {
    channels: [...words.values()].reduce((a, b) => a + b, 0),
    of: job.channels,
    randomParts: {
      seed: SEED,
      targetVoxels: parts.reduce((sum, part) => sum + voxels(part), 0),
      ofTargetVoxels: targetVoxels(job),
      parts: parts.map(({ firstChannel, channels, firstSlice, slices }) => ({
        channels: [firstChannel, firstChannel + channels - 1],
        planes: [firstSlice, firstSlice + slices - 1],
      })),
    },
  };
}

/** Counts the mismatches of one block and the voxels of its channels, `[scale][channel of the block]`. */
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

/** Picks the path to check against, which is never the path itself. */
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
