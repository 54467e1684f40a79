/** Colours of the grid that belong to no region. Quiet on purpose: colour is for regions. */
type Rgb = readonly [number, number, number];

/** sRGB, 0..1. */
function rgb(hex: number): Rgb {
  return [(hex >> 16) / 255, ((hex >> 8) & 255) / 255, (hex & 255) / 255];
}

/** Between tiles, and where there is no row or column. */
export const GAP_COLOR = rgb(0x0b0e12);
/** In a tile, beside the volume. */
export const OUTSIDE_COLOR = rgb(0x141920);
/** In the volume, where there is no image. */
export const GROUND_COLOR = rgb(0x2b313a);
export const CROSSHAIR_COLOR = rgb(0xd6c48a);
export const CROSSHAIR_ALPHA = 0.45;
/** Stripes over voxels whose label does not come back. */
export const MARK_COLOR = rgb(0xff5d5d);
/** The border of a training patch, drawn around it. */
export const PATCH_COLOR = rgb(0xe8edf4);
/** Brightness of what lies beyond the patch. */
export const BEYOND_PATCH = 0.4;
