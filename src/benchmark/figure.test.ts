/** When a measured time is a figure and when only a bound. */
import { expect, test } from "vitest";
import { NO_STAGE, ratioOf, stageTiming, sumOf } from "./figure.ts";

const how = { repetitions: 40, roundTripMs: null, clock: "timestamp-query" } as const;
const figure = (median: number, atMost = false) => ({
  median,
  p25: median,
  p75: median,
  resolutionMs: 0.01,
  atMost,
});

test("a time of ten resolutions is a figure; a shorter one gives an upper bound", () => {
  expect(stageTiming([0.9, 1, 1.2], { ...how, resolutionMs: 0.1 })).toMatchObject({
    median: 1,
    atMost: false,
  });
  const short = stageTiming([0.2, 0.3, 0.4], { ...how, resolutionMs: 0.1 });
  expect(short.atMost).toBe(true);
  expect(short.median).toBeCloseTo(0.35 + 0.1, 12);
});

test("a time that the clock cannot see is below its resolution, never zero", () => {
  expect(stageTiming([0, 0, 0], { ...how, resolutionMs: 0.0013 })).toMatchObject({
    median: 0.0013,
    atMost: true,
  });
  expect(stageTiming([-0.4, -0.1, -0.2], { ...how, resolutionMs: 0.5 })).toMatchObject({
    median: 0.5,
    p25: 0.5,
  });
  expect(stageTiming([-0.4, 1, 1.1], { ...how, resolutionMs: 0.01 }).p25).toBeGreaterThan(0);
});

test("a measurement that may include more than the stage is a bound, however long it is", () => {
  const shown = stageTiming([5, 6, 7], { ...how, resolutionMs: 0.01, onlyBound: true });
  expect(shown).toMatchObject({ median: 6.51, atMost: true, clock: "timestamp-query" });
  expect(shown).not.toHaveProperty("onlyBound");
});

test("a path without a stage has no figure for it", () => {
  expect(stageTiming([], { ...how, repetitions: 0, resolutionMs: 0.1 })).toBe(NO_STAGE);
});

test("sums add up the medians shown beside them", () => {
  const a = stageTiming([1, 2, 9], { ...how, resolutionMs: 0.01 });
  const b = stageTiming([5, 6, 7], { ...how, resolutionMs: 0.01 });
  expect(sumOf([a, b, NO_STAGE])).toMatchObject({ median: 8, resolutionMs: 0.02, atMost: false });
  const bound = stageTiming([0], { ...how, resolutionMs: 0.05 });
  expect(sumOf([a, bound]).atMost).toBe(false);
  expect(sumOf([bound, bound])).toMatchObject({ median: 0.1, atMost: true });
});

test("a ratio with one bound is a bound; with two it is unknown", () => {
  expect(ratioOf(figure(6), figure(2))).toEqual({ kind: "exact", times: 3 });
  expect(ratioOf(figure(6), figure(2, true))).toEqual({ kind: "more", times: 3 });
  expect(ratioOf(figure(6, true), figure(2))).toEqual({ kind: "less", times: 3 });
  expect(ratioOf(figure(6, true), figure(2, true))).toEqual({ kind: "unknown" });
  expect(ratioOf(figure(6), figure(0))).toEqual({ kind: "unknown" });
});
