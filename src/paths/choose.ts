/** Which path serves a case best, and why, in a sentence that the interface and the report show. */

import { voxelCount } from "../domain/grid.ts";
import type { Source } from "../domain/palette-volume.ts";
import { sourceGrid } from "../domain/palette-volume.ts";
import type { PathName } from "../timing/comparison.ts";
import { bitPacked } from "./bit-packed.ts";
import { labelFirst } from "./label-first.ts";
import { perChannel } from "./per-channel.ts";
import type { TargetPath } from "./target-path.ts";

export const TARGET_PATHS: readonly TargetPath[] = [perChannel, bitPacked, labelFirst];

export function pathNamed(name: PathName): TargetPath {
  const path = TARGET_PATHS.find((p) => p.name === name);
  if (!path) throw new Error(`There is no path named ${name}.`);
  return path;
}

export interface ChosenPath {
  readonly path: PathName;
  readonly reason: string;
}

/**
 * The path that uploads least and that the device can hold; `per-channel` is the fallback.
 *
 * @param maxBindingBytes the device's largest storage binding, which one word or index plane must fit in
 */
export function choosePath(source: Source, channels: number, maxBindingBytes: number): ChosenPath {
  const voxels = voxelCount(sourceGrid(source).shape);
  const words = Math.ceil(channels / 32);
  if (source.kind === "masks") {
    if (channels === 1) {
      return { path: "per-channel", reason: "A single mask has nothing to pack." };
    }
    return voxels * 4 <= maxBindingBytes
      ? {
          path: "bit-packed",
          reason: `${channels} masks that may overlap have no label behind them; packed, they take ${words} ${words === 1 ? "word" : "words"} a voxel instead of ${channels} bytes.`,
        }
      : {
          path: "per-channel",
          reason: "One word a voxel is more than this GPU allows in one binding.",
        };
  }
  const bytes = source.volume.indices.BYTES_PER_ELEMENT;
  const overlap = `${source.volume.palette.length} labels fit ${bytes === 1 ? "one byte" : "two bytes"} a voxel, however the ${channels} ${channels === 1 ? "region overlaps" : "regions overlap"}`;
  return voxels * bytes <= maxBindingBytes
    ? { path: "label-first", reason: `${overlap}.` }
    : { path: "per-channel", reason: "The palette indices are more than this GPU allows in one binding." };
}
