/**
 * A block is the unit of work of every path: consecutive slices along axis 0 of a volume (or rows of one
 * slice) and consecutive channels, few enough for the device's bindings. Most cases are one block.
 */
import { type Triple, voxelCount } from "../../domain/geometry/grid.ts";
import {
  type AxisTables,
  axisTables,
  isIdentity,
  type SamplingMode,
  type Scale,
} from "../../domain/targets/deep-supervision.ts";
import type { TargetFormat } from "../../domain/targets/target-paths.ts";

/** Every channel of targets is 16-byte aligned so that kernels read and write vec4s. */
const ALIGN_VOXELS = 16;

/** Channels that lie a multiple of this apart share a few cache lines and evict each other. */
const CACHE_PERIOD = 4096;
const OFF_PERIOD = 80;

/** Voxels from one channel to the next: aligned, and off the cache period. All paths use the same. */
export function alignedVoxels(voxels: number): number {
  const aligned = Math.ceil(voxels / ALIGN_VOXELS) * ALIGN_VOXELS;
  return aligned >= CACHE_PERIOD && aligned % CACHE_PERIOD === 0 ? aligned + OFF_PERIOD : aligned;
}

/** Bytes from one channel of targets to the next, aligned and off the cache period in either format. */
export function targetStride(voxels: number, format: TargetFormat): number {
  return alignedVoxels(format === "byte" ? voxels : Math.ceil(voxels / 8));
}

export interface BlockScale {
  /** Output shape of this block at this scale; axis 0 may be only part of the scale's. */
  readonly shape: Triple;
  readonly voxels: number;
  /** Bytes from one channel to the next in byte targets, and u32s from one word plane to the next. */
  readonly stride: number;
  /** Source indices of axes 0, 1 and 2, concatenated, relative to the block. */
  readonly tables: Uint32Array;
  /** Every voxel reads itself, so there is nothing to downsample. */
  readonly identity: boolean;
}

export interface Block {
  /** Source slices [firstSlice, firstSlice + shape[0]) of axis 0. */
  readonly firstSlice: number;
  /** First voxel in C order. The voxels of a block are consecutive but need not start at a slice. */
  readonly firstVoxel: number;
  readonly shape: Triple;
  readonly voxels: number;
  readonly stride: number;
  /** A multiple of 32, so that a block starts at a word. */
  readonly firstChannel: number;
  readonly channels: number;
  readonly words: number;
  /** One entry per scale. `voxels` is 0 where this block holds no slice of the scale. */
  readonly scales: readonly BlockScale[];
}

/**
 * Limits the channels of a block so that kernels that loop over all channels finish (some drivers end the
 * loops of an invocation after 65,535 turns) and the raster backend's look-up table fits any device's
 * binding.
 */
const MAX_CHANNELS = 4096;

/**
 * Cuts a case into blocks whose largest buffer stays within `maxBytes`. Cuts slices first, because a path
 * that uploads labels would upload them again for every group of channels; cuts channels, in whole words,
 * only when the targets of one slice are still too large; cuts rows of a slice when those of one word are.
 */
export function planBlocks(
  shape: Triple,
  channels: number,
  scales: readonly Scale[],
  mode: SamplingMode,
  maxBytes: number,
): Block[] {
  const [depth, height, width] = shape;
  const tables = scales.map((scale) => axisTables(shape, scale, mode));
  const most = Math.min(channels, MAX_CHANNELS);
  // A word takes 4 bytes a voxel and the targets of its 32 channels take 32, so the targets decide.
  const groupBytes = (rows: number, group: number) =>
    Math.max(alignedVoxels(rows * width) * Math.min(group, channels), alignedVoxels(rows * width) * 4);
  let slices = depth;
  while (slices > 1 && groupBytes(slices * height, most) > maxBytes) slices = Math.ceil(slices / 2);
  let rows = height;
  while (slices === 1 && rows > 1 && groupBytes(rows, 32) > maxBytes) rows = Math.ceil(rows / 2);
  const fits = groupBytes(slices * rows, most) <= maxBytes;
  const words = Math.max(1, Math.floor(maxBytes / Math.max(1, groupBytes(slices * rows, 32))));
  const group = fits ? Math.max(1, most) : Math.min(words * 32, MAX_CHANNELS);

  const blocks: Block[] = [];
  for (let firstSlice = 0; firstSlice < depth; firstSlice += slices) {
    for (let firstRow = 0; firstRow < height; firstRow += rows) {
      for (let firstChannel = 0; firstChannel < channels; firstChannel += group) {
        blocks.push(
          blockOfPart(shape, tables, {
            firstSlice,
            slices: Math.min(slices, depth - firstSlice),
            firstRow,
            rows: Math.min(rows, height - firstRow),
            firstChannel,
            channels: Math.min(group, channels - firstChannel),
          }),
        );
      }
    }
  }
  return blocks;
}

/**
 * Cuts one block out of a case.
 * @param tables source indices of every scale of the whole case
 * @param part `firstChannel` is a multiple of 32; `rows` may be fewer than all only for a single slice
 */
export function blockOfPart(
  shape: Triple,
  tables: readonly AxisTables[],
  part: {
    readonly firstSlice: number;
    readonly slices: number;
    readonly firstRow?: number;
    readonly rows?: number;
    readonly firstChannel: number;
    readonly channels: number;
  },
): Block {
  const [, height, width] = shape;
  const { firstSlice, slices, firstRow = 0, rows = height, firstChannel, channels } = part;
  const blockShape: Triple = [slices, rows, width];
  const voxels = voxelCount(blockShape);
  return {
    firstSlice,
    firstVoxel: (firstSlice * height + firstRow) * width,
    shape: blockShape,
    voxels,
    stride: alignedVoxels(voxels),
    firstChannel,
    channels,
    words: Math.ceil(channels / 32),
    scales: tables.map((t) => blockScale(t, [firstSlice, firstRow], blockShape)),
  };
}

function blockScale(
  tables: readonly [Uint32Array, Uint32Array, Uint32Array],
  first: readonly [number, number],
  shape: Triple,
): BlockScale {
  // Table entries ascend, so the output slices and rows that read this block are consecutive.
  const within = (axis: 0 | 1) => {
    const [low, high] = [first[axis], first[axis] + shape[axis]];
    return tables[axis].filter((at) => at >= low && at < high).map((at) => at - low);
  };
  const axes = [within(0), within(1), tables[2]] as const;
  const outShape: Triple = [axes[0].length, axes[1].length, axes[2].length];
  const joined = new Uint32Array(outShape[0] + outShape[1] + outShape[2]);
  joined.set(axes[0], 0);
  joined.set(axes[1], outShape[0]);
  joined.set(axes[2], outShape[0] + outShape[1]);
  const voxels = voxelCount(outShape);
  return {
    shape: outShape,
    voxels,
    stride: alignedVoxels(voxels),
    tables: joined,
    identity: isIdentity(axes, shape),
  };
}
