/** Counts the labels of a file on the training grid. */
import type { PaletteVolume } from "../volume/palette-volume.ts";

/**
 * The labels of the file, with 0 voxels where resampling or the cast lost them. nnU-Net's loader turns the -1
 * that preprocessing writes outside the image into background, so it counts as 0 here.
 *
 * @param stored the labels of the file, ascending
 */
export function trainedLabels(
  stored: readonly { readonly value: number }[],
  { palette, counts }: PaletteVolume,
): readonly { readonly value: number; readonly voxels: number }[] {
  const voxels = new Map([...palette].map((value, entry) => [value, counts[entry] ?? 0]));
  const of = (value: number) => voxels.get(value) ?? 0;
  return stored.map(({ value }) => ({
    value,
    voxels: value === 0 ? of(0) + of(-1) : value === -1 ? 0 : of(value),
  }));
}
