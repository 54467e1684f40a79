/**
 * What each path needs of memory on a case, and how a case is cut so that a comparison stays within what a
 * page may take.
 */
import { formatBytes } from "../../base/format-units.ts";
import { PATH_NAMES, type PathName, type TargetFormat } from "../../benchmark/result.ts";
import type { Triple } from "../../domain/geometry/grid.ts";
import type { SamplingMode, Scale } from "../../domain/targets/deep-supervision.ts";
import type { Source } from "../../domain/volume/palette-volume.ts";
import { type Block, planBlocks, targetStride } from "../core/block.ts";
import { PAIRS } from "../raster/pair-table.ts";
import { ATTACHMENTS, pictureBytes, pictureOfScales, TEXEL_BYTES } from "../raster/raster-pass.ts";

/** What a tab may take in arrays, and on the GPU. */
export const MOST_ARRAY_BYTES = 1.5 * 2 ** 30;
export const MOST_GPU_BYTES = 2 * 2 ** 30;

/**
 * What one group of a comparison may take, all paths together: the page's own case and its copies need room
 * beside it.
 */
const GROUP: Memory = { arrays: 2 ** 29, gpu: 1.25 * 2 ** 30 };
/** The same where a case has to be cut: what passes through the device on the way is most then. */
const SLAB_GROUP: Memory = { arrays: 2 ** 27, gpu: 0.75 * 2 ** 30 };
/** Full-size targets of a slab. */
const SLAB_BYTES = 2 ** 27;

export interface Memory {
  /** Bytes of arrays that are prepared for the upload; the volume itself is not among them. */
  readonly arrays: number;
  readonly gpu: number;
}

export interface PathMemory {
  readonly path: PathName;
  /** Every channel of one patch at every scale at once. */
  readonly whole: Memory;
  /** At the peak of a comparison; null where the path is off. */
  readonly peak: Memory | null;
  /** Why it is off, in one sentence; null where it runs. */
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
  /** Patches. */
  readonly batch: number;
  readonly maxBindingBytes: number;
  /** Whether the device draws the results of a block. */
  readonly draws: (block: Block) => boolean;
}

export interface Work {
  /** Patch of the batch. */
  readonly item: number;
  readonly block: Block;
}

export interface ComparisonPlan {
  readonly paths: readonly PathMemory[];
  /** Worked on one after the other; what is in a group is held at once. */
  readonly groups: readonly (readonly Work[])[];
  /** Slabs that one patch is cut into. */
  readonly slabs: number;
}

export const MASKS_HAVE_NO_PALETTE =
  "Masks that came as separate channels have no label volume to start from.";

export function planComparison(input: MemoryInput): ComparisonPlan {
  const { shape, channels, scales, mode, maxBindingBytes } = input;
  const cut = (bytes: number) => planBlocks(shape, channels, scales, mode, bytes);
  const [whole] = cut(Number.POSITIVE_INFINITY);
  const needs = PATH_NAMES.map((path) => ({
    path,
    whole: whole ? blockMemory(path, whole, input) : NOTHING,
  }));
  const off = new Map(needs.map((need) => [need.path, whyOff(need.path, need.whole, input)]));
  const running = PATH_NAMES.filter((path) => off.get(path) === null);
  const all = (block: Block) => total(running.map((path) => blockMemory(path, block, input)));
  const fits = whole !== undefined && isWithin(all(whole), GROUP);
  const most = fits ? GROUP : SLAB_GROUP;
  const blocks = cut(fits ? maxBindingBytes : Math.min(maxBindingBytes, SLAB_BYTES));

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
const MOST: Memory = { arrays: MOST_ARRAY_BYTES, gpu: MOST_GPU_BYTES };

function total(parts: readonly Memory[]): Memory {
  return parts.reduce((a, b) => ({ arrays: a.arrays + b.arrays, gpu: a.gpu + b.gpu }), NOTHING);
}

function isWithin({ arrays, gpu }: Memory, most: Memory): boolean {
  return arrays <= most.arrays && gpu <= most.gpu;
}

function whyOff(path: PathName, { arrays, gpu }: Memory, { kind, channels }: MemoryInput): string | null {
  if (path === "label-first" && kind === "masks") return MASKS_HAVE_NO_PALETTE;
  if (path !== "per-channel" || isWithin({ arrays, gpu }, MOST)) return null;
  return `Its ${channels} masks would need ${formatBytes(arrays)} of arrays and ${formatBytes(gpu)} on the GPU at once, and a page may take ${formatBytes(MOST_ARRAY_BYTES)} and ${formatBytes(MOST_GPU_BYTES)}, so it stays off.`;
}

function peakOf(path: PathName, groups: readonly (readonly Work[])[], input: MemoryInput): Memory {
  const sums = groups.map((group) => total(group.map(({ block }) => blockMemory(path, block, input))));
  return {
    arrays: Math.max(0, ...sums.map(({ arrays }) => arrays)),
    gpu: Math.max(0, ...sums.map(({ gpu }) => gpu)),
  };
}

type BlockFacts = Pick<MemoryInput, "bytesPerIndex" | "format" | "draws">;

/** What a path holds while it works on a block; uniforms and other things of a few bytes are left out. */
export function blockMemory(path: PathName, block: Block, facts: BlockFacts): Memory {
  const { channels, words, stride } = block;
  const { format } = facts;
  const targets = block.scales.reduce(
    (sum, { voxels }) => sum + (voxels > 0 ? channels * targetStride(voxels, format) : 0),
    0,
  );
  if (path === "per-channel") {
    const masks = channels * stride;
    const smaller = downsampled(block, channels, 1, facts);
    // Byte masks are byte targets.
    return { arrays: masks, gpu: masks + smaller + (format === "bit" ? targets : 0) };
  }
  const drawn = facts.draws(block) && format === "byte";
  const largest = Math.max(0, ...block.scales.map((scale) => scale.stride));
  const pictures = drawn ? Math.min(ATTACHMENTS, channels) * pictureBytes(largest / 16) : 0;
  if (path === "bit-packed") {
    const packed = words * stride * 4;
    return { arrays: packed, gpu: packed + downsampled(block, words, 4, facts) + targets + pictures };
  }
  const { bytesPerIndex } = facts;
  const lookUp = drawn && bytesPerIndex === 1 ? Math.ceil(channels / 8) * PAIRS * 4 : 0;
  const indices = stride * bytesPerIndex;
  return {
    arrays: 0,
    gpu: indices + downsampled(block, 1, bytesPerIndex, facts) + targets + pictures + lookUp,
  };
}

/** Results of downsampling, and what drawing them takes: the list of source voxels and the pictures. */
function downsampled(block: Block, planes: number, bytesPerVoxel: number, { draws }: BlockFacts): number {
  const voxelsPerTexel = TEXEL_BYTES / bytesPerVoxel;
  const { firstTexels, texels } = pictureOfScales(block.scales, voxelsPerTexel);
  const results = [...firstTexels.keys()].reduce(
    (sum, { stride }) => sum + planes * stride * bytesPerVoxel,
    0,
  );
  if (texels === 0 || !draws(block)) return results;
  return results + texels * voxelsPerTexel * 4 + Math.min(ATTACHMENTS, planes) * pictureBytes(texels);
}
