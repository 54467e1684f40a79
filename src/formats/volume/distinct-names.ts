/**
 * Makes names distinct, because regions are identified by name: appends a mark to shared names, as in "rib
 * (2)".
 */
export function withDistinctNames<T extends { readonly name: string }>(
  named: readonly T[],
  suffixOf: (one: T, index: number) => number,
): T[] {
  const uses = new Map<string, number>();
  for (const { name } of named) uses.set(name, (uses.get(name) ?? 0) + 1);
  return named.map((one, i) =>
    (uses.get(one.name) ?? 0) > 1 ? { ...one, name: `${one.name} (${suffixOf(one, i)})` } : one,
  );
}
