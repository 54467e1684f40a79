/** Tests the colours of regions: distance, contrast, and colours that files bring. */
import { describe, expect, test } from "vitest";
import { labDistance, labFromRgb, linearFromSrgb, type Rgb, rgbFromLab } from "../../base/oklab.ts";
import { seenBy, VISIONS } from "./color-vision.ts";
import { hexFromRgb, regionColor, regionColors } from "./region-colors.ts";

const GROUND: Rgb = [0x10 / 255, 0x14 / 255, 0x18 / 255];
const COLORS = Array.from({ length: 300 }, (_, i) => regionColor(i));

describe("region colours", () => {
  test.each(VISIONS)("neighbours differ clearly with %s vision", (vision) => {
    const seen = COLORS.slice(0, 120).map((color) => labFromRgb(seenBy(vision, color)));
    for (const apart of [1, 2])
      seen.slice(apart).forEach((lab, i) => {
        expect(labDistance(lab, seen[i] ?? lab), `colours ${i} and ${i + apart}`).toBeGreaterThan(0.09);
      });
  });

  test("no two of 300 look the same", () => {
    const labs = COLORS.map(labFromRgb);
    labs.forEach((a, i) => {
      for (const b of labs.slice(i + 1)) expect(labDistance(a, b)).toBeGreaterThan(0.02);
    });
  });

  test("all are legible on the dark background (WCAG AA)", () => {
    for (const color of COLORS) expect(contrast(color, GROUND)).toBeGreaterThan(4.5);
  });

  test("do not depend on which one is computed first", () => {
    expect(regionColor(5)).toEqual(COLORS[5]);
    expect(hexFromRgb(regionColor(0))).toBe("#56c5f0");
  });

  test("a region of one label takes the file's colour, lightened if too dark to see", () => {
    const region = (labels: readonly number[]) => ({ name: "r", labels, classOrder: null, ignore: false });
    const named = (value: number, color: Rgb | null) => ({ value, name: "n", color });
    const [own, several, dark, without] = regionColors(
      [region([1]), region([1, 2]), region([2]), region([3])],
      [named(1, [0.9, 0.8, 0.1]), named(2, [0, 0, 0.2]), named(3, null)],
    );
    expect(own).toEqual([0.9, 0.8, 0.1]);
    expect(several).toEqual(regionColor(1));
    expect(dark && contrast(dark, GROUND)).toBeGreaterThan(3);
    expect(without).toEqual(regionColor(3));
  });

  test("a region of several labels takes the first colour among its labels that no other region has", () => {
    const region = (labels: readonly number[]) => ({ name: "r", labels, classOrder: null, ignore: false });
    const [red, green, blue] = [
      [0.9, 0.3, 0.3],
      [0.4, 0.9, 0.4],
      [0.5, 0.6, 1],
    ] as const;
    const given = [red, green, blue].map((color, i) => ({ value: i + 1, name: "n", color }));
    const colors = regionColors([[1, 2, 3], [2, 3], [1], [3, 2], [1, 4]].map(region), given);
    expect(colors).toEqual([green, blue, red, regionColor(3), regionColor(4)]);
  });
});

test("masks take the file's colours by channel, lightened if too dark to see", () => {
  const masks = ["a", "b", "c"].map((name) => ({ name, labels: [], classOrder: null, ignore: false }));
  const [own, without, dark] = regionColors(masks, [], [[0.9, 0.8, 0.1], null, [0, 0, 0.2]]);
  expect(own).toEqual([0.9, 0.8, 0.1]);
  expect(without).toEqual(regionColor(1));
  expect(dark && contrast(dark, GROUND)).toBeGreaterThan(3);
});

test("converting sRGB to OKLab and back gives the same colour", () => {
  const rgb: Rgb = [0.2, 0.6, 0.9];
  rgbFromLab(labFromRgb(rgb)).forEach((c, i) => {
    expect(c).toBeCloseTo(rgb[i] ?? 0, 5);
  });
});

/** Relative luminance from WCAG 2, 0..1. */
function luminance(rgb: Rgb): number {
  return 0.2126 * linearFromSrgb(rgb[0]) + 0.7152 * linearFromSrgb(rgb[1]) + 0.0722 * linearFromSrgb(rgb[2]);
}

/** Contrast ratio of WCAG 2, 1..21. */
function contrast(a: Rgb, b: Rgb): number {
  const [x, y] = [luminance(a), luminance(b)];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}
