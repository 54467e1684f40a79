/**
 * Returns true at most once per interval, and not in the first one: limits how often progress is reported.
 */
export function paced(everyMs: number): () => boolean {
  let lastMs = performance.now();
  return () => {
    const nowMs = performance.now();
    if (nowMs - lastMs < everyMs) return false;
    lastMs = nowMs;
    return true;
  };
}
