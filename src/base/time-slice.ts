/** Cooperative scheduling: long work gives its thread to frames, keys and messages every few milliseconds. */

const SLICE_MS = 7;

export const nextTask = () => new Promise<unknown>((resolve) => setTimeout(resolve));

interface SliceOptions<Step> {
  readonly signal?: AbortSignal;
  /** Maximum duration of a time slice. */
  readonly sliceMs?: number;
  /** Resolves when the next time slice may start. */
  readonly pause?: () => Promise<unknown>;
  /** Called after each time slice except the last, with its last step. */
  readonly onSlice?: (step: Step) => void;
}

/**
 * Runs a generator in time slices and returns its value.
 * @throws the signal's reason if it fires between two of them
 */
export async function inTimeSlices<Step, T>(
  work: Generator<Step, T>,
  { signal, sliceMs = SLICE_MS, pause = nextTask, onSlice }: SliceOptions<Step> = {},
): Promise<T> {
  for (;;) {
    signal?.throwIfAborted();
    const end = performance.now() + sliceMs;
    let step = work.next();
    while (!step.done && performance.now() < end) step = work.next();
    if (step.done) return step.value;
    onSlice?.(step.value);
    await pause();
  }
}

/** The same work with other steps, for work that is part of a larger one. */
export function* mapSteps<From, To, T>(work: Generator<From, T>, map: (step: From) => To): Generator<To, T> {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
    yield map(step.value);
  }
}

/** For loops that cannot be generators: waits for the next task once the slice is used up. */
export function timeSlice(sliceMs: number): () => Promise<void> {
  let startMs = performance.now();
  return async () => {
    if (performance.now() - startMs < sliceMs) return;
    await nextTask();
    startMs = performance.now();
  };
}
