/** Tests ΔE2000 against the pairs that its authors publish. */
import { expect, test } from "vitest";
import { type CieLab, cieLabFromRgb, colorDifference } from "./color-difference.ts";

/**
 * Sharma, Wu and Dalal, 2005, table 1: hue differences, low chroma, hues across 0°, and large differences.
 */
const PAIRS: readonly (readonly [CieLab, CieLab, number])[] = [
  [[50, 2.6772, -79.7751], [50, 0, -82.7485], 2.0425],
  [[50, -1, 2], [50, 0, 0], 2.3669],
  [[50, 2.49, -0.001], [50, -2.49, 0.0009], 7.1792],
  [[50, 2.49, -0.001], [50, -2.49, 0.0011], 7.2195],
  [[50, 2.5, 0], [50, 0, -2.5], 4.3065],
  [[50, 2.5, 0], [73, 25, -18], 27.1492],
  [[50, 2.5, 0], [58, 24, 15], 19.4535],
  [[60.2574, -34.0099, 36.2677], [60.4626, -34.1751, 39.4387], 1.2644],
  [[22.7233, 20.0904, -46.694], [23.0331, 14.973, -42.5619], 2.0373],
  [[90.8027, -2.0831, 1.441], [91.1528, -1.6435, 0.0447], 1.4441],
  [[2.0776, 0.0795, -1.135], [0.9033, -0.0636, -0.5514], 0.9082],
];

test.each(PAIRS)("%j and %j differ by %d", (a, b, difference) => {
  expect(colorDifference(a, b)).toBeCloseTo(difference, 4);
  expect(colorDifference(b, a)).toBeCloseTo(difference, 4);
});

test("sRGB colours have the CIELAB values of D65", () => {
  const close = (lab: CieLab, expected: CieLab) =>
    lab.forEach((value, i) => {
      expect(value).toBeCloseTo(expected[i] ?? 0, 1);
    });
  close(cieLabFromRgb([1, 1, 1]), [100, 0, 0]);
  close(cieLabFromRgb([1, 0, 0]), [53.24, 80.09, 67.2]);
  close(cieLabFromRgb([0, 0, 1]), [32.3, 79.19, -107.86]);
});
