/** Tests of when the background verification starts, waits and stops. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { definitionOf, volumeOf } from "../../domain/testing/small-case.ts";
import { caseOpened } from "../../state/actions/case-actions.ts";
import { countsArrived, workEnded, workStarted } from "../../state/actions/gpu-actions.ts";
import { useStore } from "../../state/store.ts";
import { caseOf } from "../../state/testing/test-case.ts";
import { benchmarkInWorker } from "../../workers/benchmark.ts";
import { BackgroundVerification } from "./background-verification.ts";

vi.mock("../../workers/benchmark.ts", () => ({ benchmarkInWorker: vi.fn() }));
const compare = vi.mocked(benchmarkInWorker);
const IDENTICAL = {
  adapter: { vendor: "", architecture: "", description: "", software: false },
  regionVoxels: [[5, 3]],
  mismatches: 0,
  extent: { channels: 2, of: 2, randomParts: null },
};
/** Longer than the delay before the check. */
const LONG_MS = 3000;

const initial = useStore.getInitialState();
const state = useStore.getState;
let verification: BackgroundVerification;

/** Opens a case as if it had been drawn and counted. */
function openCounted(): void {
  caseOpened({
    openCase: caseOf(volumeOf([2, 2, 2], [0, 1, 1, 2, 2, 2, 0, 0])),
    definition: definitionOf({ background: 0, whole: [1, 2], core: 2 }, [1, 2]),
    plans: null,
    notices: [],
  });
  useStore.setState({ gpu: { ...state().gpu, status: "ready" } as typeof initial.gpu, path: "bit-packed" });
  countsArrived([[5, 3]]);
}

beforeEach(() => {
  vi.useFakeTimers();
  compare.mockReset().mockResolvedValue(IDENTICAL);
  verification = new BackgroundVerification();
  openCounted();
});
afterEach(() => {
  verification.dispose();
  useStore.setState(initial, true);
  vi.useRealTimers();
});

test("the open case is verified once, after a moment of rest", async () => {
  verification.consider();
  expect(compare).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(LONG_MS);
  expect(compare).toHaveBeenCalledTimes(1);
  expect(state().verified?.mismatches).toBe(0);
  expect(state().busy).toBe(0);
  verification.consider();
  await vi.advanceTimersByTimeAsync(LONG_MS);
  expect(compare).toHaveBeenCalledTimes(1);
});

test("every drawn frame and any work of the page postpone it", async () => {
  for (let i = 0; i < 20; i++) {
    verification.consider();
    await vi.advanceTimersByTimeAsync(300);
  }
  expect(compare).not.toHaveBeenCalled();
  workStarted();
  await vi.advanceTimersByTimeAsync(2 * LONG_MS);
  expect(compare).not.toHaveBeenCalled();
  workEnded();
  await vi.advanceTimersByTimeAsync(LONG_MS);
  expect(compare).toHaveBeenCalledTimes(1);
});

test("a benchmark cancels it, and it runs again afterwards", async () => {
  let signal: AbortSignal | undefined;
  compare.mockImplementationOnce((_job, _listeners, given) => {
    signal = given;
    return new Promise((_, reject) => given.addEventListener("abort", () => reject(new Error("given up"))));
  });
  verification.consider();
  await vi.advanceTimersByTimeAsync(LONG_MS);
  expect(signal?.aborted).toBe(false);
  useStore.setState({ benchmarkRun: { fraction: 0, step: "reading the clocks" } });
  expect(signal?.aborted).toBe(true);
  await vi.advanceTimersByTimeAsync(2 * LONG_MS);
  expect(compare).toHaveBeenCalledTimes(1);
  useStore.setState({ benchmarkRun: null });
  await vi.advanceTimersByTimeAsync(LONG_MS);
  expect(compare).toHaveBeenCalledTimes(2);
  expect(state().verified?.mismatches).toBe(0);
});

test("opening another case discards a running verification", async () => {
  let signal: AbortSignal | undefined;
  compare.mockImplementationOnce((_job, _listeners, given) => {
    signal = given;
    return new Promise(() => undefined);
  });
  verification.consider();
  await vi.advanceTimersByTimeAsync(LONG_MS);
  openCounted();
  expect(signal?.aborted).toBe(true);
  expect(state().verified).toBeNull();
});
