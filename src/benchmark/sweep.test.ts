/** Points of a sweep, and where its curves cross. */
import { expect, test } from "vitest";
import { crossing, crossingPoint, SWEEP_CHANNELS, type SweepPoint, sweepPoint } from "./sweep.ts";
import { exampleResult } from "./testing/example-result.ts";

function point(channels: number, base: number, packed: number): SweepPoint {
  const ms = { "per-channel": base, "bit-packed": packed };
  return { channels, loaderMs: ms, totalMs: { ...ms, "per-channel": 0 }, mismatches: 0 };
}

test("a point holds the medians of its benchmark", () => {
  expect(sweepPoint(exampleResult())).toEqual({
    channels: 33,
    loaderMs: { "per-channel": 400, "bit-packed": 20, "label-first": 4 },
    totalMs: { "per-channel": 400, "bit-packed": 160, "label-first": 160 },
    mismatches: 0,
  });
});

test("curves cross where the straight lines between their points cross", () => {
  const points = [point(1, 1, 3), point(3, 3, 3.5), point(7, 7, 4.5)];
  const at = 3 + 4 * (0.5 / 3);
  expect(crossing(points, "per-channel", "bit-packed")).toBeCloseTo(at, 12);
  expect(crossingPoint(points, "per-channel", "bit-packed")?.ms).toBeCloseTo(at, 12);
});

test("a crossing at a point is that point, in any order of points", () => {
  const points = [point(8, 8, 2), point(4, 4, 4), point(1, 1, 5)];
  expect(crossing(points, "per-channel", "bit-packed")).toBe(4);
});

test("with noise, the last change of order counts", () => {
  const points = [point(1, 2, 1), point(2, 1, 2), point(4, 3, 2), point(8, 8, 2)];
  expect(crossing(points, "per-channel", "bit-packed")).toBe(3);
});

test("a path that is always ahead, behind at the end or not measured has no crossing", () => {
  expect(crossing([point(1, 2, 1), point(2, 4, 1)], "per-channel", "bit-packed")).toBeNull();
  expect(crossing([point(1, 2, 1), point(2, 1, 4)], "per-channel", "bit-packed")).toBeNull();
  expect(crossing([point(1, 1, 2), point(2, 4, 1)], "per-channel", "label-first")).toBeNull();
  expect(crossing([point(1, 1, 2), point(2, 4, 1)], "per-channel", "bit-packed", "total")).toBeNull();
  expect(crossing([], "per-channel", "bit-packed")).toBeNull();
});

test("a sweep covers 1 to 96 channels and both sides of each word boundary", () => {
  expect([SWEEP_CHANNELS[0], SWEEP_CHANNELS.at(-1)]).toEqual([1, 96]);
  expect(SWEEP_CHANNELS).toEqual([...SWEEP_CHANNELS].sort((a, b) => a - b));
  for (const edge of [32, 33, 64, 65]) expect(SWEEP_CHANNELS).toContain(edge);
});
