/** Memoised selectors. */

interface MemoOptions<R> {
  /**
   * Returns the previous result, or parts of it, if nothing relevant changed, so that selectors that depend
   * on it need not recompute.
   */
  readonly reuse?: (result: R, before: R) => R;
}

/**
 * Memoises a selector: it recomputes only if an input is a different object (or value) than last time. Keeps
 * only the newest result, because there is one store.
 */
export function memo<S, const I extends readonly unknown[], R>(
  inputs: (state: S) => I,
  compute: (...values: I) => R,
  { reuse = (result) => result }: MemoOptions<R> = {},
): (state: S) => R {
  let last: { readonly values: I; readonly result: R } | null = null;
  return (state) => {
    const values = inputs(state);
    if (last && sameValues(values, last.values)) return last.result;
    const result = compute(...values);
    last = { values, result: last ? reuse(result, last.result) : result };
    return last.result;
  };
}

/** True if two lists of equal length hold the same objects and values. */
export function sameValues(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.every((value, i) => Object.is(value, b[i]));
}

/** For `reuse`: replaces each item that equals the previous one at its index by that one. */
export function sameItems<T>(isSame: (a: T, b: T) => boolean) {
  return (list: readonly T[], before: readonly T[]): readonly T[] =>
    list.map((item, i) => {
      const old = before[i];
      return old !== undefined && isSame(item, old) ? old : item;
    });
}

/** For `reuse`: returns the previous list if all items are equal. */
export function sameList<T>(isSame: (a: T, b: T) => boolean) {
  const shared = sameItems(isSame);
  return (list: readonly T[], before: readonly T[]): readonly T[] =>
    list.length === before.length && shared(list, before).every((item, i) => item === before[i])
      ? before
      : list;
}
