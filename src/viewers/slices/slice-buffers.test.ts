/** The number of tints per invocation. */
import { expect, test } from "vitest";
import { compositeRun } from "./slice-buffers.ts";

test("an invocation makes so many tints that its loops end in time, and eight where there are few layers", () => {
  expect(compositeRun(0, 1)).toBe(8);
  expect(compositeRun(73, 3)).toBe(8);
  for (const layers of [1, 73, 900, 1001, 2000, 5000, 8000]) {
    const words = Math.ceil(layers / 32);
    expect(compositeRun(layers, words)).toBeGreaterThanOrEqual(1);
    expect(compositeRun(layers, words) * (1 + words + 2 * layers)).toBeLessThanOrEqual(16_384);
  }
  // With more layers the loop is longer, but still within the limit of the strictest known driver.
  for (const layers of [9842, 30_000]) expect(1 + Math.ceil(layers / 32) + 2 * layers).toBeLessThan(65_535);
});
