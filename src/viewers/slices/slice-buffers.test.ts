/** The number of tints per invocation. */
import { expect, test } from "vitest";
import { voxelsPerInvocation } from "./slice-buffers.ts";

test("an invocation composites eight voxels with few layers, and fewer where its loops would get too long", () => {
  expect(voxelsPerInvocation(0, 1)).toBe(8);
  expect(voxelsPerInvocation(73, 3)).toBe(8);
  for (const layers of [1, 73, 900, 1001, 2000, 5000, 8000]) {
    const words = Math.ceil(layers / 32);
    expect(voxelsPerInvocation(layers, words)).toBeGreaterThanOrEqual(1);
    expect(voxelsPerInvocation(layers, words) * (1 + words + 2 * layers)).toBeLessThanOrEqual(16_384);
  }
  // With more layers the loop is longer, but still within the limit of the strictest known driver.
  for (const layers of [9842, 30_000]) expect(1 + Math.ceil(layers / 32) + 2 * layers).toBeLessThan(65_535);
});
