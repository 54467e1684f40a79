import { type Backwards, FORWARD, type Grid, type Triple, transposeGrid } from "../geometry/grid.ts";
import { transposeArray } from "../geometry/transpose.ts";

/** The grey image behind the masks. */
export interface ImageVolume {
  readonly grid: Grid;
  /** Slope and intercept applied; C order over `grid.shape`. NaN where there is no image. */
  readonly data: Float32Array;
  /** Smallest and largest number, NaN left out. */
  readonly min: number;
  readonly max: number;
  /** Voxels that are NaN in the file itself, infinite ones left out; left out where there are none. */
  readonly nan?: number;
}

/**
 * The same image with its array axes reordered: new axis a is old axis `axes[a]`, from its end where
 * `backwards[a]`.
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
