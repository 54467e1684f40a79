/** Tests the text in the grid's tiles about what vanishes. */
import { expect, test } from "vitest";
import type { ScaleStatus } from "../../domain/analysis/scale-status.ts";
import { CAPTION_METRICS, captionLines, goneText, moreText } from "./vanishing-text.ts";

test("a region vanishes at the first scale without it, and has vanished after it", () => {
  const scaleStatus: ScaleStatus[] = ["present", "sparse", "vanished", "vanished", "vanished"];
  expect([2, 3, 4].map((scale) => goneText(scaleStatus, scale))).toEqual([
    "vanishes at scale 2",
    "vanished at scale 2",
    "vanished at scale 2",
  ]);
});

test("a region that reappears can vanish once more", () => {
  const scaleStatus: ScaleStatus[] = ["present", "vanished", "sparse", "vanished", "vanished"];
  expect([1, 3, 4].map((scale) => goneText(scaleStatus, scale))).toEqual([
    "vanishes at scale 1",
    "vanishes at scale 3",
    "vanished at scale 3",
  ]);
});

test("further components are counted, as at least so many if not all are listed", () => {
  expect(moreText(1234, false)).toBe("and 1,234 more");
  expect(moreText(3, true)).toBe("and at least 3 more");
});

test("a mark's caption takes two lines in a narrow tile, and always fits into it", () => {
  expect(captionLines(3, 160)).toEqual(["vanishes at scale 3"]);
  expect(captionLines(3, 100)).toEqual(["vanishes", "at scale 3"]);
  expect(CAPTION_METRICS.of(3, 160)[1]).toBeLessThan(CAPTION_METRICS.of(3, 100)[1]);
  for (const width of [80, 100, 125, 200])
    expect(CAPTION_METRICS.of(3, width)[0]).toBeLessThanOrEqual(width - 2);
});
