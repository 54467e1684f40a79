/** The interface of the two ways in which a GPU writes results: compute shaders and render passes. */
import type { BackendName, PathName } from "../../benchmark/result.ts";
import type { Step } from "../../gpu/dispatch.ts";
import type { Gpu, GpuBuffer } from "../../gpu/gpu.ts";
import type { Block, BlockScale } from "./block.ts";
import type { ResourceScope } from "./resource-scope.ts";
import type { VoxelLayout } from "./voxel-layout.ts";

/** Membership of palette entries in the channels of a block. */
export interface BlockRegions {
  /** `RegionTable.bits` of the block's words. */
  readonly bits: Uint32Array;
  readonly paletteSize: number;
}

interface Encoded extends VoxelLayout {
  readonly path: PathName;
  /** `[plane][block.stride]` */
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
  /** Every scale that had to be made: one that holds voxels and is not the block itself. `[plane][scale.stride]` */
  readonly results: ReadonlyMap<BlockScale, GpuBuffer>;
}

/** Targets of one scale and the step that writes them, from the scale's voxels in the layout of the block's. */
export type Decoder = (scale: BlockScale, voxels: GpuBuffer) => Promise<Decoded>;

interface Decoded {
  readonly buffer: GpuBuffer;
  readonly step: Step;
}

export interface TargetBackend {
  readonly name: BackendName;
  /** Whether this device can write the results of a block in this way. */
  supports(gpu: Gpu, block: Block): boolean;
  /** Makes the scales of a block from its voxels. */
  downsample(scope: ResourceScope, block: Block, voxels: EncodedVoxels): Promise<Downsampled>;
  /** Decodes into targets of one byte a voxel. Byte masks are such targets already. */
  byteDecoder(scope: ResourceScope, block: Block, voxels: EncodedWords | EncodedIndices): Decoder;
  /** GPU bytes that `downsample` takes besides its results; a few bytes of parameters are left out. */
  downsampleBytes(block: Block, layout: VoxelLayout): number;
  /** GPU bytes that `byteDecoder` takes besides the targets, likewise. */
  decodeBytes(block: Block, layout: VoxelLayout): number;
}

/** A scale that is made from the block: it holds voxels and does not equal the block. */
export function isDownsampled({ voxels, identity }: BlockScale): boolean {
  return voxels > 0 && !identity;
}
