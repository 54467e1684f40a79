/** Tests the histogram of an image. */
import { expect, test } from "vitest";
import { histogramOf } from "./histogram.ts";

test("values are counted in bins of equal width with both ends, and NaN is not counted", () => {
  const data = Float32Array.of(0, 0, 1, 2.5, 4, 4, Number.NaN);
  const { counts, step } = histogramOf({ data, min: 0, max: 4 }, 4);
  expect([...counts]).toEqual([2, 1, 1, 2]);
  expect(step).toBe(1);
});

test("an image of one value has all voxels in the first bin", () => {
  expect([...histogramOf({ data: Float32Array.of(7, 7), min: 7, max: 7 }, 3).counts]).toEqual([2, 0, 0]);
});

test("a large image is counted in part, spread evenly over it", () => {
  const data = Float32Array.from({ length: 1_000_000 }, (_, i) => i % 10);
  const { counts, step } = histogramOf({ data, min: 0, max: 9 }, 10);
  const seen = counts.reduce((a, b) => a + b, 0);
  expect(seen).toBe(Math.ceil(data.length / step));
  for (const count of counts) expect(count / seen).toBeCloseTo(0.1, 2);
});
