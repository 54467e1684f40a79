/**
 * Pools the words of a case into those of its scales, in place of nnU-Net's sampling. Full-size words exist
 * only for a band of slices at a time, made on request.
 */
import { formatBytes } from "../../base/format-units.ts";
import { type Triple, voxelCount } from "../../domain/geometry/grid.ts";
import {
  type Cells,
  cellsShape,
  largestCell,
  MAX_CELL_VOXELS,
  type PoolingRule,
} from "../../domain/targets/pooling.ts";
import { type Dispatch, makeDispatch, workgroups1d } from "../../gpu/dispatch.ts";
import { submitPass } from "../../gpu/encode-steps.ts";
import { type Gpu, type GpuBuffer, GpuMemoryError } from "../../gpu/gpu.ts";
import { gpuIdle } from "../../gpu/gpu-idle.ts";
import type { Kernel } from "../../gpu/kernel.ts";
import { type Slab, sharedRange, type VoxelRange } from "../../gpu/slabs.ts";
import { kernels } from "../core/kernels.ts";
import { ResourceScope } from "../core/resource-scope.ts";
import { RANGE_VOXELS, type WordDestination, type WordRange } from "./resident-case.ts";

interface PooledScale {
  /** Source voxels of every target voxel, which also give the scale's shape. */
  readonly cells: Cells;
  /** Slabs that receive its words, `[word][voxel]` in each. */
  readonly slabs: readonly Slab[];
}

/** Makes words at full size. */
export interface FullSizeWords {
  readonly shape: Triple;
  readonly words: number;
  /** Voxels that may be requested at once, a multiple of `RANGE_VOXELS`. */
  bandVoxels(words: WordRange): number;
  /** Makes the words of consecutive voxels; the first is a multiple of `RANGE_VOXELS`. */
  encodeRange(
    temporary: ResourceScope,
    voxels: VoxelRange,
    words: WordRange,
    destination: WordDestination,
  ): Promise<void>;
}

interface PoolingJob {
  readonly rule: PoolingRule;
  readonly source: FullSizeWords;
  readonly scales: readonly PooledScale[];
}

/**
 * Voxels of the largest cell that one invocation pools; a workgroup of 64 pools larger ones. Some drivers
 * (llvmpipe) silently end the loops of an invocation after 65,535 turns in all, and no kernel here comes near
 * that.
 */
export const MAX_VOXELS_ALONE = 1024;
export const GROUP_INVOCATIONS = 64;

function kernelOf(rule: PoolingRule, isLarge: boolean): Kernel {
  if (rule === "majority") return isLarge ? kernels.poolMajorityLarge : kernels.poolMajority;
  if (rule === "all") return isLarge ? kernels.poolAllLarge : kernels.poolAll;
  return isLarge ? kernels.poolAnyLarge : kernels.poolAny;
}

/**
 * Submits the pooling of every scale. Waits for the GPU only between bands, if there are several.
 * @throws RangeError when a cell has more voxels than the counters hold
 * @throws GpuMemoryError when one slice of cells stands for more words than a band
 */
export async function encodePooled(gpu: Gpu, { rule, source, scales }: PoolingJob): Promise<void> {
  const largest = Math.max(0, ...scales.map(({ cells }) => largestCell(cells)));
  if (largest > MAX_CELL_VOXELS) {
    throw new RangeError(
      `A target voxel stands for ${largest} voxels; pooling counts up to ${MAX_CELL_VOXELS}.`,
    );
  }
  const every = { first: 0, count: source.words };
  const voxels = { first: 0, end: voxelCount(source.shape) };
  const scope = new ResourceScope(gpu);
  try {
    let whole: GpuBuffer | null = null;
    for (const scale of scales) {
      const count = voxelCount(cellsShape(scale.cells));
      if (count === 0) continue;
      // With as many cells as voxels, each cell is one voxel and every rule gives the same.
      if (count === voxels.end) {
        await copyScale(gpu, source, scale);
        continue;
      }
      if (!whole && voxels.end <= source.bandVoxels(every)) {
        whole = scope.storageBuffer("full-size words", voxels.end * source.words * 4);
        await source.encodeRange(scope, voxels, every, {
          buffer: whole.buffer,
          offset: 0,
          stride: voxels.end,
        });
      }
      await poolScale(gpu, rule, source, scale, whole);
    }
  } finally {
    scope.dispose();
  }
}

/** Copies words unchanged. */
async function copyScale(gpu: Gpu, source: FullSizeWords, { slabs }: PooledScale): Promise<void> {
  const every = { first: 0, count: source.words };
  const most = source.bandVoxels(every);
  for (const { buffer, first, end, offset } of slabs) {
    for (let at = first; at < end; at += most) {
      const temporary = new ResourceScope(gpu);
      try {
        const range = { first: at, end: Math.min(end, at + most) };
        const destination = { buffer, offset: offset + at - first, stride: end - first };
        await source.encodeRange(temporary, range, every, destination);
      } finally {
        temporary.dispose();
      }
      if (at + most < end) await gpuIdle(gpu);
    }
  }
}

/** Slices of cells pooled at once, and the full-size voxels that they stand for. */
interface Band {
  readonly slices: readonly [number, number];
  readonly voxels: VoxelRange;
}

async function poolScale(
  gpu: Gpu,
  rule: PoolingRule,
  source: FullSizeWords,
  scale: PooledScale,
  /** Words of the whole case, if they are one band. */
  whole: GpuBuffer | null,
): Promise<void> {
  const { cells } = scale;
  const isLarge = largestCell(cells) > MAX_VOXELS_ALONE;
  const scope = new ResourceScope(gpu);
  try {
    const joined = scope.adopt(gpu.upload("pooling cells", joinCells(cells), GPUBufferUsage.STORAGE));
    // Pools all words at once if a slice of cells allows it, and otherwise one after the other.
    const every = { first: 0, count: source.words };
    const bandsOfAll: Band[] | null = whole
      ? [{ slices: [0, cellsShape(cells)[0]], voxels: { first: 0, end: voxelCount(source.shape) } }]
      : bandsOf(source, cells, every);
    const groups = bandsOfAll
      ? [every]
      : Array.from({ length: source.words }, (_, first) => ({ first, count: 1 }));
    for (const words of groups) {
      const bands = bandsOfAll ?? bandsOf(source, cells, words);
      if (!bands) throw tooLarge(source, cells);
      for (const band of bands) {
        await poolBand(gpu, kernelOf(rule, isLarge), isLarge, { source, whole, scale, joined, words, band });
        if (bands.length * groups.length > 1) await gpuIdle(gpu);
      }
    }
  } finally {
    scope.dispose();
  }
}

/** Cuts a scale into as few bands as possible; null if one slice of cells stands for more than a band. */
function bandsOf(source: FullSizeWords, [cells]: Cells, words: WordRange): Band[] | null {
  const most = source.bandVoxels(words);
  const sliceVoxels = source.shape[1] * source.shape[2];
  const bands: Band[] = [];
  for (let slice = 0; slice < cells.starts.length; slice++) {
    const [start, end] = [(cells.starts[slice] ?? 0) * sliceVoxels, (cells.ends[slice] ?? 0) * sliceVoxels];
    const before = bands.at(-1);
    const first = Math.min(start - (start % RANGE_VOXELS), before?.voxels.first ?? start);
    const joined = { first, end: Math.max(end, before?.voxels.end ?? end) };
    if (before && joined.end - joined.first <= most) {
      bands[bands.length - 1] = { slices: [before.slices[0], slice + 1], voxels: joined };
      continue;
    }
    const alone = { first: start - (start % RANGE_VOXELS), end };
    if (alone.end - alone.first > most) return null;
    bands.push({ slices: [slice, slice + 1], voxels: alone });
  }
  return bands;
}

function tooLarge({ shape }: FullSizeWords, [cells]: Cells): GpuMemoryError {
  const deepest = Math.max(...cells.starts.map((start, i) => (cells.ends[i] ?? 0) - start));
  const bytes = deepest * shape[1] * shape[2] * 4;
  return new GpuMemoryError(
    `Pooling ${deepest} slices of ${shape[1]} × ${shape[2]} voxels takes ${formatBytes(bytes)} at once, more than this GPU binds.`,
  );
}

async function poolBand(
  gpu: Gpu,
  kernel: Kernel,
  isLarge: boolean,
  {
    source,
    whole,
    scale,
    joined,
    words,
    band,
  }: {
    readonly source: FullSizeWords;
    readonly whole: GpuBuffer | null;
    readonly scale: PooledScale;
    readonly joined: GpuBuffer;
    readonly words: WordRange;
    readonly band: Band;
  },
): Promise<void> {
  const shape = cellsShape(scale.cells);
  const inStride = band.voxels.end - band.voxels.first;
  const temporary = new ResourceScope(gpu);
  try {
    const full = whole ?? temporary.storageBuffer("full-size words", inStride * words.count * 4);
    if (!whole) {
      const destination = { buffer: full.buffer, offset: 0, stride: inStride };
      await source.encodeRange(temporary, band.voxels, words, destination);
    }
    const pooled = {
      first: band.slices[0] * shape[1] * shape[2],
      end: band.slices[1] * shape[1] * shape[2],
    };
    const dispatches: Dispatch[] = [];
    for (const slab of scale.slabs) {
      const shared = sharedRange(pooled, slab);
      if (!shared) continue;
      const outStride = slab.end - slab.first;
      const params = temporary.adopt(
        gpu.uniforms(kernel, "params", {
          in_shape: [...source.shape],
          in_first: band.voxels.first,
          out_shape: [...shape],
          in_stride: inStride,
          first: shared.first,
          end: shared.end,
          out_offset: slab.offset + words.first * outStride,
          out_first: slab.first,
          out_stride: outStride,
          cell_offset: 0,
        }),
      );
      const [x, y] = workgroups1d((shared.end - shared.first) * (isLarge ? GROUP_INVOCATIONS : 1));
      dispatches.push(
        await makeDispatch(gpu, {
          kernel,
          params,
          buffers: [joined, full, slab],
          workgroups: [x, y, words.count],
        }),
      );
    }
    submitPass(gpu, kernel.label, dispatches);
  } finally {
    temporary.dispose();
  }
}

/** Joins the cells of a scale into one list: the starts of axes 0, 1 and 2, then the ends. */
function joinCells(cells: Cells): Uint32Array {
  const parts = [...cells.map(({ starts }) => starts), ...cells.map(({ ends }) => ends)];
  const joined = new Uint32Array(
    Math.max(
      1,
      parts.reduce((sum, part) => sum + part.length, 0),
    ),
  );
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}
