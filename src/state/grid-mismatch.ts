import { orientationCode, sameGrid, spacingMm } from "../domain/grid.ts";
import { sourceGrid } from "../domain/palette-volume.ts";
import type { OpenCase } from "./case-slice.ts";

/** How the image's grid differs from the labels', or null if they agree or there is no image. */
export function gridMismatch(openCase: OpenCase): string | null {
  if (!openCase.image) return null;
  const [image, labels] = [openCase.image.grid, sourceGrid(openCase.source)];
  if (sameGrid(image, labels)) return null;
  const described = (grid: typeof image) =>
    `${grid.shape.join("×")} voxels of ${spacingMm(grid)
      .map((mm) => Number(mm.toFixed(3)))
      .join("×")} mm, ${orientationCode(grid)}`;
  const [a, b] = [described(image), described(labels)];
  return a === b
    ? `image and labels have ${a}, at different places`
    : `the image has ${a}; the labels have ${b}`;
}
