/** Tests how long work is split into time slices and aborted. */
import { afterEach, expect, test, vi } from "vitest";
import { inTimeSlices, mapSteps, timeSlice } from "./time-slice.ts";

afterEach(() => vi.restoreAllMocks());

/** Steps that each advance an otherwise stopped clock by a millisecond. */
function* counting(to: number, tick: () => void) {
  for (let n = 1; n <= to; n++) {
    tick();
    yield n;
  }
  return "done";
}

function stillClock() {
  let nowMs = 0;
  vi.spyOn(performance, "now").mockImplementation(() => nowMs);
  return () => {
    nowMs++;
  };
}

test("work runs in time slices, with a pause and a report of the last step between them", async () => {
  const tick = stillClock();
  const ends: number[] = [];
  const pause = vi.fn(async () => undefined);
  const options = { sliceMs: 4, pause, onSlice: (n: number) => ends.push(n) };
  expect(await inTimeSlices(counting(10, tick), options)).toBe("done");
  expect([ends, pause.mock.calls.length]).toEqual([[4, 8], 2]);
});

test("an abort takes effect before the first time slice and between time slices", async () => {
  const tick = stillClock();
  const abort = new AbortController();
  const { signal } = abort;
  const steps = vi.fn(tick);
  const pause = async () => abort.abort();
  const aborted = { name: "AbortError" };
  await expect(inTimeSlices(counting(10, steps), { signal, sliceMs: 3, pause })).rejects.toMatchObject(
    aborted,
  );
  await expect(inTimeSlices(counting(10, steps), { signal })).rejects.toMatchObject(aborted);
  expect(steps).toHaveBeenCalledTimes(3);
});

test("a loop waits for the next task only when its time slice is used up", async () => {
  const tick = stillClock();
  const pause = timeSlice(2);
  const tasks = vi.spyOn(globalThis, "setTimeout");
  for (let n = 0; n < 5; n++) {
    tick();
    await pause();
  }
  expect(tasks).toHaveBeenCalledTimes(2);
});

test("work inside other work has its steps changed, not its value", () => {
  const work = mapSteps(
    counting(3, () => undefined),
    (n) => n / 4,
  );
  const steps = [work.next(), work.next(), work.next(), work.next()];
  expect(steps.map(({ value }) => value)).toEqual([0.25, 0.5, 0.75, "done"]);
});
