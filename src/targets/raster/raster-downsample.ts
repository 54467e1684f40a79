/**
 * Downsamples all scales of a block with render passes into one attachment, from a list that names the source
 * voxel of every target voxel. The list depends on shape and strides alone and is made once; it spares a
 * software adapter the divisions that locate a voxel.
 */
import type { Kernel } from "../../gpu/kernel.ts";
import type { Block } from "../core/block.ts";
import { bitsPerIndex, kernels } from "../core/kernels.ts";
import type { ResourceScope } from "../core/resource-scope.ts";
import type { Downsampled, EncodedVoxels } from "../core/target-backend.ts";
import { layoutBytes, type VoxelLayout } from "../core/voxel-layout.ts";
import { ATTACHMENTS, type ScaleAtlas, scaleAtlas, TEXEL_BYTES } from "./raster-needs.ts";
import { copyTexels, createAttachments, rasterPass, rasterStep } from "./raster-pass.ts";

export async function rasterDownsample(
  scope: ResourceScope,
  block: Block,
  encoded: EncodedVoxels,
): Promise<Downsampled> {
  const { arrays, bytesPerVoxel } = encoded;
  const voxelsPerTexel = TEXEL_BYTES / bytesPerVoxel;
  const { firstTexels, texels } = scaleAtlas(block.scales, voxelsPerTexel);
  if (texels === 0) return { steps: [], voxelsByScale: new Map() };
  const sources = sourceList(block, firstTexels, texels * voxelsPerTexel, voxelsPerTexel);
  const list = scope.adopt(scope.gpu.upload("source voxels", sources, GPUBufferUsage.STORAGE));
  const attachments = createAttachments(scope, Math.min(ATTACHMENTS, arrays), texels);
  const label = `${encoded.path} ${encoded.kind} of a scale`;
  const voxelsByScale = new Map(
    [...firstTexels.keys()].map(
      (scale) => [scale, scope.storageBuffer(label, layoutBytes(encoded, scale.stride))] as const,
    ),
  );
  const step = await rasterStep(arrays, attachments, async (first, used) => {
    const arrayWords = (block.stride * bytesPerVoxel) / 4;
    const offsets = encoded.kind === "indices" ? {} : { first_word: first * arrayWords, stride: arrayWords };
    const draw = await rasterPass(scope, {
      kernel: kernelFor(encoded, used.length),
      params: { texels, ...offsets },
      inputs: [list, encoded.buffer],
      attachments: used,
      texels,
    });
    return (encoder) => {
      draw(encoder);
      for (const [scale, result] of voxelsByScale) {
        const place = firstTexels.get(scale) ?? 0;
        const count = Math.ceil(scale.voxels / voxelsPerTexel);
        for (const [k, from] of used.entries()) {
          const offset = (first + k) * scale.stride * bytesPerVoxel;
          copyTexels(encoder, from, result, { first: place, texels: count, offset });
        }
      }
    };
  });
  return { steps: [step], voxelsByScale };
}

/** @param attachments drawn at once, one per array; palette indices have only one */
function kernelFor({ kind, bytesPerVoxel }: VoxelLayout, attachments: number): Kernel {
  switch (kind) {
    case "masks":
      return { ...kernels.rasterDownsampleMasks, constants: { attachments } };
    case "words":
      return { ...kernels.rasterDownsampleWords, constants: { attachments } };
    case "indices":
      return kernels.rasterDownsamplePalette[bitsPerIndex(bytesPerVoxel)];
  }
}

/** Lists the source voxel of every target voxel, at its place in the atlas; 0 in gaps. */
function sourceList(
  block: Block,
  places: ScaleAtlas["firstTexels"],
  length: number,
  voxelsPerTexel: number,
): Uint32Array {
  const list = new Uint32Array(length);
  const [, height, width] = block.shape;
  for (const [{ shape, tables }, firstTexel] of places) {
    const [zs, ys, xs] = [
      tables.subarray(0, shape[0]),
      tables.subarray(shape[0], shape[0] + shape[1]),
      tables.subarray(shape[0] + shape[1]),
    ];
    let at = firstTexel * voxelsPerTexel;
    for (const z of zs)
      for (const y of ys) {
        const row = (z * height + y) * width;
        for (const x of xs) list[at++] = row + x;
      }
  }
  return list;
}
