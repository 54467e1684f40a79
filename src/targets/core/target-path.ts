/** Declares the interface of the three paths, from a source in memory to targets on the GPU. */
import type { RegionTable } from "../../domain/dataset/region-table.ts";
import type { BackendName, PathName, TargetFormat } from "../../domain/targets/target-paths.ts";
import type { Source } from "../../domain/volume/palette-volume.ts";
import type { Step } from "../../gpu/dispatch.ts";
import type { Gpu, GpuBuffer } from "../../gpu/gpu.ts";
import type { Block } from "./block.ts";
import type { BufferPool } from "./buffer-pool.ts";

/**
 * Targets of one scale; channel c starts at byte c * stride. Byte targets hold 0 or 1 for each voxel. In bit
 * targets, bit (v & 31) of u32 (v >>> 5) of a channel is voxel v, and all bits beyond the last voxel are 0.
 */
export interface ScaleTargets {
  /** Null if the block holds no voxel of this scale. */
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
  /** Membership of palette entries; null for mask stacks, which have no palette. */
  readonly table: RegionTable | null;
  readonly block: Block;
  /** Format of the targets; bytes by default. */
  readonly format?: TargetFormat;
  /** Writes the results; compute shaders by default, and where the device supports nothing else. */
  readonly backend?: BackendName;
  /** Supplies and takes back buffers when blocks are worked on one after the other. */
  readonly pool?: BufferPool;
}

/**
 * One path on one block. Its four stages may be repeated; the run allocates its buffers once and owns them.
 */
export interface PathRun {
  /** Works on the CPU only. */
  prepare(): void;
  /** Queues the copies to the GPU. */
  upload(): void;
  readonly downsample: readonly Step[];
  readonly decode: readonly Step[];
  readonly format: TargetFormat;
  readonly targets: readonly ScaleTargets[];
  /** Bytes that `upload` copies. */
  readonly uploadBytes: number;
  /** GPU bytes that the run owns, all of which are live at its peak. */
  readonly gpuBytes: number;
  /** Bytes of the arrays that `prepare` fills, without the source. */
  readonly arrayBytes: number;
  /** Bytes that the kernels of a stage read and write, from which the traffic limit follows. */
  readonly traffic: Readonly<Record<"downsample" | "decode", Traffic>>;
  dispose(): void;
}

export interface TargetPath {
  readonly name: PathName;
  /** False if this path cannot start from such a source. */
  serves(source: Source): boolean;
  open(gpu: Gpu, input: PathInput): Promise<PathRun>;
}
