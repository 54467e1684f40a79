import { expect, test } from "vitest";
import { formatMiB, formatMs, formatRatio, formatSeconds, formatShare } from "./format.ts";

test("three significant digits or so, grouped, never an exponent", () => {
  expect([0, 0.001, 0.042, 3.2549, 32.549, 418.4, 12_345.6, Number.NaN].map(formatMs)).toEqual([
    "0.00",
    "< 0.01",
    "0.04",
    "3.25",
    "32.5",
    "418",
    "12,346",
    "–",
  ]);
});

test("ratios, bytes, seconds and shares carry their unit", () => {
  expect([formatRatio(2.5), formatRatio(18.24), formatRatio(960)]).toEqual(["2.50×", "18.2×", "960×"]);
  expect([formatMiB(65_011_712), formatMiB(104_857)]).toEqual(["62.0 MiB", "0.10 MiB"]);
  expect([formatSeconds(57.04), formatSeconds(400.4)]).toEqual(["57.0 s", "400 s"]);
  expect(formatShare(0.505)).toBe("51 %");
});
