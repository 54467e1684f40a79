/** Tests that a voxel of the page is found in the files, however a reader or the plans reorder its axes. */
import { describe, expect, test } from "vitest";
import { type Grid, type Triple, worldFromVoxel } from "../geometry/grid.ts";
import { type CaseGeometry, type FileGeometry, gridBy } from "../reader/file-geometry.ts";
import { READERS } from "../reader/reader.ts";
import { placeInFiles } from "./place-in-files.ts";

/** Array axes k, j, i: i runs to the left, j to the feet, k backwards. */
const GRID: Grid = { shape: [3, 4, 5], toWorld: [0, 0, -2, 30, -1.5, 0, 0, 12, 0, -3, 0, 40] };

function fileOf(grid: Grid): FileGeometry {
  const placement = {
    grid,
    from: "sform",
    spacing: [1.5, 3, 2],
    refusal: null,
    intercept: 0,
    notices: [],
  } as const;
  return { file: "a.nii", codes: null, unoriented: false, unit: null, itk: placement, nibabel: placement };
}

const geometry = (reader: CaseGeometry["reader"], image: Grid | null): CaseGeometry => ({
  reader,
  chosen: null,
  firstImage: null,
  labels: fileOf(GRID),
  moreLabels: [],
  image: image && fileOf(image),
});

const TRANSPOSES: readonly Triple[] = [
  [0, 1, 2],
  [2, 1, 0],
  [1, 2, 0],
];

describe.each(READERS)("a case of %s", (reader) => {
  test.each(TRANSPOSES)("transposed by %j, %j, %j", (...transpose) => {
    const shown = gridBy(fileOf(GRID), reader, transpose);
    for (let k = 0; k < 3; k++)
      for (let j = 0; j < 4; j++)
        for (let i = 0; i < 5; i++) {
          const mm = worldFromVoxel(GRID, [k, j, i]);
          const at = voxelOf(shown, mm);
          const found = placeInFiles(geometry(reader, null), transpose, at);
          expect(found.mm).toEqual(mm);
          expect(found.cursor).toEqual([i + 1, j + 1, k + 1]);
        }
  });
});

/** The only voxel at a position. */
function voxelOf(grid: Grid, mm: Triple): Triple {
  for (let a = 0; a < grid.shape[0]; a++)
    for (let b = 0; b < grid.shape[1]; b++)
      for (let c = 0; c < grid.shape[2]; c++)
        if (String(worldFromVoxel(grid, [a, b, c])) === String(mm)) return [a, b, c];
  throw new Error("No voxel is there.");
}

test("an image on another grid has the voxel at the same position, or its nearest", () => {
  const image: Grid = { shape: [30, 30, 30], toWorld: [0, 0, 1, 10, 0, 1, 0, 0, 1, 0, 0, 20] };
  const of = (voxel: Triple) => placeInFiles(geometry("SimpleITKIO", image), [0, 1, 2], voxel).cursor;
  // R 26, A 12, S 37: 16, 12 and 17 steps from the image's first voxel.
  expect(of([0, 1, 2])).toEqual([17, 13, 18]);
  // A 9: the image begins at 0 and ends at 29.
  expect(of([2, 3, 0])).toEqual([21, 10, 12]);
  const small = { ...image, shape: [5, 5, 5] as Triple };
  expect(placeInFiles(geometry("SimpleITKIO", small), [0, 1, 2], [0, 1, 2]).cursor).toEqual([5, 5, 5]);
});
