/** Pools the words of a case into those of its scales, in place of nnU-Net's sampling. */
import { type Triple, voxelCount } from "../domain/grid.ts";
import { type Cells, cellsShape, largestCell, MAX_CELL_VOXELS, type PoolingRule } from "../domain/pooling.ts";
import { type Dispatch, makeDispatch, workgroups1d } from "../gpu/dispatch.ts";
import type { Gpu, GpuBuffer } from "../gpu/gpu.ts";
import { BufferSet } from "./buffer-set.ts";
import { kernels } from "./kernels.ts";

export interface PooledScale {
  /** Source voxels of every target voxel; the scale's shape follows from them. */
  readonly cells: Cells;
  /** First u32 of the scale in `result`. */
  readonly wordOffset: number;
}

export interface PoolingJob {
  readonly rule: PoolingRule;
  /** Full-size words, `[word][voxel]`; may be copied from. */
  readonly source: Pick<GpuBuffer, "buffer">;
  readonly shape: Triple;
  readonly words: number;
  readonly scales: readonly PooledScale[];
  /** `result[wordOffset + word * voxels(scale) + voxel]` is written for every scale; may be copied to. */
  readonly result: Pick<GpuBuffer, "buffer">;
}

const kernelOf = (rule: PoolingRule) =>
  rule === "majority" ? kernels.poolMajority : rule === "all" ? kernels.poolAll : kernels.poolAny;

/**
 * Submits the pooling of every scale. Does not wait for the GPU.
 * @throws RangeError when a cell has more voxels than the counters hold
 */
export async function encodePooled(gpu: Gpu, job: PoolingJob): Promise<void> {
  const largest = Math.max(0, ...job.scales.map(({ cells }) => largestCell(cells)));
  if (largest > MAX_CELL_VOXELS) {
    throw new RangeError(
      `A target voxel stands for ${largest} voxels; pooling counts up to ${MAX_CELL_VOXELS}.`,
    );
  }
  const temporary = new BufferSet(gpu);
  try {
    const { joined, offsets } = joinCells(job.scales);
    const cells = temporary.own(gpu.upload("pooling cells", joined, GPUBufferUsage.STORAGE));
    const kernel = kernelOf(job.rule);
    const dispatches: Dispatch[] = [];
    const copies: number[] = [];
    for (const [s, scale] of job.scales.entries()) {
      const shape = cellsShape(scale.cells);
      const voxels = voxelCount(shape);
      if (voxels === 0) continue;
      if (voxels === voxelCount(job.shape)) {
        // As many cells as voxels: each is one voxel, whatever the rule.
        copies.push(scale.wordOffset);
        continue;
      }
      const params = temporary.own(
        gpu.uniforms(kernel, "params", {
          in_shape: [...job.shape],
          in_stride: voxelCount(job.shape),
          out_shape: [...shape],
          out_stride: voxels,
          out_offset: scale.wordOffset,
          cell_offset: offsets[s] ?? 0,
        }),
      );
      const [x, y] = workgroups1d(voxels);
      dispatches.push(
        await makeDispatch(gpu, {
          kernel,
          params,
          buffers: [cells, job.source, job.result],
          workgroups: [x, y, job.words],
        }),
      );
    }
    gpu.submit(`pool words, ${job.rule}`, (encoder) => {
      const bytes = voxelCount(job.shape) * job.words * 4;
      for (const offset of copies) {
        encoder.copyBufferToBuffer(job.source.buffer, 0, job.result.buffer, offset * 4, bytes);
      }
      const pass = encoder.beginComputePass({ label: `pool words, ${job.rule}` });
      for (const dispatch of dispatches) dispatch.encode(pass);
      pass.end();
    });
  } finally {
    temporary.dispose();
  }
}

/** Cells of all scales in one list: of each scale the starts of axes 0, 1, 2, then the ends. */
function joinCells(scales: readonly PooledScale[]): { joined: Uint32Array; offsets: number[] } {
  const lists = scales.map(({ cells }) => [
    ...cells.map(({ starts }) => starts),
    ...cells.map(({ ends }) => ends),
  ]);
  const offsets: number[] = [];
  let length = 0;
  for (const parts of lists) {
    offsets.push(length);
    length += parts.reduce((sum, part) => sum + part.length, 0);
  }
  const joined = new Uint32Array(Math.max(1, length));
  let at = 0;
  for (const part of lists.flat()) {
    joined.set(part, at);
    at += part.length;
  }
  return { joined, offsets };
}
