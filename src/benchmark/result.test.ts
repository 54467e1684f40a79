/** Which speed-ups a benchmark states. */
import { expect, test } from "vitest";
import { speedups } from "./result.ts";
import { exampleResult } from "./testing/example-result.ts";

const exact = (times: number) => ({ kind: "exact", times });

test("speed-ups are per-channel medians over the packed path's medians", () => {
  expect(speedups(exampleResult())).toEqual({
    loader: { "bit-packed": exact(20), "label-first": exact(100) },
    total: { "bit-packed": exact(2.5), "label-first": exact(2.5) },
  });
});

test("one mismatch withholds every speed-up", () => {
  const verified = { "bit-packed": { mismatches: 0 }, "label-first": { mismatches: 1 } };
  expect(speedups(exampleResult({ verified }))).toBeNull();
});

test("a path that was not compared gives no speed-up", () => {
  expect(speedups(exampleResult({ verified: { "bit-packed": { mismatches: 0 } } }))).toBeNull();
});

test("without per-channel there is no speed-up; without label-first only its ratio is missing", () => {
  const { "per-channel": base, "bit-packed": packed, "label-first": first } = exampleResult().paths;
  if (!base || !packed || !first) throw new Error("the example has all three");
  expect(speedups(exampleResult({ paths: { "bit-packed": packed, "label-first": first } }))).toBeNull();
  expect(speedups(exampleResult({ paths: { "per-channel": base, "bit-packed": packed } }))).toEqual({
    loader: { "bit-packed": exact(20) },
    total: { "bit-packed": exact(2.5) },
  });
});
