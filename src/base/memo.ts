/**
 * A selector that computes again only when one of its inputs is another object (or value) than last time.
 * The newest result alone is kept: there is one store.
 */
export function memo<S, const I extends readonly unknown[], R>(
  inputs: (state: S) => I,
  compute: (...values: I) => R,
): (state: S) => R {
  let last: { readonly values: I; readonly result: R } | null = null;
  return (state) => {
    const values = inputs(state);
    if (last && values.every((value, i) => Object.is(value, last?.values[i]))) return last.result;
    last = { values, result: compute(...values) };
    return last.result;
  };
}
