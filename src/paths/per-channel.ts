/** Path `per-channel`: one byte mask per channel on the CPU, each uploaded and downsampled on its own. */
import type { Dispatch } from "../gpu/dispatch.ts";
import { makeDispatch, workgroups1d } from "../gpu/dispatch.ts";
import { BufferSet } from "./buffer-set.ts";
import { kernels } from "./kernels.ts";
import { expandMasks, fillMasks } from "./prepare.ts";
import type { PathRun, ScaleTargets, TargetPath } from "./target-path.ts";

export const perChannel: TargetPath = {
  name: "per-channel",
  serves: () => true,
  async open(gpu, { source, table, block }): Promise<PathRun> {
    const set = new BufferSet(gpu);
    const bytes = block.channels * block.stride;
    const scratch = new Uint8Array(bytes);
    const masks = set.storage("per-channel masks", bytes);
    const downsample: Dispatch[] = [];
    const targets: ScaleTargets[] = [];
    const traffic = { read: 0, written: 0 };
    for (const scale of block.scales) {
      const { voxels, stride } = scale;
      if (voxels === 0) {
        targets.push({ buffer: null, voxels, stride });
        continue;
      }
      if (scale.identity) {
        targets.push({ buffer: masks, voxels, stride });
        continue;
      }
      const buffer = set.storage("per-channel targets", block.channels * stride);
      const kernel = kernels.downsampleMasks;
      const params = set.own(
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
          buffers: [set.tables(scale), masks, buffer],
          workgroups: workgroups1d(Math.ceil(voxels / 4)),
        }),
      );
      targets.push({ buffer, voxels, stride });
      traffic.read += block.channels * voxels;
      traffic.written += block.channels * voxels;
    }
    return {
      prepare() {
        if (source.kind === "masks") expandMasks(source.stack, block, scratch);
        else if (table) fillMasks(source.volume, table, block, scratch);
      },
      upload: () => gpu.write(masks, scratch),
      downsample,
      decode: [],
      targets,
      uploadBytes: bytes,
      gpuBytes: set.bytes,
      traffic: { downsample: traffic, decode: { read: 0, written: 0 } },
      dispose: () => set.dispose(),
    };
  },
};
