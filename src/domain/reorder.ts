/** What turns a volume as one reader gives it into the same volume as another reader gives it. */
import type { AxisOrder } from "./file-geometry.ts";
import { type ImageVolume, transposeImage } from "./image-volume.ts";
import { type Source, transposeSource } from "./palette-volume.ts";
import { isIdentity } from "./transpose.ts";

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
  const { volume } = ordered;
  return { kind: "labels", volume: { ...volume, palette: volume.palette.map((value) => value + addend) } };
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
