/** Tests what the panel says of a stage that is faster than its limit. */
import { expect, test } from "vitest";
import { belowLimit } from "./explanation.ts";
import { exampleResult } from "./testing/example-result.ts";

test("a stage faster than its limit is commented on, by how its results are written", () => {
  expect(belowLimit(exampleResult())).toBe(null);
  const limits = { copyBytesPerMs: 1, trafficMs: { "bit-packed": { downsample: 0.5, decode: 149 } } };
  expect(belowLimit(exampleResult({ limits, backend: "raster" }))).toMatch(
    /^Below 1×.*no bound.*render passes/,
  );
  expect(belowLimit(exampleResult({ limits, backend: "compute" }))).toMatch(/^Below 1×.*vary/);
  // A stage as fast as its limit is not below it.
  const equal = { ...limits, trafficMs: { "bit-packed": { downsample: 2, decode: 140 } } };
  expect(belowLimit(exampleResult({ limits: equal }))).toBe(null);
});
