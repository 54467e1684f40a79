/** Tests what counts as apart from the rest. */
import { expect, test } from "vitest";
import { apart, medianOf, spread } from "./robust.ts";

test("the deviation is the median one, scaled to that of normally distributed values", () => {
  expect(spread([1, 2, 3, 4, 100])).toEqual({ median: 3, deviation: 1.4826 });
  expect(spread([7])).toEqual({ median: 7, deviation: 0 });
  expect(medianOf([4, 1, 3, 2])).toBe(2.5);
  expect(medianOf([])).toBeNaN();
});

test("values beyond five deviations are apart, by their sign", () => {
  const values = [1, 2, 3, 4, 5, 6, 7, 8, 9];
  // The median is 5 and the deviation 2 × 1.4826.
  const bound = 5 * 2 * 1.4826;
  expect(apart([...values.slice(0, 8), 5 + bound - 0.01], 0)).toEqual(values.map(() => 0));
  expect(apart([...values.slice(0, 8), 5 + bound + 0.01], 0).at(-1)).toBe(1);
  expect(apart([5 - bound - 0.01, ...values.slice(1)], 0)[0]).toBe(-1);
});

test("equal values are compared by the least deviation", () => {
  const equal = Array.from({ length: 9 }, () => 1);
  expect(apart([...equal, 1.24], 0.05).at(-1)).toBe(0);
  expect(apart([...equal, 1.26], 0.05).at(-1)).toBe(1);
});

test("few values have no rest", () => {
  expect(apart([1, 1, 1, 1, 1, 1, 50], 0.1)).toEqual([0, 0, 0, 0, 0, 0, 0]);
  expect(apart([1, 1, 1, 1, 1, 1, 1, 50], 0.1)).toEqual([0, 0, 0, 0, 0, 0, 0, 1]);
  expect(apart([], 0.1)).toEqual([]);
});
