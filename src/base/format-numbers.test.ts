/** Tests the formatting of counts, factors, positions and weights. */
import { expect, test } from "vitest";
import {
  formatCountShort,
  formatExactMm,
  formatFactors,
  formatFactorsShort,
  formatGrey,
  formatMl,
  formatValue,
  formatWeight,
  formatWord,
  plural,
} from "./format-numbers.ts";

test("factors are written as fractions, also anisotropic ones", () => {
  expect(formatFactors([1, 2, 4])).toBe("1×½×¼");
  expect(formatFactors([1, 16, 32])).toBe("1×¹⁄₁₆×¹⁄₃₂");
  expect(formatFactorsShort([8, 8, 8])).toBe("⅛");
  expect(formatFactorsShort([1, 2, 2])).toBe("1×½×½");
});

test("a copied position has four decimals of a mm, and never reads -0", () => {
  expect([-0.00001, 12.34567, -7].map(formatExactMm)).toEqual(["0.0000", "12.3457", "-7.0000"]);
  expect(formatExactMm(-0.0001)).toBe("-0.0001");
});

test("numbers keep their significant digits", () => {
  expect([0, 927, 60_703, 1_048_576, 157_286_400].map(formatCountShort)).toEqual([
    "0",
    "927",
    "60.7K",
    "1.05M",
    "157M",
  ]);
  expect([1638.9, 9.72, 0.2412, 0.0031].map(formatMl)).toEqual(["1,639", "9.72", "0.24", "0.003"]);
  expect([formatWeight(0.57142), formatWeight(Number.NaN)]).toEqual([".571", "undefined"]);
  expect([0, 5.3333e-7, 1 / 255, 1].map(formatWeight)).toEqual([".000", "5e-7", ".004", "1.000"]);
  expect([formatValue(284), formatValue(0.012345), formatValue(614454277)]).toEqual([
    "284",
    "0.01235",
    "614454277",
  ]);
  expect(formatWord(0x80000001)).toBe("80000001");
  expect([plural(1, "voxel"), plural(1200, "voxel")]).toEqual(["1 voxel", "1,200 voxels"]);
});

test("grey values are whole, unless the window is so narrow that all would be the same", () => {
  expect([formatGrey(400, 400), formatGrey(-39.6, 400), formatGrey(10, 10)]).toEqual(["400", "-40", "10"]);
  expect([formatGrey(1, 1), formatGrey(0.5, 1), formatGrey(-0.001, 1)]).toEqual(["1", "0.5", "0"]);
  expect([formatGrey(0.0123456, 0.002), formatGrey(7.25, 5)]).toEqual(["0.01235", "7.25"]);
});
