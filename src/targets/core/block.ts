/**
 * A block is the unit of work of every path: some consecutive z planes of a volume, or some rows of one
 * plane, and some consecutive channels, small enough for the device's bindings. Most cases are one block.
 */
import type { TargetFormat } from "../../benchmark/result.ts";
import { type Triple, voxelCount } from "../../domain/geometry/grid.ts";
import {
  type AxisTables,
  axisTables,
  isIdentity,
  type SamplingMode,
  type Scale,
} from "../../domain/targets/deep-supervision.ts";

/** Targets keep each channel 16-byte aligned, so that kernels read and write vec4s. */
const ALIGN_VOXELS = 16;

/** Channels a multiple of this apart fall on the same few cache lines and push each other out. */
const CACHE_PERIOD = 4096;
const OFF_PERIOD = 80;

/**
 * Voxels from one channel to the next: aligned, and kept off the period of caches. All paths use the same.
 */
export function alignedVoxels(voxels: number): number {
  const aligned = Math.ceil(voxels / ALIGN_VOXELS) * ALIGN_VOXELS;
  return aligned >= CACHE_PERIOD && aligned % CACHE_PERIOD === 0 ? aligned + OFF_PERIOD : aligned;
}

/**
 * Bytes from one channel of targets to the next: aligned and kept off the period of caches in either format.
 */
export function targetStride(voxels: number, format: TargetFormat): number {
  return alignedVoxels(format === "byte" ? voxels : Math.ceil(voxels / 8));
}

export interface BlockScale {
  /** Output shape of this block at this scale (axis 0 may be a part of the scale's). */
  readonly shape: Triple;
  readonly voxels: number;
  /** Bytes from one channel to the next in a byte target; also u32s from one word plane to the next. */
  readonly stride: number;
  /** Source indices along axes 0, 1, 2 one after the other, relative to the block. */
  readonly tables: Uint32Array;
  /** Every voxel reads itself: nothing to downsample. */
  readonly identity: boolean;
}

export interface Block {
  /** Source planes [firstPlane, firstPlane + shape[0]) of axis 0. */
  readonly firstPlane: number;
  /**
   * The first voxel in C order; those of a block are consecutive. Not the first of a plane where planes are
   * cut.
   */
  readonly firstVoxel: number;
  readonly shape: Triple;
  readonly voxels: number;
  readonly stride: number;
  /** A multiple of 32, so that a block starts at a word. */
  readonly firstChannel: number;
  readonly channels: number;
  readonly words: number;
  /** One entry per scale; a scale of which this block holds no plane has `voxels` 0. */
  readonly scales: readonly BlockScale[];
}

/**
 * Channels of a block, at most: kernels that look at all of them for some voxels must come to an end (some
 * drivers end the loops of an invocation after 65,535 turns), and what drawn targets are looked up in stays
 * within any device's binding.
 */
const MAX_CHANNELS = 4096;

/**
 * Cuts a case into blocks whose largest buffer stays within `maxBytes`. Planes are cut first, as a path that
 * uploads labels would upload them again for every group of channels; channels, in whole words, only when one
 * plane's targets are still too large; rows of a plane when those of one word are.
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
  // One word costs 4 bytes a voxel and its 32 channels 32 bytes as targets: the targets decide.
  const groupBytes = (rows: number, group: number) =>
    Math.max(alignedVoxels(rows * width) * Math.min(group, channels), alignedVoxels(rows * width) * 4);
  let planes = depth;
  while (planes > 1 && groupBytes(planes * height, most) > maxBytes) planes = Math.ceil(planes / 2);
  let rows = height;
  while (planes === 1 && rows > 1 && groupBytes(rows, 32) > maxBytes) rows = Math.ceil(rows / 2);
  const fits = groupBytes(planes * rows, most) <= maxBytes;
  const words = Math.max(1, Math.floor(maxBytes / Math.max(1, groupBytes(planes * rows, 32))));
  const group = fits ? Math.max(1, most) : Math.min(words * 32, MAX_CHANNELS);

  const blocks: Block[] = [];
  for (let firstPlane = 0; firstPlane < depth; firstPlane += planes) {
    for (let firstRow = 0; firstRow < height; firstRow += rows) {
      for (let firstChannel = 0; firstChannel < channels; firstChannel += group) {
        blocks.push(
          cutBlock(shape, tables, {
            firstPlane,
            planes: Math.min(planes, depth - firstPlane),
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
 * One block of a case.
 * @param tables source indices of every scale of the whole case
 * @param part firstChannel is a multiple of 32; fewer rows than all only of one plane
 */
export function cutBlock(
  shape: Triple,
  tables: readonly AxisTables[],
  part: {
    readonly firstPlane: number;
    readonly planes: number;
    readonly firstRow?: number;
    readonly rows?: number;
    readonly firstChannel: number;
    readonly channels: number;
  },
): Block {
  const [, height, width] = shape;
  const { firstPlane, planes, firstRow = 0, rows = height, firstChannel, channels } = part;
  const blockShape: Triple = [planes, rows, width];
  const voxels = voxelCount(blockShape);
  return {
    firstPlane,
    firstVoxel: (firstPlane * height + firstRow) * width,
    shape: blockShape,
    voxels,
    stride: alignedVoxels(voxels),
    firstChannel,
    channels,
    words: Math.ceil(channels / 32),
    scales: tables.map((t) => blockScale(t, [firstPlane, firstRow], blockShape)),
  };
}

function blockScale(
  tables: readonly [Uint32Array, Uint32Array, Uint32Array],
  first: readonly [number, number],
  shape: Triple,
): BlockScale {
  // Tables rise, so the output planes, and rows, that read this block's are consecutive.
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
