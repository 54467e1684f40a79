/**
 * A block is the unit of work of every path: some consecutive z planes of a volume and some consecutive
 * channels, small enough for the device's bindings. Most cases are one block.
 */
import { axisTables, isIdentity, type SamplingMode, type Scale } from "../domain/deep-supervision.ts";
import { type Triple, voxelCount } from "../domain/grid.ts";
import type { TargetFormat } from "../timing/comparison.ts";

/** Targets keep each channel 16-byte aligned, so that kernels read and write vec4s. */
export const ALIGN_VOXELS = 16;

/** Channels a multiple of this apart fall on the same few cache lines and push each other out. */
const CACHE_PERIOD = 4096;
const OFF_PERIOD = 80;

/** Voxels from one channel to the next: aligned, and kept off the period of caches. All paths use the same. */
export function alignedVoxels(voxels: number): number {
  const aligned = Math.ceil(voxels / ALIGN_VOXELS) * ALIGN_VOXELS;
  return aligned >= CACHE_PERIOD && aligned % CACHE_PERIOD === 0 ? aligned + OFF_PERIOD : aligned;
}

/** Bytes from one channel of targets to the next: aligned and kept off the period of caches in either format. */
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
 * Cuts a case into blocks whose largest buffer stays within `maxBytes`.
 * Planes are cut first, as a path that uploads labels would upload them again for every group of channels; channels, in whole
 * words, only when one plane's targets are still too large.
 */
export function planBlocks(
  shape: Triple,
  channels: number,
  scales: readonly Scale[],
  mode: SamplingMode,
  maxBytes: number,
): Block[] {
  const planeVoxels = shape[1] * shape[2];
  const tables = scales.map((scale) => axisTables(shape, scale, mode));
  // One word costs 4 bytes a voxel and its 32 channels 32 bytes as targets: the targets decide.
  const groupBytes = (planes: number, group: number) =>
    Math.max(
      alignedVoxels(planes * planeVoxels) * Math.min(group, channels),
      alignedVoxels(planes * planeVoxels) * 4,
    );
  let planes = shape[0];
  while (planes > 1 && groupBytes(planes, channels) > maxBytes) planes = Math.ceil(planes / 2);
  const fits = groupBytes(planes, channels) <= maxBytes;
  const words = Math.max(1, Math.floor(maxBytes / Math.max(1, groupBytes(planes, 32))));
  const group = fits ? Math.max(1, channels) : words * 32;

  const blocks: Block[] = [];
  for (let firstPlane = 0; firstPlane < shape[0]; firstPlane += planes) {
    const depth = Math.min(planes, shape[0] - firstPlane);
    const blockShape: Triple = [depth, shape[1], shape[2]];
    const voxels = voxelCount(blockShape);
    const blockScales = tables.map((t) => blockScale(t, firstPlane, blockShape));
    for (let firstChannel = 0; firstChannel < channels; firstChannel += group) {
      const count = Math.min(group, channels - firstChannel);
      blocks.push({
        firstPlane,
        shape: blockShape,
        voxels,
        stride: alignedVoxels(voxels),
        firstChannel,
        channels: count,
        words: Math.ceil(count / 32),
        scales: blockScales,
      });
    }
  }
  return blocks;
}

function blockScale(
  tables: readonly [Uint32Array, Uint32Array, Uint32Array],
  firstPlane: number,
  shape: Triple,
): BlockScale {
  // Tables rise, so the output planes that read this block's planes are consecutive.
  const inside = tables[0]
    .filter((z) => z >= firstPlane && z < firstPlane + shape[0])
    .map((z) => z - firstPlane);
  const outShape: Triple = [inside.length, tables[1].length, tables[2].length];
  const joined = new Uint32Array(outShape[0] + outShape[1] + outShape[2]);
  joined.set(inside, 0);
  joined.set(tables[1], outShape[0]);
  joined.set(tables[2], outShape[0] + outShape[1]);
  const voxels = voxelCount(outShape);
  return {
    shape: outShape,
    voxels,
    stride: alignedVoxels(voxels),
    tables: joined,
    identity: isIdentity([inside, tables[1], tables[2]], shape),
  };
}
