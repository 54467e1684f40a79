/** The decode stage of one scale in either format: the targets' buffer and the dispatch that fills it. */
import type { TargetFormat } from "../../benchmark/result.ts";
import { makeDispatch, type Step, workgroups1d } from "../../gpu/dispatch.ts";
import type { Gpu, GpuBuffer } from "../../gpu/gpu.ts";
import type { Kernel } from "../../gpu/kernel.ts";
import { type Block, type BlockScale, targetStride } from "../core/block.ts";
import { type BitsPerIndex, kernels } from "../core/kernels.ts";
import type { ResourceScope } from "../core/resource-scope.ts";
import type { ScaleTargets } from "../core/target-path.ts";
import { PAIRS } from "../raster/pair-table.ts";
import type { DrawnTargets } from "../raster/raster-decode.ts";

/** Voxels of one u32 of bit targets: what one invocation of the bit kernels works on. */
const BIT_COLUMN = 32;
/** Voxels of one vec4 of byte targets, likewise. */
const BYTE_COLUMN = 16;

export interface DecodeOptions {
  /** Draws byte targets where that is faster; null computes them. */
  readonly drawn: DrawnTargets | null;
  readonly gpu: Gpu;
  /** Owns what is allocated. */
  readonly scope: ResourceScope;
  readonly block: Block;
  readonly scale: BlockScale;
  readonly format: TargetFormat;
}

export interface DecodeStage {
  readonly targets: ScaleTargets;
  readonly step: Step;
  /** Bytes of targets that it writes, padding left out. */
  readonly written: number;
}

/** From the words of a scale, `[word][scale.stride]`. */
export function decodeWords(options: DecodeOptions, words: GpuBuffer): Promise<DecodeStage> {
  const { block, scale, format } = options;
  const { stride, voxels } = scale;
  const { channels } = block;
  const outStride = targetStride(voxels, format);
  if (format === "byte" && options.drawn) {
    return drawnStage(options, "bit-packed targets", kernels.drawWords, [words], (first) => ({
      first_word: ((first >>> 5) * stride) / 4,
      shift: first & 31,
    }));
  }
  return format === "bit"
    ? stage(options, "bit-packed targets", kernels.decodeWordsBits, [words], {
        voxels,
        channels,
        in_stride: stride / 4,
        out_stride: outStride / 4,
      })
    : stage(options, "bit-packed targets", kernels.decodeWords, [words], {
        voxel_blocks: outStride / BYTE_COLUMN,
        channels,
        in_offset: 0,
        in_stride: stride / 4,
        out_stride: outStride / BYTE_COLUMN,
      });
}

/**
 * From the palette indices of a scale.
 * @param regionTable of the block's channels: its words, or what `drawn` looks up (pair-table.ts)
 */
export function decodePalette(
  options: DecodeOptions,
  indices: GpuBuffer,
  regionTable: GpuBuffer,
  { paletteSize, bits }: { readonly paletteSize: number; readonly bits: BitsPerIndex },
): Promise<DecodeStage> {
  const { block, scale, format } = options;
  const { channels } = block;
  const outStride = targetStride(scale.voxels, format);
  const inputs = [regionTable, indices];
  if (format === "byte" && options.drawn) {
    return drawnStage(options, "label-first targets", kernels.drawPalette[bits], inputs, (first) => ({
      table: (first >>> 3) * (bits === 8 ? PAIRS : paletteSize),
    }));
  }
  return format === "bit"
    ? stage(options, "label-first targets", kernels.decodePaletteBits[bits], inputs, {
        voxels: scale.voxels,
        channels,
        palette_size: paletteSize,
        out_stride: outStride / 4,
      })
    : stage(options, "label-first targets", kernels.decodePalette[bits], inputs, {
        voxel_blocks: outStride / BYTE_COLUMN,
        channels,
        palette_size: paletteSize,
        out_stride: outStride / BYTE_COLUMN,
      });
}

async function drawnStage(
  { scope, block, scale, drawn }: DecodeOptions,
  label: string,
  kernel: Kernel,
  inputs: readonly GpuBuffer[],
  ofChannels: (first: number) => Readonly<Record<string, number>>,
): Promise<DecodeStage> {
  if (!drawn) throw new Error("There is nothing to draw targets with.");
  const { voxels, stride } = scale;
  const buffer = scope.storageBuffer(label, block.channels * stride);
  return {
    targets: { buffer, voxels, stride },
    step: await drawn.decode({ block, scale, targets: buffer }, kernel, inputs, ofChannels),
    written: block.channels * voxels,
  };
}

/** From byte masks, `[channel][scale.stride]`, into bits: byte masks are byte targets already. */
export function packMasks(options: DecodeOptions, masks: GpuBuffer): Promise<DecodeStage> {
  const { block, scale, format } = options;
  if (format !== "bit") throw new Error("Byte masks are packed into bits only.");
  const params = {
    voxels: scale.voxels,
    channels: block.channels,
    in_stride: scale.stride / 16,
    out_stride: targetStride(scale.voxels, format) / 4,
  };
  return stage(options, "per-channel targets", kernels.decodeMasksBits, [masks], params);
}

async function stage(
  { gpu, scope, block, scale, format }: DecodeOptions,
  label: string,
  kernel: Kernel,
  inputs: readonly GpuBuffer[],
  values: Readonly<Record<string, number>>,
): Promise<DecodeStage> {
  const { voxels } = scale;
  const stride = targetStride(voxels, format);
  const buffer = scope.storageBuffer(label, block.channels * stride);
  const params = scope.adopt(gpu.uniforms(kernel, "params", values));
  const invocations = format === "bit" ? Math.ceil(voxels / BIT_COLUMN) : stride / BYTE_COLUMN;
  return {
    targets: { buffer, voxels, stride },
    step: await makeDispatch(gpu, {
      kernel,
      params,
      buffers: [...inputs, buffer],
      workgroups: workgroups1d(invocations),
    }),
    written: (block.channels * voxels) / (format === "bit" ? 8 : 1),
  };
}
