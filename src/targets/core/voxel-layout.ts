/** Describes how each path lays out the voxels of a block on the GPU before they are decoded into targets. */
import type { PathName } from "../../domain/targets/target-paths.ts";
import type { Block } from "./block.ts";

/** `[array][voxel]` */
export interface VoxelLayout {
  /** Byte masks have one array per channel, words one per 32 channels, palette indices one in all. */
  readonly kind: "masks" | "words" | "indices";
  readonly arrays: number;
  readonly bytesPerVoxel: 1 | 2 | 4;
}

export const maskLayout = ({ channels }: Block) =>
  ({ kind: "masks", arrays: channels, bytesPerVoxel: 1 }) as const;

export const wordLayout = ({ words }: Block) => ({ kind: "words", arrays: words, bytesPerVoxel: 4 }) as const;

export const indexLayout = (bytesPerIndex: number) =>
  ({ kind: "indices", arrays: 1, bytesPerVoxel: bytesPerIndex === 2 ? 2 : 1 }) as const;

/** @param bytesPerIndex size of a palette index; has no effect on other layouts */
export function layoutOf(path: PathName, block: Block, bytesPerIndex: number): VoxelLayout {
  switch (path) {
    case "per-channel":
      return maskLayout(block);
    case "bit-packed":
      return wordLayout(block);
    case "label-first":
      return indexLayout(bytesPerIndex);
  }
}

/** Bytes of `voxels` voxels in all arrays. */
export function layoutBytes({ arrays, bytesPerVoxel }: VoxelLayout, voxels: number): number {
  return arrays * voxels * bytesPerVoxel;
}
