/** True at most once in so many ms, and not at once: limits how often progress is reported. */
export function paced(everyMs: number): () => boolean {
  let lastMs = performance.now();
  return () => {
    const nowMs = performance.now();
    if (nowMs - lastMs < everyMs) return false;
    lastMs = nowMs;
    return true;
  };
}
