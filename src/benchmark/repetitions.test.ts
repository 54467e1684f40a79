/** How often a stage is repeated, and which time stamps are believed. */
import { describe, expect, test } from "vitest";
import {
  agreesWithWall,
  BUDGET_MS,
  doubles,
  growsAsWall,
  MAX_REPETITIONS,
  MIN_SPAN_MS,
  nextRepetitions,
  quantumOf,
  type Span,
  STEPS_PER_SPAN,
  smallestStep,
} from "./repetitions.ts";

const FLOORED_MS = 0.065536;

describe("the step of a clock", () => {
  test("stamps floored by a browser have the browser's step, wherever they start", () => {
    const stamps = [7n, 7n + 65_536n, 7n + 5n * 65_536n, 7n + 5n * 65_536n, 7n + 8n * 65_536n];
    expect(quantumOf(stamps)).toBe(65_536n);
  });

  test("stamps of a GPU that ticks every 40 ns have a step of 40; whole nanoseconds have 1", () => {
    expect(quantumOf([1000n, 1080n, 1120n, 5000n])).toBe(40n);
    expect(quantumOf([1000n, 1003n, 1007n])).toBe(1n);
  });

  test("stamps that were never written do not count; equal stamps give no step", () => {
    expect(quantumOf([0n, 131_072n, 0n, 262_144n])).toBe(131_072n);
    expect(quantumOf([0n, 0n])).toBeNull();
    expect(quantumOf([5n, 5n, 5n])).toBeNull();
    expect(quantumOf([])).toBeNull();
  });

  test("a clock of tenths of a millisecond, in floating point", () => {
    expect(smallestStep([0.1, 0.1, 0.2, 0.30000000000000004, 0.5])).toBeCloseTo(0.1, 9);
    expect(smallestStep([3, 3, 3])).toBeNull();
  });
});

/**
 * A stage that takes `stageMs` per run by the GPU's clock and `wallMs` by the wall clock, plus an overhead.
 */
function chosen(stageMs: number, wallMs: number, stepMs: number): Span {
  const measure = (repetitions: number): Span => ({
    repetitions,
    spanMs: Math.floor((stageMs * repetitions) / stepMs) * stepMs,
    wallMs: 1 + wallMs * repetitions,
  });
  let span = measure(1);
  for (;;) {
    const next = nextRepetitions(span, { stepMs });
    if (next === null) return span;
    expect(next).toBeGreaterThan(span.repetitions);
    span = measure(next);
  }
}

describe("repetitions", () => {
  test.each([0.0005, 0.005, 0.08, 0.3, 2, 40])(
    "a stage of %f ms is known within 3 %% by floored stamps",
    (ms) => {
      const span = chosen(ms, ms, FLOORED_MS);
      expect(span.spanMs).toBeGreaterThanOrEqual(STEPS_PER_SPAN * FLOORED_MS);
      expect(span.spanMs / span.repetitions / ms).toBeGreaterThan(0.97);
      expect(span.spanMs / span.repetitions / ms).toBeLessThanOrEqual(1);
    },
  );

  test("a long stage runs once", () => {
    expect(chosen(3.4, 3.4, FLOORED_MS).repetitions).toBe(1);
  });

  test("even with a clock of nanoseconds, spans are long compared with the cost of a pass", () => {
    expect(chosen(0.001, 0.001, 1e-6).spanMs).toBeGreaterThanOrEqual(MIN_SPAN_MS);
  });

  test("repetitions stop growing when the wall clock says that they take too long", () => {
    const span = chosen(0.0002, 0.5, FLOORED_MS);
    expect(span.spanMs).toBeLessThan(STEPS_PER_SPAN * FLOORED_MS);
    expect(span.wallMs).toBeLessThanOrEqual(BUDGET_MS + 1);
    expect(span.wallMs).toBeGreaterThan(BUDGET_MS / 4);
  });

  test("there are never more repetitions than a command buffer should hold or than are requested", () => {
    expect(chosen(1e-7, 1e-6, FLOORED_MS).repetitions).toBe(MAX_REPETITIONS);
    expect(nextRepetitions({ repetitions: 3, spanMs: 0, wallMs: 1 }, { stepMs: 0.1, most: 4 })).toBe(4);
    expect(nextRepetitions({ repetitions: 4, spanMs: 0, wallMs: 1 }, { stepMs: 0.1, most: 4 })).toBeNull();
  });
});

describe("stamps that cannot be believed", () => {
  const span = (repetitions: number, spanMs: number): Span => ({ repetitions, spanMs, wallMs: 100 });

  test("runs whose time grows in proportion are believed, even if not exactly twice as many were made", () => {
    expect(doubles(span(10, 4), span(20, 8.3), 0.01)).toBe(true);
    expect(doubles(span(10, 4), span(15, 6), 0.01)).toBe(true);
  });

  test("a span that does not grow, is empty or runs backwards is not believed", () => {
    expect(doubles(span(10, 4), span(20, 4.1), 0.01)).toBe(false);
    expect(doubles(span(10, 4), span(20, 16), 0.01)).toBe(false);
    expect(doubles(span(10, 0), span(20, 4), 0.01)).toBe(false);
    expect(doubles(span(10, -1), span(20, 4), 0.01)).toBe(false);
  });

  test("spans of a few clock steps decide nothing", () => {
    expect(doubles(span(10, 0), span(20, 0.3), 0.1)).toBeNull();
  });

  test("a span of few clock steps may be one step off", () => {
    expect(doubles(span(10, 4), span(20, 11), 1)).toBe(true);
    expect(doubles(span(10, 4), span(20, 11), 0.01)).toBe(false);
    expect(doubles(span(10, 8), span(20, 11), 1)).toBe(true);
    expect(doubles(span(10, 11), span(20, 11), 1)).toBe(false);
  });

  test("stamps that grow like the wall clock are believed, however disturbed the machine is", () => {
    // Read on a machine with another program on each core, with waits of 2.5 ms.
    const once = { repetitions: 616, spanMs: 4.128768, wallMs: 85.5 };
    const twice = { repetitions: 1232, spanMs: 13.238272, wallMs: 271.4 };
    expect(doubles(once, twice, 0.065536)).toBe(false);
    expect(growsAsWall(once, twice, 2.5)).toBe(true);
    expect(growsAsWall(once, { ...twice, spanMs: 4.2 }, 2.5)).toBe(false);
    expect(growsAsWall({ ...once, spanMs: 0 }, twice, 2.5)).toBe(false);
    expect(growsAsWall(once, { ...once, repetitions: 1232 }, 2.5)).toBe(false);
    expect(growsAsWall(once, twice, 40)).toBe(false);
  });

  test("a long span that the wall clock confirms needs no other check", () => {
    expect(agreesWithWall({ repetitions: 1, spanMs: 90, wallMs: 100 }, 1)).toBe(true);
    expect(agreesWithWall({ repetitions: 1, spanMs: 5, wallMs: 100 }, 1)).toBe(false);
    expect(agreesWithWall({ repetitions: 1, spanMs: 120, wallMs: 100 }, 1)).toBe(false);
    expect(agreesWithWall({ repetitions: 1, spanMs: 2, wallMs: 3 }, 1)).toBe(false);
  });
});
