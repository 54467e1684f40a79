/** Describes the image behind the masks. */
import { type Backwards, FORWARD, type Grid, type Triple, transposeGrid } from "../geometry/grid.ts";
import { transposeArray } from "../geometry/transpose.ts";

/** The grey image behind the masks. */
export interface ImageVolume {
  readonly grid: Grid;
  /** Slope and intercept applied; C order over `grid.shape`. NaN where there is no image. */
  readonly data: Float32Array;
  /** Smallest and largest value, ignoring NaN. */
  readonly min: number;
  readonly max: number;
  /** Number of NaN voxels in the file itself, not counting infinite ones; omitted if there are none. */
  readonly nan?: number;
}

/**
 * The same image with its array axes reordered: new axis a is old axis `axes[a]`, reversed if `backwards[a]`.
 */
export function transposeImage(
  image: ImageVolume,
  axes: Triple,
  backwards: Backwards = FORWARD,
): ImageVolume {
  return {
    ...image,
    grid: transposeGrid(image.grid, axes, backwards),
    data: transposeArray(image.data, image.grid.shape, axes, backwards),
  };
}
