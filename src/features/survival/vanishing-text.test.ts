/** Tests the text of the marks over the grid's tiles. */
import { expect, test } from "vitest";
import { CAPTION_METRICS, markText, moreText } from "./vanishing-text.ts";

test("further components are counted, as at least so many if not all are listed", () => {
  expect(moreText(1234, false)).toBe("and 1,234 more");
  expect(moreText(3, true)).toBe("and at least 3 more");
});

test("a mark's caption is shorter in a narrow tile, and always fits into it", () => {
  expect([160, 80].map(markText)).toEqual(["no voxel here", "no voxel"]);
  for (const width of [80, 100, 125, 200])
    expect(CAPTION_METRICS.of(width)[0]).toBeLessThanOrEqual(width - 2);
});
