/**
 * Plans the memory of a benchmark: what each path needs on a case, and how the case is cut to stay within a
 * page's limits.
 */
import { formatBytes } from "../../base/format-units.ts";
import type { Triple } from "../../domain/geometry/grid.ts";
import type { SamplingMode, Scale } from "../../domain/targets/deep-supervision.ts";
import { PATH_NAMES, type PathName, type TargetFormat } from "../../domain/targets/target-paths.ts";
import type { Source } from "../../domain/volume/palette-volume.ts";
import { type Block, planBlocks, targetStride } from "../core/block.ts";
import { type BackendNeeds, isDownsampled } from "../core/target-backend.ts";
import { layoutBytes, layoutOf } from "../core/voxel-layout.ts";

/** Limits of a tab, in arrays and on the GPU. */
const MAX_ARRAY_BYTES = 1.5 * 2 ** 30;
const MAX_GPU_BYTES = 2 * 2 ** 30;

/**
 * Limits of one group of a benchmark, all paths together. The page's own case and its copies need room beside
 * it.
 */
const GROUP: Memory = { arrays: 2 ** 29, gpu: 1.25 * 2 ** 30 };
/**
 * Limits of a group of slabs. These are lower because data passing through the device takes most of the
 * memory.
 */
const SLAB_GROUP: Memory = { arrays: 2 ** 27, gpu: 0.75 * 2 ** 30 };
/** Bytes of full-size targets in a slab. */
const SLAB_BYTES = 2 ** 27;

export interface Memory {
  /** Bytes of arrays prepared for the upload, without the volume itself. */
  readonly arrays: number;
  readonly gpu: number;
}

export interface PathMemory {
  readonly path: PathName;
  /** Need of every channel of one patch at every scale at once. */
  readonly whole: Memory;
  /** Need at the peak of a benchmark; null if the path is off. */
  readonly peak: Memory | null;
  /** Why the path is off, in one sentence; null if it runs. */
  readonly off: string | null;
}

export interface MemoryInput {
  readonly kind: Source["kind"];
  readonly bytesPerIndex: number;
  readonly shape: Triple;
  readonly channels: number;
  readonly scales: readonly Scale[];
  readonly mode: SamplingMode;
  readonly format: TargetFormat;
  /** Number of patches. */
  readonly batch: number;
  readonly maxBindingBytes: number;
  /** Gives the needs of the backend that writes the results of a block on the device. */
  readonly needsOf: (block: Block) => BackendNeeds;
}

export interface Work {
  /** Index of a patch in the batch. */
  readonly item: number;
  readonly block: Block;
}

export interface BenchmarkPlan {
  readonly paths: readonly PathMemory[];
  /** Groups are worked on one after the other; everything in a group is held at once. */
  readonly groups: readonly (readonly Work[])[];
  /** Number of slabs that one patch is cut into. */
  readonly slabs: number;
}

const MASKS_HAVE_NO_PALETTE = "Masks that came as separate channels have no label volume to start from.";

export function planBenchmark(input: MemoryInput): BenchmarkPlan {
  const { shape, channels, scales, mode, maxBindingBytes } = input;
  const split = (bytes: number) => planBlocks(shape, channels, scales, mode, bytes);
  const [whole] = split(Number.POSITIVE_INFINITY);
  const needs = PATH_NAMES.map((path) => ({
    path,
    whole: whole ? blockMemory(path, whole, input) : NOTHING,
  }));
  const off = new Map(needs.map((need) => [need.path, whyOff(need.path, need.whole, input)]));
  const running = PATH_NAMES.filter((path) => off.get(path) === null);
  const all = (block: Block) => total(running.map((path) => blockMemory(path, block, input)));
  const fits = whole !== undefined && isWithin(all(whole), GROUP);
  const most = fits ? GROUP : SLAB_GROUP;
  const blocks = split(fits ? maxBindingBytes : Math.min(maxBindingBytes, SLAB_BYTES));

  const groups: Work[][] = [];
  let held = NOTHING;
  for (let item = 0; item < input.batch; item++) {
    for (const block of blocks) {
      const more = total([held, all(block)]);
      const joins = groups.length > 0 && isWithin(more, most);
      if (!joins) groups.push([]);
      held = joins ? more : all(block);
      groups.at(-1)?.push({ item, block });
    }
  }
  return {
    groups,
    slabs: blocks.length,
    paths: needs.map((need) => {
      const reason = off.get(need.path) ?? null;
      return { ...need, off: reason, peak: reason === null ? peakOf(need.path, groups, input) : null };
    }),
  };
}

const NOTHING: Memory = { arrays: 0, gpu: 0 };
const MAX_MEMORY: Memory = { arrays: MAX_ARRAY_BYTES, gpu: MAX_GPU_BYTES };

function total(parts: readonly Memory[]): Memory {
  return parts.reduce((a, b) => ({ arrays: a.arrays + b.arrays, gpu: a.gpu + b.gpu }), NOTHING);
}

function isWithin({ arrays, gpu }: Memory, most: Memory): boolean {
  return arrays <= most.arrays && gpu <= most.gpu;
}

function whyOff(path: PathName, { arrays, gpu }: Memory, { kind, channels }: MemoryInput): string | null {
  if (path === "label-first" && kind === "masks") return MASKS_HAVE_NO_PALETTE;
  if (path !== "per-channel" || isWithin({ arrays, gpu }, MAX_MEMORY)) return null;
  return `Its ${channels} masks would need ${formatBytes(arrays)} of arrays and ${formatBytes(gpu)} on the GPU at once, and a page may take ${formatBytes(MAX_ARRAY_BYTES)} and ${formatBytes(MAX_GPU_BYTES)}, so it stays off.`;
}

function peakOf(path: PathName, groups: readonly (readonly Work[])[], input: MemoryInput): Memory {
  const sums = groups.map((group) => total(group.map(({ block }) => blockMemory(path, block, input))));
  return {
    arrays: Math.max(0, ...sums.map(({ arrays }) => arrays)),
    gpu: Math.max(0, ...sums.map(({ gpu }) => gpu)),
  };
}

type BlockFacts = Pick<MemoryInput, "bytesPerIndex" | "format" | "needsOf">;

/**
 * Computes what a path holds while it works on a block, without uniforms and other buffers of a few bytes.
 */
export function blockMemory(
  path: PathName,
  block: Block,
  { bytesPerIndex, format, needsOf }: BlockFacts,
): Memory {
  const layout = layoutOf(path, block, bytesPerIndex);
  const needs = needsOf(block);
  const uploaded = layoutBytes(layout, block.stride);
  const smaller = sumOver(block.scales.filter(isDownsampled), ({ stride }) => layoutBytes(layout, stride));
  const hasDecoder = layout.kind !== "masks" || format === "bit";
  const targets = hasDecoder
    ? sumOver(block.scales, ({ voxels }) => (voxels > 0 ? block.channels * targetStride(voxels, format) : 0))
    : 0;
  const decoding = layout.kind !== "masks" && format === "byte" ? needs.decodeBytes(block, layout) : 0;
  return {
    // Palette indices are uploaded from where they are, without a copy.
    arrays: layout.kind === "indices" ? 0 : uploaded,
    gpu: uploaded + smaller + needs.downsampleBytes(block, layout) + targets + decoding,
  };
}

function sumOver<T>(list: readonly T[], of: (item: T) => number): number {
  return list.reduce((sum, item) => sum + of(item), 0);
}
