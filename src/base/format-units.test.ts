/** Tests the formatting of times, ratios, bytes and shares. */
import { expect, test } from "vitest";
import {
  formatFigure,
  formatMiB,
  formatMs,
  formatRatio,
  formatSeconds,
  formatShare,
  formatTime,
  formatTimes,
} from "./format-units.ts";

test("times have about three significant digits, grouped, without exponents; below 0.1 ms they are in µs or ns", () => {
  const times = [0.142, 0.0000013, 0.001, 0.042, 3.2549, 32.549, 418.4, 12_345.6, Number.NaN];
  expect(times.map(formatMs)).toEqual([
    "0.142",
    "1.30 ns",
    "1.00 µs",
    "42.0 µs",
    "3.25",
    "32.5",
    "418",
    "12,346",
    "–",
  ]);
});

test("ratios, bytes, seconds and shares are written with their unit", () => {
  expect([2.5, 18.24, 960].map(formatTimes)).toEqual(["2.50×", "18.2×", "960×"]);
  expect([formatTime(0.042), formatTime(3.1), formatTime(418)]).toEqual(["42.0 µs", "3.10 ms", "418 ms"]);
  expect([formatMiB(65_011_712), formatMiB(104_858)]).toEqual(["62.0 MiB", "0.10 MiB"]);
  expect([formatMiB(34_406), formatMiB(0)]).toEqual(["33.6 KiB", "0 MiB"]);
  expect([formatSeconds(57.04), formatSeconds(400.4)]).toEqual(["57.0 s", "400 s"]);
  expect(formatShare(0.505)).toBe("51 %");
});

test("an upper bound is written as one, both as a time and as a ratio", () => {
  const figure = { median: 2, p25: 1.5, p75: 2.25, resolutionMs: 0.01, atMost: false };
  expect(formatFigure(figure)).toBe("2.00 (1.50–2.25)");
  expect(formatFigure({ ...figure, median: 0.0013, atMost: true })).toBe("< 1.30 µs");
  expect(formatRatio({ kind: "exact", times: 18.24 })).toBe("18.2×");
  expect(formatRatio({ kind: "more", times: 12 })).toBe("more than 12.0×");
  expect(formatRatio({ kind: "less", times: 0.5 })).toBe("less than 0.500×");
  expect(formatRatio({ kind: "unknown" })).toBe("not known");
});
