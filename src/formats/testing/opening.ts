/** Opens files in tests and reads the results. */
import type { MaskStack, PaletteVolume, Source } from "../../domain/volume/palette-volume.ts";
import type { InputFile, OpenOptions } from "../bytes/input-file.ts";
import { type Opened, openFiles } from "../intake/open.ts";

/** Opens files like a dialog, without progress. */
export function open(files: readonly InputFile[], options: OpenOptions = {}): Promise<Opened> {
  return openFiles(files, options, () => {});
}

/** Returns the label volume of an opening, or fails. */
export function labelsOf({ source }: { source: Source | null }): PaletteVolume {
  if (source?.kind !== "labels") throw new Error(`Expected labels, got ${source?.kind ?? "nothing"}.`);
  return source.volume;
}

/** Returns the masks of an opening, or fails. */
export function stackOf({ source }: { source: Source | null }): MaskStack {
  if (source?.kind !== "masks") throw new Error(`Expected masks, got ${source?.kind ?? "nothing"}.`);
  return source.stack;
}

/** Values of all voxels, in C order. */
export function valuesOf(volume: PaletteVolume): number[] {
  return Array.from(volume.indices, (index) => volume.palette[index] ?? Number.NaN);
}

/** Values and their numbers of voxels. */
export function countsOf(volume: PaletteVolume): [number, number][] {
  return Array.from(volume.palette, (value, i) => [value, volume.counts[i] ?? Number.NaN]);
}
