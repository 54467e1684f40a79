/** Converts a volume from one reader's order and values to another's. */
import { isIdentity } from "../geometry/transpose.ts";
import { asRead } from "../volume/float32.ts";
import { type ImageVolume, transposeImage } from "../volume/image-volume.ts";
import { type PaletteVolume, type Source, transposeSource } from "../volume/palette-volume.ts";
import type { AxisOrder } from "./file-geometry.ts";

/** The axes are z, y, x of the transposed array from the previous reader, not of the file. */
export interface Reordering extends AxisOrder {
  /** Added to every value. */
  readonly addend: number;
}

export function changesNothing({ axes, backwards, addend }: Reordering): boolean {
  return isIdentity(axes, backwards) && addend === 0;
}

/** Masks have no values to add to. */
export function reorderSource(source: Source, { axes, backwards, addend }: Reordering): Source {
  const ordered = transposeSource(source, axes, backwards);
  if (addend === 0 || ordered.kind === "masks") return ordered;
  return { kind: "labels", volume: withAddend(ordered.volume, addend) };
}

/** Adds a bare intercept as one reader does, or removes it again. */
function withAddend(volume: PaletteVolume, addend: number): PaletteVolume {
  const { palette, scaled } = volume;
  if (scaled && scaled.intercept + addend === 0 && scaled.stored.length === palette.length) {
    return { ...volume, palette: Float64Array.from(scaled.stored), scaled: null };
  }
  return {
    ...volume,
    palette: palette.map((value) => asRead(value + addend)),
    scaled: { slope: 1, intercept: addend, stored: [...palette], range: null },
  };
}

export function reorderImage(image: ImageVolume, { axes, backwards, addend }: Reordering): ImageVolume {
  const ordered = transposeImage(image, axes, backwards);
  if (addend === 0) return ordered;
  return {
    grid: ordered.grid,
    data: ordered.data.map((value) => value + addend),
    min: Math.fround(ordered.min + addend),
    max: Math.fround(ordered.max + addend),
  };
}
