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

/**
 * Like {@link memo}, but keeps the newest result of each key, for results that are needed again when the
 * state returns to that key. Null without a key.
 */
export function memoPer<S, K extends object, const I extends readonly unknown[], R>(
  key: (state: S) => K | null,
  inputs: (state: S) => I,
  compute: (key: K, ...values: I) => R,
): (state: S) => R | null {
  const known = new WeakMap<K, { readonly values: I; readonly result: R }>();
  return (state) => {
    const at = key(state);
    if (at === null) return null;
    const values = inputs(state);
    const last = known.get(at);
    if (last && sameValues(values, last.values)) return last.result;
    const result = compute(at, ...values);
    known.set(at, { values, result });
    return result;
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
