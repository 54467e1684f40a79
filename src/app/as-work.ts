/** Scripts and other promises that count as work of the page. */
import { useStore } from "../state/store.ts";

/** Counts a promise as work: the page is not idle before it settles. */
export async function asWork<T>(work: () => Promise<T>): Promise<T> {
  const { workStarted, workEnded } = useStore.getState();
  workStarted();
  try {
    return await work();
  } finally {
    workEnded();
  }
}

/** Fetches a script when it is first wanted, and again after a failure. */
export function fetchedOnce<T>(fetch: () => Promise<T>): () => Promise<T> {
  let fetched: Promise<T> | null = null;
  return () => {
    fetched ??= asWork(fetch).catch((error: unknown) => {
      fetched = null;
      throw error;
    });
    return fetched;
  };
}
