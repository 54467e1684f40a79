/** Tests quantiles and quartiles. */
import { expect, test } from "vitest";
import { quantile, quartiles } from "./statistics.ts";

test.each([
  [[5], { p25: 5, median: 5, p75: 5 }],
  [[1, 2], { p25: 1.25, median: 1.5, p75: 1.75 }],
  [[4, 1, 3, 2], { p25: 1.75, median: 2.5, p75: 3.25 }],
  [[9, 7, 1, 3, 5, 11, 13], { p25: 4, median: 7, p75: 10 }],
  [[10, 9, 100], { p25: 9.5, median: 10, p75: 55 }],
])("quartiles of %j interpolate linearly, as numpy.percentile does", (values, expected) => {
  expect(quartiles(values)).toEqual(expected);
});

test("quartiles sorts a copy of the values, as numbers", () => {
  const values = [100, 20, 3];
  expect(quartiles(values).median).toBe(20);
  expect(values).toEqual([100, 20, 3]);
});

test("quartiles of no values are NaN", () => {
  expect(quartiles([])).toEqual({ median: Number.NaN, p25: Number.NaN, p75: Number.NaN });
});

test("the shares 0 and 1 give the least and the greatest value", () => {
  expect([quantile([1, 2, 8], 0), quantile([1, 2, 8], 1)]).toEqual([1, 8]);
});
