/**
 * A long computation on the page's thread, a few milliseconds at a time, so that frames and keys fit in
 * between.
 */

const TURN_MS = 7;

const nextTask = () => new Promise<unknown>((resolve) => setTimeout(resolve));

/**
 * @param pause between two turns, @param turnMs the most that one takes of the page's thread
 * @throws the signal's reason when aborted
 */
export async function inSteps<T>(
  work: Generator<unknown, T>,
  signal: AbortSignal,
  pause: () => Promise<unknown> = nextTask,
  turnMs = TURN_MS,
): Promise<T> {
  for (;;) {
    const end = performance.now() + turnMs;
    do {
      const step = work.next();
      if (step.done) return step.value;
    } while (performance.now() < end);
    await pause();
    signal.throwIfAborted();
  }
}
