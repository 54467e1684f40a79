/** A long computation on the page's thread, a few milliseconds at a time, so that frames and keys fit in between. */

const STEP_MS = 7;

/** @throws the signal's reason when aborted */
export async function inSteps<T>(work: Generator<unknown, T>, signal: AbortSignal): Promise<T> {
  for (;;) {
    const end = performance.now() + STEP_MS;
    do {
      const step = work.next();
      if (step.done) return step.value;
    } while (performance.now() < end);
    await new Promise((resolve) => setTimeout(resolve));
    signal.throwIfAborted();
  }
}
