import { useStore } from "../state/store.ts";

/** What waits for a script, say, is work as any other: the page is not at rest until it is done. */
export async function asWork<T>(work: () => Promise<T>): Promise<T> {
  const { workStarted, workEnded } = useStore.getState();
  workStarted();
  try {
    return await work();
  } finally {
    workEnded();
  }
}

/** A script that comes when it is first wanted, and is asked for again where it did not come. */
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
