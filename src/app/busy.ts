/** Promises that count as work of the page, and failures that it shows. */

import { errorMessage } from "../base/errors.ts";
import { showError } from "../state/actions/case-actions.ts";
import { workEnded, workStarted } from "../state/actions/gpu-actions.ts";

/** The page is not idle before the promise settles. */
export async function busyWhile<T>(work: () => Promise<T>): Promise<T> {
  workStarted();
  try {
    return await work();
  } finally {
    workEnded();
  }
}

interface FailureOptions {
  /** A failure after its abort is not shown. */
  readonly signal?: AbortSignal;
  /** The sentence to show; by default the message of the error. */
  readonly sentence?: (why: string) => string;
  /** Shows the sentence; by default as an error of the page. */
  readonly show?: (sentence: string) => void;
}

/** Runs work that nothing waits for; if it fails, the page shows why. */
export function inBackground(act: () => Promise<unknown>, options: FailureOptions = {}): void {
  settledOrShown(act, options).catch(() => undefined);
}

/** Like {@link inBackground}, but the page is not idle before it settles. */
export function workInBackground(work: () => Promise<unknown>, options: FailureOptions = {}): void {
  busyWhile(() => settledOrShown(work, options)).catch(() => undefined);
}

async function settledOrShown(
  act: () => Promise<unknown>,
  { signal, sentence = (why) => why, show = showError }: FailureOptions,
): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (!signal?.aborted) show(sentence(errorMessage(error)));
  }
}

/** Loads a script on first use, and again after a failure. */
export function fetchedOnce<T>(fetch: () => Promise<T>): () => Promise<T> {
  let fetched: Promise<T> | null = null;
  return () => {
    fetched ??= busyWhile(fetch).catch((error: unknown) => {
      fetched = null;
      throw error;
    });
    return fetched;
  };
}
