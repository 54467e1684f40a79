/** Decodes into byte targets with render passes, eight channels at a time. */
import { type Block, targetStride } from "../core/block.ts";
import { bitsPerIndex, kernels } from "../core/kernels.ts";
import type { ResourceScope } from "../core/resource-scope.ts";
import type { Decoder, EncodedIndices, EncodedWords } from "../core/target-backend.ts";
import { byteTable, PAIRS, pairTable } from "./pair-table.ts";
import { ATTACHMENTS, largestTargets, TEXEL_BYTES } from "./raster-needs.ts";
import { copyTexels, createAttachments, rasterPass, rasterStep } from "./raster-pass.ts";

/** Draws into one set of attachments, large enough for every scale of the block in turn. */
export function rasterByteDecoder(
  scope: ResourceScope,
  block: Block,
  encoded: EncodedWords | EncodedIndices,
): Decoder {
  const { channels } = block;
  const attachments = createAttachments(scope, Math.min(ATTACHMENTS, channels), largestTargets(block));
  const { kernel, tables, paramsOf } =
    encoded.kind === "words" ? FROM_WORDS : fromIndices(scope, block, encoded);
  return async ({ voxels, stride }, source) => {
    const buffer = scope.storageBuffer(`${encoded.path} targets`, channels * targetStride(voxels, "byte"));
    // Leaves the bytes behind the last voxel alone: a copy that ends with a row is one copy instead of two.
    const texels = Math.ceil(voxels / TEXEL_BYTES);
    const step = await rasterStep(channels, attachments, async (first, used) => {
      const draw = await rasterPass(scope, {
        kernel,
        params: paramsOf(first, stride),
        inputs: [...tables, source],
        attachments: used,
        texels,
      });
      return (encoder) => {
        draw(encoder);
        for (const [k, from] of used.entries()) {
          copyTexels(encoder, from, buffer, { texels, offset: (first + k) * stride });
        }
      };
    });
    return { buffer, step };
  };
}

/**
 * `paramsOf(first, stride)` gives the kernel's params for channels from `first` on, at a scale of that
 * stride.
 */
const FROM_WORDS = {
  kernel: kernels.rasterWords,
  tables: [],
  paramsOf: (first: number, stride: number) => ({
    first_word: ((first >>> 5) * stride) / 4,
    shift: first & 31,
  }),
};

function fromIndices(scope: ResourceScope, block: Block, { regions, bytesPerVoxel }: EncodedIndices) {
  const { bits, paletteSize } = regions;
  const isPaired = bytesPerVoxel === 1;
  const table = (isPaired ? pairTable : byteTable)(bits, paletteSize, block.channels);
  return {
    kernel: kernels.rasterPalette[bitsPerIndex(bytesPerVoxel)],
    tables: [scope.adopt(scope.gpu.upload("region table", table, GPUBufferUsage.STORAGE))],
    paramsOf: (first: number) => ({ table: (first >>> 3) * (isPaired ? PAIRS : paletteSize) }),
  };
}
