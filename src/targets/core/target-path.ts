/** The one interface of the three paths: from a source in memory to targets on the GPU. */
import type { BackendName, PathName, TargetFormat } from "../../benchmark/result.ts";
import type { RegionTable } from "../../domain/dataset/region-table.ts";
import type { Source } from "../../domain/volume/palette-volume.ts";
import type { Step } from "../../gpu/dispatch.ts";
import type { Gpu, GpuBuffer } from "../../gpu/gpu.ts";
import type { Block } from "./block.ts";
import type { BufferPool } from "./buffer-pool.ts";

/**
 * Targets of one scale, channel c from byte c * stride on. Byte targets hold 0 or 1 a voxel; in bit targets,
 * bit (v & 31) of u32 (v >>> 5) of a channel is voxel v, and everything beyond the last voxel is 0.
 */
export interface ScaleTargets {
  /** null where the block holds no voxel of this scale. */
  readonly buffer: GpuBuffer | null;
  readonly voxels: number;
  /** Bytes from one channel to the next. */
  readonly stride: number;
}

/** Bytes that kernels move. */
export interface Traffic {
  readonly read: number;
  readonly written: number;
}

export interface PathInput {
  readonly source: Source;
  /** Membership of palette entries; null for mask stacks, which need none. */
  readonly table: RegionTable | null;
  readonly block: Block;
  /** What the targets are made of; bytes unless said otherwise. */
  readonly format?: TargetFormat;
  /** What writes results; compute shaders unless said otherwise, and where the device can do nothing else. */
  readonly backend?: BackendName;
  /** Where buffers come from and go back to, when block follows block. */
  readonly pool?: BufferPool;
}

/**
 * One path on one block. The four stages may be repeated; buffers are allocated once and owned by the run.
 */
export interface PathRun {
  /** CPU work only. */
  prepare(): void;
  /** Queues the copies to the GPU. */
  upload(): void;
  readonly downsample: readonly Step[];
  readonly decode: readonly Step[];
  readonly format: TargetFormat;
  readonly targets: readonly ScaleTargets[];
  /** Bytes that `upload` copies. */
  readonly uploadBytes: number;
  /** GPU bytes that the run owns: all of them live at its peak. */
  readonly gpuBytes: number;
  /** Bytes of arrays that `prepare` fills; the source is not among them. */
  readonly arrayBytes: number;
  /** Bytes that the kernels of a stage read and write, for the traffic limit. */
  readonly traffic: Readonly<Record<"downsample" | "decode", Traffic>>;
  dispose(): void;
}

export interface TargetPath {
  readonly name: PathName;
  /** False where this path cannot start from such a source. */
  serves(source: Source): boolean;
  open(gpu: Gpu, input: PathInput): Promise<PathRun>;
}
