/** The backend that writes targets with compute shaders, which every device has. */
import { makeDispatch, type Step, workgroups1d } from "../../gpu/dispatch.ts";
import type { GpuBuffer } from "../../gpu/gpu.ts";
import type { Kernel } from "../../gpu/kernel.ts";
import type { StructValues } from "../../gpu/kernel-layouts.ts";
import type { Block, BlockScale } from "../core/block.ts";
import { bitsPerIndex, kernels } from "../core/kernels.ts";
import { type EncodedVoxels, isDownsampled, type TargetBackend } from "../core/target-backend.ts";
import { layoutBytes } from "../core/voxel-layout.ts";
import { byteDecoder } from "./compute-decode.ts";
import { computeNeeds } from "./compute-needs.ts";

/** Voxels that one invocation of a downsampling kernel writes in each array. */
const VOXELS_PER_INVOCATION = 4;

export const computeBackend: TargetBackend = {
  name: "compute",
  needs: computeNeeds,
  async downsample(scope, block, voxels) {
    const { gpu } = scope;
    const steps: Step[] = [];
    const voxelsByScale = new Map<BlockScale, GpuBuffer>();
    for (const scale of block.scales.filter(isDownsampled)) {
      const result = scope.storageBuffer(
        `${voxels.path} ${voxels.kind} of a scale`,
        layoutBytes(voxels, scale.stride),
      );
      const { kernel, values } = downsampling(voxels, block, scale);
      const params = scope.adopt(gpu.uniforms(kernel, "params", values));
      steps.push(
        await makeDispatch(gpu, {
          kernel,
          params,
          buffers: [scope.indexTables(scale), voxels.buffer, result],
          workgroups: workgroups1d(Math.ceil(scale.voxels / VOXELS_PER_INVOCATION)),
        }),
      );
      voxelsByScale.set(scale, result);
    }
    return { steps, voxelsByScale };
  },
  byteDecoder,
};

function downsampling(
  { kind, arrays, bytesPerVoxel }: EncodedVoxels,
  block: Block,
  { shape, voxels, stride }: BlockScale,
): { readonly kernel: Kernel; readonly values: StructValues } {
  const shapes = { in_shape: [...block.shape], out_shape: [...shape] };
  const strides = { in_stride: block.stride, out_stride: stride };
  switch (kind) {
    case "masks":
      return {
        kernel: kernels.downsampleMasks,
        values: { ...shapes, ...strides, out_voxels: voxels, channels: arrays },
      };
    case "words":
      return { kernel: kernels.downsampleWords, values: { ...shapes, ...strides, words: arrays } };
    case "indices":
      return {
        kernel: kernels.downsamplePalette[bitsPerIndex(bytesPerVoxel)],
        values: { ...shapes, out_voxels: voxels },
      };
  }
}
