/**
 * Path `per-channel`: one byte mask per channel on the CPU, each uploaded and downsampled on its own. Targets
 * of bits are packed on the GPU.
 */
import { makeDispatch, type Step, workgroups1d } from "../../gpu/dispatch.ts";
import type { GpuBuffer } from "../../gpu/gpu.ts";
import { targetStride } from "../core/block.ts";
import { kernels } from "../core/kernels.ts";
import { ResourceScope } from "../core/resource-scope.ts";
import type { PathRun, ScaleTargets, TargetPath } from "../core/target-path.ts";
import { drawDownsample } from "../raster/raster-downsample.ts";
import { drawsResults } from "../raster/raster-pass.ts";
import { expandMasks, fillMasks } from "./cpu-encode.ts";
import { packMasks } from "./decode.ts";

export const perChannel: TargetPath = {
  name: "per-channel",
  serves: () => true,
  async open(gpu, { source, table, block, format = "byte", design, pool }): Promise<PathRun> {
    const scope = new ResourceScope(gpu, pool);
    const bytes = block.channels * block.stride;
    const scratch = new Uint8Array(scope.array(bytes));
    const masks = scope.storageBuffer("per-channel masks", bytes);
    const smaller = drawsResults(gpu, block, design)
      ? await drawDownsample(gpu, scope, block, {
          kernel: kernels.drawDownsampleMasks,
          label: "per-channel masks of a scale",
          source: masks,
          planes: block.channels,
          bytesPerVoxel: 1,
          planar: true,
        })
      : null;
    const downsample: Step[] = smaller ? [smaller.step] : [];
    const decode: Step[] = [];
    const targets: ScaleTargets[] = [];
    const traffic = { downsample: { read: 0, written: 0 }, decode: { read: 0, written: 0 } };
    for (const scale of block.scales) {
      const { voxels, stride } = scale;
      if (voxels === 0) {
        targets.push({ buffer: null, voxels, stride: targetStride(voxels, format) });
        continue;
      }
      let scaleMasks: GpuBuffer = masks;
      const drawnMasks = smaller?.results.get(scale);
      if (drawnMasks) scaleMasks = drawnMasks;
      else if (!scale.identity) {
        scaleMasks = scope.storageBuffer("per-channel masks of a scale", block.channels * stride);
        const kernel = kernels.downsampleMasks;
        const params = scope.adopt(
          gpu.uniforms(kernel, "params", {
            in_shape: [...block.shape],
            out_voxels: voxels,
            out_shape: [...scale.shape],
            table_offset: 0,
            channels: block.channels,
            in_stride: block.stride,
            out_stride: stride,
          }),
        );
        downsample.push(
          await makeDispatch(gpu, {
            kernel,
            params,
            buffers: [scope.indexTables(scale), masks, scaleMasks],
            workgroups: workgroups1d(Math.ceil(voxels / 4)),
          }),
        );
      }
      if (!scale.identity) {
        traffic.downsample.read += block.channels * voxels;
        traffic.downsample.written += block.channels * voxels;
      }
      if (format === "byte") {
        // The masks are the targets.
        targets.push({ buffer: scaleMasks, voxels, stride });
        continue;
      }
      const packed = await packMasks({ gpu, scope, block, scale, format, drawn: null }, scaleMasks);
      decode.push(packed.step);
      targets.push(packed.targets);
      traffic.decode.read += block.channels * voxels;
      traffic.decode.written += packed.written;
    }
    return {
      prepare() {
        if (source.kind === "masks") expandMasks(source.stack, block, scratch);
        else if (table) fillMasks(source.volume, table, block, scratch);
      },
      upload: () => gpu.write(masks, scratch),
      downsample,
      decode,
      format,
      targets,
      uploadBytes: bytes,
      gpuBytes: scope.bytes,
      arrayBytes: scope.arrayBytes,
      traffic,
      dispose: () => scope.dispose(),
    };
  },
};
