/** Declares what compute shaders and render passes have in common: the two backends that write targets. */
import type { BackendName, PathName } from "../../domain/targets/target-paths.ts";
import type { Step } from "../../gpu/dispatch.ts";
import type { Gpu, GpuBuffer } from "../../gpu/gpu.ts";
import type { Block, BlockScale } from "./block.ts";
import type { ResourceScope } from "./resource-scope.ts";
import type { VoxelLayout } from "./voxel-layout.ts";

/** Says which palette entries belong to the channels of a block. */
export interface BlockRegions {
  /** `RegionTable.bits` for the block's words. */
  readonly bits: Uint32Array;
  readonly paletteSize: number;
}

interface Encoded extends VoxelLayout {
  readonly path: PathName;
  /** `[array][block.stride]` */
  readonly buffer: GpuBuffer;
}

/** The voxels of a block at full size, as a path uploads them. */
export type EncodedVoxels = EncodedMasks | EncodedWords | EncodedIndices;

interface EncodedMasks extends Encoded {
  readonly kind: "masks";
}

export interface EncodedWords extends Encoded {
  readonly kind: "words";
}

export interface EncodedIndices extends Encoded {
  readonly kind: "indices";
  readonly regions: BlockRegions;
}

export interface Downsampled {
  readonly steps: readonly Step[];
  /**
   * The scales that had to be made, `[array][scale.stride]`: those that hold voxels and differ from the
   * block.
   */
  readonly voxelsByScale: ReadonlyMap<BlockScale, GpuBuffer>;
}

/** Makes the targets of one scale, and the step that writes them, from the voxels of the scale. */
export type Decoder = (scale: BlockScale, voxels: GpuBuffer) => Promise<Decoded>;

interface Decoded {
  readonly buffer: GpuBuffer;
  readonly step: Step;
}

/**
 * Device requirements of a backend. The page makes plans from them without loading the rest of the backend.
 */
export interface BackendNeeds {
  /** Tells whether this device can write the results of a block this way. */
  supports(gpu: Gpu, block: Block): boolean;
  /** GPU bytes that `downsample` takes beyond its results, without a few bytes of parameters. */
  downsampleBytes(block: Block, layout: VoxelLayout): number;
  /** GPU bytes that `byteDecoder` takes beyond the targets, without a few bytes of parameters. */
  decodeBytes(block: Block, layout: VoxelLayout): number;
}

export interface TargetBackend {
  readonly name: BackendName;
  readonly needs: BackendNeeds;
  /** Makes the scales of a block from its voxels at full size. */
  downsample(scope: ResourceScope, block: Block, voxels: EncodedVoxels): Promise<Downsampled>;
  /** Decodes into targets of one byte a voxel. Byte masks need no decoding: they are such targets. */
  byteDecoder(scope: ResourceScope, block: Block, voxels: EncodedWords | EncodedIndices): Decoder;
}

/** Tells whether a scale is made from the block: it holds voxels and does not equal the block. */
export function isDownsampled({ voxels, identity }: BlockScale): boolean {
  return voxels > 0 && !identity;
}
