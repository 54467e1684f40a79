/** Colours that the viewers share, sRGB 0..1. */
import type { Rgb } from "../../base/oklab.ts";

function rgb(hex: number): Rgb {
  return [(hex >> 16) / 255, ((hex >> 8) & 255) / 255, (hex & 255) / 255];
}

/** Background between tiles, and in place of missing rows and columns. */
export const GAP_COLOR = rgb(0x0b0e12);
/** Inside a tile, outside the volume. */
export const OUTSIDE_COLOR = rgb(0x141920);
/** Inside the volume, where there is no image. */
export const GROUND_COLOR = rgb(0x2b313a);
export const CROSSHAIR_COLOR = rgb(0xd6c48a);
export const CROSSHAIR_ALPHA = 0.45;
/** Stripes over voxels whose label changes in the round trip. */
export const HATCH_COLOR = rgb(0xff5d5d);
/** Border around a training patch. */
export const PATCH_COLOR = rgb(0xe8edf4);
/** Brightness outside the patch. */
export const BEYOND_PATCH = 0.4;
