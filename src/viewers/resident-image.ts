/**
 * The grey image on the GPU, on the grid of the labels: 16-bit floats, two a u32, in C order.
 * What is not covered by the image is marked as such and drawn as plain ground.
 */
import {
  type Grid,
  sameGrid,
  type Triple,
  voxelCount,
  voxelFromWorld,
  worldFromVoxel,
} from "../domain/grid.ts";
import type { ImageVolume } from "../domain/image-volume.ts";
import { makeDispatch, workgroups1d } from "../gpu/dispatch.ts";
import { type Gpu, type GpuBuffer, GpuMemoryError } from "../gpu/gpu.ts";
import type { Kernel } from "../gpu/kernel.ts";
import { packImageKernel, resampleImageKernel } from "./image-kernels.ts";

export interface ResidentImage {
  /** The grid of the labels. */
  readonly grid: Grid;
  readonly buffer: GPUBuffer;
  /** Stored value times this is the image's own value; a power of two. */
  readonly unit: number;
  /** The image came on another grid and was interpolated. */
  readonly resampled: boolean;
  readonly bytes: number;
  dispose(): void;
}

const MAX_HALF = 65504;
/** Values uploaded at a time (16 MiB), which bounds both the temporary buffer and the time the page is held up. */
const CHUNK_VALUES = 4 << 20;
/** Words resampled at a time: short enough that a frame fits in between on a software adapter. */
const RUN_WORDS = 1 << 18;

/**
 * Uploads `image`, resampling it trilinearly through both affines unless it is on `labelGrid` already.
 * Returns between chunks, so that the page stays responsive.
 * @throws GpuMemoryError when the image or the label grid is beyond one binding of this GPU
 */
export async function createResidentImage(
  gpu: Gpu,
  image: ImageVolume,
  labelGrid: Grid,
  signal?: AbortSignal,
): Promise<ResidentImage> {
  const unit = storageUnit(image);
  const packed = await packImage(gpu, image, unit, signal);
  if (sameGrid(image.grid, labelGrid)) return resident(packed, labelGrid, unit, false);
  try {
    return resident(await resample(gpu, packed, image.grid, labelGrid, signal), labelGrid, unit, true);
  } finally {
    packed.dispose();
  }
}

function resident(owned: GpuBuffer, grid: Grid, unit: number, resampled: boolean): ResidentImage {
  return { grid, buffer: owned.buffer, unit, resampled, bytes: owned.bytes, dispose: () => owned.dispose() };
}

/** The power of two that brings the largest value just below the largest half, so that neither end of the range is lost. */
export function storageUnit({ min, max }: { readonly min: number; readonly max: number }): number {
  const largest = Math.max(Math.abs(min), Math.abs(max));
  if (!(largest > 0 && largest < Number.POSITIVE_INFINITY)) return 1;
  return 2 ** Math.min(127, Math.max(-126, Math.ceil(Math.log2(largest / MAX_HALF))));
}

function imageBuffer(gpu: Gpu, label: string, voxels: number): GpuBuffer {
  const bytes = Math.ceil(voxels / 2) * 4;
  if (bytes > gpu.maxBindingBytes) {
    throw new GpuMemoryError(
      `${label} needs ${bytes} bytes and this GPU allows ${gpu.maxBindingBytes} in one binding.`,
    );
  }
  return gpu.buffer(label, bytes, GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC);
}

async function packImage(
  gpu: Gpu,
  image: ImageVolume,
  unit: number,
  signal: AbortSignal | undefined,
): Promise<GpuBuffer> {
  const voxels = voxelCount(image.grid.shape);
  const packed = imageBuffer(gpu, "image", voxels);
  const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST;
  const chunk = gpu.buffer("image upload", Math.min(voxels, CHUNK_VALUES) * 4, usage);
  try {
    for (let start = 0; start < voxels; start += CHUNK_VALUES) {
      const count = Math.min(CHUNK_VALUES, voxels - start);
      gpu.write(chunk, image.data.subarray(start, start + count));
      const params = { count, first_word: start / 2, gain: 1 / unit };
      await run(gpu, packImageKernel, params, [chunk, packed], Math.ceil(count / 2));
      signal?.throwIfAborted();
    }
    return packed;
  } catch (cause) {
    packed.dispose();
    throw cause;
  } finally {
    chunk.dispose();
  }
}

async function resample(
  gpu: Gpu,
  source: GpuBuffer,
  from: Grid,
  to: Grid,
  signal: AbortSignal | undefined,
): Promise<GpuBuffer> {
  const words = Math.ceil(voxelCount(to.shape) / 2);
  const target = imageBuffer(gpu, "image on the label grid", voxelCount(to.shape));
  const rows = toSource(from, to);
  try {
    for (let start = 0; start < words; start += RUN_WORDS) {
      const count = Math.min(RUN_WORDS, words - start);
      const params = {
        to_source_0: rows[0],
        to_source_1: rows[1],
        to_source_2: rows[2],
        shape: to.shape,
        source_shape: from.shape,
        first_word: start,
        words: count,
      };
      await run(gpu, resampleImageKernel, params, [source, target], count);
      signal?.throwIfAborted();
    }
    return target;
  } catch (cause) {
    target.dispose();
    throw cause;
  }
}

/** Three rows of four: the position in `from`, in voxels, of a voxel of `to`. */
function toSource(from: Grid, to: Grid): [number[], number[], number[]] {
  const map = (voxel: Triple) => voxelFromWorld(from, worldFromVoxel(to, voxel));
  const origin = map([0, 0, 0]);
  const ends = [map([1, 0, 0]), map([0, 1, 0]), map([0, 0, 1])];
  const row = (axis: 0 | 1 | 2) => [...ends.map((end) => end[axis] - origin[axis]), origin[axis]];
  return [row(0), row(1), row(2)];
}

/** One call of an image kernel, waited for: it bounds what is queued, and nothing here is part of a frame. */
async function run(
  gpu: Gpu,
  kernel: Kernel,
  values: Readonly<Record<string, number | readonly number[]>>,
  buffers: readonly GpuBuffer[],
  invocations: number,
): Promise<void> {
  const params = gpu.uniforms(kernel, "params", values);
  try {
    const dispatch = await makeDispatch(gpu, {
      kernel,
      buffers,
      params,
      workgroups: workgroups1d(invocations),
    });
    gpu.submit(kernel.label, (encoder) => {
      const pass = encoder.beginComputePass({ label: kernel.label });
      dispatch.encode(pass);
      pass.end();
    });
    await gpu.device.queue.onSubmittedWorkDone();
  } finally {
    params.dispose();
  }
}
