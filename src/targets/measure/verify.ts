/** Compares targets bit for bit and counts their voxels, on the GPU. */
import { makeDispatch, workgroups1d } from "../../gpu/dispatch.ts";
import { submitPass } from "../../gpu/encode-steps.ts";
import { type Gpu, type GpuBuffer, GpuError } from "../../gpu/gpu.ts";
import { readU32 } from "../../gpu/readback.ts";
import type { Block } from "../core/block.ts";
import { kernels } from "../core/kernels.ts";
import { ResourceScope } from "../core/resource-scope.ts";
import type { PathRun } from "../core/target-path.ts";

/**
 * Counts the voxels, over channels and scales, in which the targets of two runs of one block differ. Waits
 * for the GPU.
 *
 * @throws GpuError when the GPU did not look at every voxel
 */
export async function countMismatches(
  gpu: Gpu,
  block: Block,
  left: PathRun,
  right: PathRun,
): Promise<number> {
  const scope = new ResourceScope(gpu);
  try {
    if (left.format !== right.format) throw new Error("Two formats of targets are not compared.");
    const counters = scope.storageBuffer("mismatches", 8);
    let expected = 0;
    for (const [index, a] of left.targets.entries()) {
      const b = right.targets[index];
      if (!a.buffer || !b?.buffer) {
        if (a.buffer || b?.buffer) throw new Error("Two paths disagree about which scales exist.");
        continue;
      }
      const kernel = kernels.mismatches[left.format];
      const params = scope.adopt(
        gpu.uniforms(kernel, "params", {
          voxel_blocks: a.stride / 16,
          voxels: a.voxels,
          channels: block.channels,
          stride: a.stride / 16,
        }),
      );
      const dispatch = await makeDispatch(gpu, {
        kernel,
        params,
        buffers: [a.buffer, b.buffer, counters],
        workgroups: workgroups1d(a.stride / 16),
      });
      submitPass(gpu, "compare targets", [dispatch]);
      expected += a.voxels * block.channels;
    }
    const [mismatches = 0, compared = 0] = await readU32(gpu, counters, 2);
    if (compared !== expected % 2 ** 32) {
      throw new GpuError(`The GPU compared ${compared} of ${expected} target voxels.`);
    }
    return mismatches;
  } finally {
    scope.dispose();
  }
}

/**
 * Counts the voxels of every channel at every scale of one run, `[scale][channel of the block]`. Waits for
 * the GPU.
 */
export async function countTargets(gpu: Gpu, block: Block, run: PathRun): Promise<number[][]> {
  const scope = new ResourceScope(gpu);
  try {
    const counts: GpuBuffer = scope.storageBuffer("target counts", run.targets.length * block.channels * 4);
    for (const [index, target] of run.targets.entries()) {
      if (!target.buffer) continue;
      const kernel = kernels.countTargets[run.format];
      const params = scope.adopt(
        gpu.uniforms(kernel, "params", {
          voxel_blocks: target.stride / 16,
          voxels: target.voxels,
          stride: target.stride / 16,
          first_slot: index * block.channels,
        }),
      );
      const dispatch = await makeDispatch(gpu, {
        kernel,
        params,
        buffers: [target.buffer, counts],
        // One workgroup reads 64 x 32 vec4s of one channel.
        workgroups: [Math.ceil(target.stride / 16 / 2048), block.channels, 1],
      });
      submitPass(gpu, "count targets", [dispatch]);
    }
    const flat = await readU32(gpu, counts, run.targets.length * block.channels);
    return run.targets.map((_, s) => Array.from(flat.subarray(s * block.channels, (s + 1) * block.channels)));
  } finally {
    scope.dispose();
  }
}
