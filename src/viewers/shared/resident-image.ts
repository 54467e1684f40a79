/**
 * The grey image on the GPU, on the grid of the labels: 16-bit floats, two per u32, in C order, in as many
 * slabs as necessary. Voxels that the image does not cover are marked and drawn as plain ground.
 */
import {
  type Grid,
  sameGrid,
  type Triple,
  voxelCount,
  voxelFromWorld,
  worldFromVoxel,
} from "../../domain/geometry/grid.ts";
import type { ImageVolume } from "../../domain/volume/image-volume.ts";
import { makeDispatch, workgroups1d } from "../../gpu/dispatch.ts";
import type { Gpu, GpuBuffer } from "../../gpu/gpu.ts";
import type { Kernel } from "../../gpu/kernel.ts";
import { type Slab, voxelRanges } from "../../gpu/slabs.ts";
import { packImageKernel, resampleImageKernel } from "./image-kernels.ts";

export interface ResidentImage {
  /** The grid of the labels. */
  readonly grid: Grid;
  readonly slabs: readonly Slab[];
  /** Factor from stored values to the image's own; a power of two. */
  readonly unit: number;
  /** The image had another grid and was interpolated. */
  readonly resampled: boolean;
  readonly bytes: number;
  dispose(): void;
}

const MAX_HALF = 65504;
/**
 * Values per upload (16 MiB). This limits both the temporary buffer and the time that the page is blocked.
 */
const CHUNK_VALUES = 4 << 20;
/** Granularity of slabs, so that no chunk and no word crosses a slab. */
const SLAB_UNIT = 2;
/** Bytes per word of two voxels: a sum of values and a sum of weights for each voxel. */
const SUM_BYTES = 16;
/** Words resampled at a time, short enough for a frame in between on a software adapter. */
const CHUNK_WORDS = 1 << 18;

/**
 * Uploads `image`, resampling it trilinearly through both affines unless it already is on `labelGrid`. Yields
 * between chunks, so that the page stays responsive.
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
    disposeAll(packed);
  }
}

interface OwnedSlab extends Slab {
  readonly owned: GpuBuffer;
}

function resident(slabs: readonly OwnedSlab[], grid: Grid, unit: number, resampled: boolean): ResidentImage {
  const bytes = slabs.reduce((sum, { owned }) => sum + owned.bytes, 0);
  return { grid, slabs, unit, resampled, bytes, dispose: () => disposeAll(slabs) };
}

function disposeAll(slabs: readonly OwnedSlab[]): void {
  for (const { owned } of slabs) owned.dispose();
}

/**
 * Returns the power of two that brings the largest value just below the largest half, to use the whole range.
 */
export function storageUnit({ min, max }: { readonly min: number; readonly max: number }): number {
  const largest = Math.max(Math.abs(min), Math.abs(max));
  if (!(largest > 0 && largest < Number.POSITIVE_INFINITY)) return 1;
  return 2 ** Math.min(127, Math.max(-126, Math.ceil(Math.log2(largest / MAX_HALF))));
}

function imageSlabs(gpu: Gpu, label: string, voxels: number): OwnedSlab[] {
  const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC;
  return voxelRanges(voxels, Math.floor(gpu.maxSlabBytes / 2), SLAB_UNIT).map((range) => {
    const owned = gpu.buffer(label, Math.ceil((range.end - range.first) / 2) * 4, usage);
    return { ...range, owned, buffer: owned.buffer, offset: 0 };
  });
}

async function packImage(
  gpu: Gpu,
  image: ImageVolume,
  unit: number,
  signal: AbortSignal | undefined,
): Promise<OwnedSlab[]> {
  const voxels = voxelCount(image.grid.shape);
  const packed = imageSlabs(gpu, "image", voxels);
  const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST;
  const most = Math.min(voxels, CHUNK_VALUES, Math.floor(gpu.maxSlabBytes / 4));
  const chunk = gpu.buffer("image upload", most * 4, usage);
  try {
    for (const slab of packed) {
      for (const { first, end } of voxelRanges(slab.end - slab.first, most, SLAB_UNIT)) {
        gpu.write(chunk, image.data.subarray(slab.first + first, slab.first + end));
        const params = { count: end - first, first_word: first / 2, gain: 1 / unit };
        await run(gpu, packImageKernel, params, [chunk, slab], Math.ceil((end - first) / 2));
        signal?.throwIfAborted();
      }
    }
    return packed;
  } catch (cause) {
    disposeAll(packed);
    throw cause;
  } finally {
    chunk.dispose();
  }
}

async function resample(
  gpu: Gpu,
  input: readonly OwnedSlab[],
  from: Grid,
  to: Grid,
  signal: AbortSignal | undefined,
): Promise<OwnedSlab[]> {
  const output = imageSlabs(gpu, "image on the label grid", voxelCount(to.shape));
  const rows = toInput(from, to);
  // Sums of a chunk, for voxels whose neighbours may lie in several slabs.
  const chunkWords = Math.min(CHUNK_WORDS, Math.floor(gpu.maxSlabBytes / SUM_BYTES));
  const sums = gpu.buffer("sums", input.length > 1 ? chunkWords * SUM_BYTES : 0, GPUBufferUsage.STORAGE);
  try {
    for (const slab of output) {
      const words = Math.ceil((slab.end - slab.first) / 2);
      for (let start = 0; start < words; start += chunkWords) {
        const count = Math.min(chunkWords, words - start);
        for (const [i, part] of input.entries()) {
          const params = {
            to_input_0: rows[0],
            to_input_1: rows[1],
            to_input_2: rows[2],
            shape: to.shape,
            input_shape: from.shape,
            first_voxel: slab.first + 2 * start,
            first_word: start,
            words: count,
            slab_first: part.first,
            slab_end: part.end,
            is_first: i === 0 ? 1 : 0,
            is_last: i === input.length - 1 ? 1 : 0,
          };
          await run(gpu, resampleImageKernel, params, [part, sums, slab], count);
        }
        signal?.throwIfAborted();
      }
    }
    return output;
  } catch (cause) {
    disposeAll(output);
    throw cause;
  } finally {
    sums.dispose();
  }
}

/** Returns three rows of four: the position in `from`, in voxels, of a voxel of `to`. */
function toInput(from: Grid, to: Grid): [number[], number[], number[]] {
  const map = (voxel: Triple) => voxelFromWorld(from, worldFromVoxel(to, voxel));
  const origin = map([0, 0, 0]);
  const ends = [map([1, 0, 0]), map([0, 1, 0]), map([0, 0, 1])];
  const row = (axis: 0 | 1 | 2) => [...ends.map((end) => end[axis] - origin[axis]), origin[axis]];
  return [row(0), row(1), row(2)];
}

/**
 * Runs one call of an image kernel and waits for it, which limits the queued work; nothing here is part of a
 * frame.
 */
async function run(
  gpu: Gpu,
  kernel: Kernel,
  values: Readonly<Record<string, number | readonly number[]>>,
  buffers: readonly Pick<GpuBuffer, "buffer">[],
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
