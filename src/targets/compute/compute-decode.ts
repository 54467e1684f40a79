/** Decodes the voxels of a scale into targets of one byte or one bit a voxel, with compute shaders. */
import { makeDispatch, workgroups1d } from "../../gpu/dispatch.ts";
import type { GpuBuffer } from "../../gpu/gpu.ts";
import type { Kernel } from "../../gpu/kernel.ts";
import type { StructValues } from "../../gpu/kernel-layouts.ts";
import { type Block, targetStride } from "../core/block.ts";
import { bitsPerIndex, kernels } from "../core/kernels.ts";
import type { ResourceScope } from "../core/resource-scope.ts";
import type {
  BlockRegions,
  Decoder,
  EncodedIndices,
  EncodedVoxels,
  EncodedWords,
} from "../core/target-backend.ts";

/** Voxels that one invocation of a byte kernel handles: one vec4 of targets. */
const BYTE_COLUMN = 16;
/** Voxels that one invocation of a bit kernel handles: one u32 of targets. */
const BIT_COLUMN = 32;

export function byteDecoder(
  scope: ResourceScope,
  block: Block,
  encoded: EncodedWords | EncodedIndices,
): Decoder {
  const { channels } = block;
  const inputs = encoded.kind === "indices" ? [regionTable(scope, encoded.regions)] : [];
  return ({ voxels, stride }, buffer) => {
    const outStride = targetStride(voxels, "byte");
    const columns = outStride / BYTE_COLUMN;
    const shared = { voxel_blocks: columns, channels, out_stride: columns };
    return decoding(scope, {
      label: `${encoded.path} targets`,
      bytes: channels * outStride,
      kernel:
        encoded.kind === "words"
          ? kernels.decodeWords
          : kernels.decodePalette[bitsPerIndex(encoded.bytesPerVoxel)],
      values:
        encoded.kind === "words"
          ? { ...shared, in_stride: stride / 4 }
          : { ...shared, palette_size: encoded.regions.paletteSize },
      inputs: [...inputs, buffer],
      invocations: columns,
    });
  };
}

/**
 * Decodes into bits, for both backends: so little is stored that render passes gain nothing. Masks are
 * packed.
 */
export function bitDecoder(scope: ResourceScope, block: Block, encoded: EncodedVoxels): Decoder {
  const { channels } = block;
  const inputs = encoded.kind === "indices" ? [regionTable(scope, encoded.regions)] : [];
  return ({ voxels, stride }, buffer) => {
    const outStride = targetStride(voxels, "bit");
    const { kernel, values } = ofBits(encoded, stride);
    return decoding(scope, {
      label: `${encoded.path} targets`,
      bytes: channels * outStride,
      kernel,
      values: { ...values, voxels, channels, out_stride: outStride / 4 },
      inputs: [...inputs, buffer],
      invocations: Math.ceil(voxels / BIT_COLUMN),
    });
  };
}

/** @param stride u32s or bytes between arrays of the scale's voxels */
function ofBits(
  encoded: EncodedVoxels,
  stride: number,
): { readonly kernel: Kernel; readonly values: StructValues } {
  switch (encoded.kind) {
    case "masks":
      return { kernel: kernels.decodeMasksBits, values: { in_stride: stride / 16 } };
    case "words":
      return { kernel: kernels.decodeWordsBits, values: { in_stride: stride / 4 } };
    case "indices":
      return {
        kernel: kernels.decodePaletteBits[bitsPerIndex(encoded.bytesPerVoxel)],
        values: { palette_size: encoded.regions.paletteSize },
      };
  }
}

function regionTable(scope: ResourceScope, { bits }: BlockRegions): GpuBuffer {
  return scope.adopt(scope.gpu.upload("region table", bits, GPUBufferUsage.STORAGE));
}

interface Decoding {
  readonly label: string;
  /** Size of the targets. */
  readonly bytes: number;
  readonly kernel: Kernel;
  readonly values: StructValues;
  readonly inputs: readonly GpuBuffer[];
  readonly invocations: number;
}

async function decoding(
  scope: ResourceScope,
  { label, bytes, kernel, values, inputs, invocations }: Decoding,
): ReturnType<Decoder> {
  const { gpu } = scope;
  const buffer = scope.storageBuffer(label, bytes);
  const params = scope.adopt(gpu.uniforms(kernel, "params", values));
  const step = await makeDispatch(gpu, {
    kernel,
    params,
    buffers: [...inputs, buffer],
    workgroups: workgroups1d(invocations),
  });
  return { buffer, step };
}
