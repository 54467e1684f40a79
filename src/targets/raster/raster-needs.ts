/**
 * Device requirements of render passes: attachments, the lists that they are drawn from, and the bytes of
 * both.
 */
import type { Gpu } from "../../gpu/gpu.ts";
import type { Block, BlockScale } from "../core/block.ts";
import { type BackendNeeds, isDownsampled } from "../core/target-backend.ts";
import type { VoxelLayout } from "../core/voxel-layout.ts";
import { PAIRS } from "./pair-table.ts";

/** Texels in a row: rows of a copy must be whole multiples of 256 bytes. */
export const ATTACHMENT_WIDTH = 512;
export const TEXEL_BYTES = 16;
/** Attachments that a pass draws into. */
export const ATTACHMENTS = 8;

/**
 * False if the device lacks the attachments, or if they or the lists that they are drawn from exceed its
 * limits.
 */
function canRaster(gpu: Gpu, block: Block): boolean {
  const { maxColorAttachmentBytesPerSample, maxColorAttachments, maxTextureDimension2D } = gpu.device.limits;
  return (
    rowsOf(largestAttachment(block)) <= maxTextureDimension2D &&
    largestList(block) <= gpu.maxBindingBytes &&
    maxColorAttachmentBytesPerSample >= ATTACHMENTS * TEXEL_BYTES &&
    maxColorAttachments >= ATTACHMENTS
  );
}

/**
 * Texels of the larger of two: a scale's targets of one channel at a byte a voxel, and all downsampled scales
 * together at a word a voxel.
 */
function largestAttachment({ scales }: Block): number {
  return Math.max(scaleAtlas(scales, 4).texels, ...scales.map(({ stride }) => stride / TEXEL_BYTES));
}

/**
 * Bytes of the larger of two: the look-up table of the targets, and the list of source voxels at 1, 2 or 4
 * bytes a voxel.
 */
function largestList({ scales, channels }: Block): number {
  const lists = [4, 8, 16].map((perTexel) => scaleAtlas(scales, perTexel).texels * perTexel);
  return 4 * Math.max(Math.ceil(channels / 8) * PAIRS, ...lists);
}

/** The downsampled scales, one after the other in one attachment. */
export interface ScaleAtlas {
  /** First texel of each scale. It starts a row, so that as many rows as possible are copied at once. */
  readonly firstTexels: ReadonlyMap<BlockScale, number>;
  readonly texels: number;
}

export function scaleAtlas(scales: readonly BlockScale[], voxelsPerTexel: number): ScaleAtlas {
  const firstTexels = new Map<BlockScale, number>();
  let texels = 0;
  for (const scale of scales) {
    if (!isDownsampled(scale)) continue;
    const first = rowsOf(texels) * ATTACHMENT_WIDTH;
    firstTexels.set(scale, first);
    texels = first + Math.ceil(scale.voxels / voxelsPerTexel);
  }
  return { firstTexels, texels };
}

export const rowsOf = (texels: number) => Math.ceil(texels / ATTACHMENT_WIDTH);

/** Bytes of an attachment of at least this many texels. */
function attachmentBytes(texels: number): number {
  return ATTACHMENT_WIDTH * Math.max(1, rowsOf(texels)) * TEXEL_BYTES;
}

/** Counts the list of source voxels and the attachments. */
function downsampleBytes({ scales }: Block, { arrays, bytesPerVoxel }: VoxelLayout): number {
  const voxelsPerTexel = TEXEL_BYTES / bytesPerVoxel;
  const { texels } = scaleAtlas(scales, voxelsPerTexel);
  if (texels === 0) return 0;
  return texels * voxelsPerTexel * 4 + Math.min(ATTACHMENTS, arrays) * attachmentBytes(texels);
}

/**
 * Counts the attachments and the table of pairs. Tables for 16-bit indices are as small as those of compute
 * shaders.
 */
function decodeBytes(block: Block, { kind, bytesPerVoxel }: VoxelLayout): number {
  const pairs = kind === "indices" && bytesPerVoxel === 1 ? Math.ceil(block.channels / 8) * PAIRS * 4 : 0;
  return Math.min(ATTACHMENTS, block.channels) * attachmentBytes(largestTargets(block)) + pairs;
}

/** Texels of one channel's targets at the largest scale, one byte a voxel. */
export function largestTargets({ scales }: Block): number {
  return Math.max(1, ...scales.map(({ stride }) => stride / TEXEL_BYTES));
}

export const rasterNeeds: BackendNeeds = { supports: canRaster, downsampleBytes, decodeBytes };
