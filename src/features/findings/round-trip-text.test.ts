/** Tests of the sentence for a lossless round trip. */
import { expect, it } from "vitest";
import { losslessWords } from "./round-trip-text.ts";

it("claims no more voxels than have labels", () => {
  const words = (...values: number[]) => losslessWords(values).words;
  expect(words(0, 1, 2)).toBe("All 2 labels come back: writing the regions in order restores every voxel.");
  expect(words(0, 7)).toBe("The label comes back: writing the regions in order restores every voxel.");
  expect(words(-1, 0, 1, 2)).toMatch(/^All 2 labels come back: .* every voxel that has one\.$/);
  expect(words(0, 1.5, 3)).toMatch(/^The label comes back: .* every voxel that has one\.$/);
  expect(losslessWords([0])).toEqual({
    words: "This case has no label besides background: nothing has to come back.",
    hasLabels: false,
  });
  expect(losslessWords([0, 0.5])).toMatchObject({ hasLabels: false });
  expect(words(-1, 0)).toMatch(/^No value of this case besides background is a label/);
});
