/** Matches what two files or definitions hold of the same scan: by name, else by value. */

/** A region, a label or a mask of one side. */
export interface Comparable {
  readonly name: string;
  /** Empty for a mask. */
  readonly labels: readonly number[];
  /** False if the name only repeats the label, so that it says nothing about what the label means. */
  readonly isNamed: boolean;
}

/** One row of a comparison; null for a side that lacks it. */
export interface MatchedRow<T extends Comparable = Comparable> {
  readonly a: T | null;
  readonly b: T | null;
}

/**
 * How items match that no name matches: `never`; by equal labels, `always` or `unnamed` only if one of the
 * two has no name, because equal values of two labels with different names mean nothing.
 */
type ByValue = "never" | "always" | "unnamed";

/** The rows of A in their order, then what only B has, in its order. */
export function matchRegions<T extends Comparable>(
  a: readonly T[],
  b: readonly T[],
  byValue: ByValue,
): readonly MatchedRow<T>[] {
  const left = new Set(b);
  const found = new Map<T, T>();
  // The same spelling first: "rib 1_1" is not "rib 11" where both have both.
  for (const key of [({ name }: T) => name, nameKey]) {
    const others = firstBy(
      [...left].filter(({ isNamed }) => isNamed),
      key,
    );
    for (const item of a) {
      const other = item.isNamed && !found.has(item) ? others.get(key(item)) : undefined;
      if (other && left.delete(other)) found.set(item, other);
    }
  }
  const values = firstBy(byValue === "never" ? [] : [...left], valueKey);
  const rows = a.map((item): MatchedRow<T> => {
    const known = found.get(item);
    const same = known ?? (item.labels.length > 0 ? values.get(valueKey(item)) : undefined);
    const fits = same && (known || byValue === "always" || !item.isNamed || !same.isNamed);
    if (!fits) return { a: item, b: null };
    left.delete(same);
    return { a: item, b: same };
  });
  return [...rows, ...[...left].map((item) => ({ a: null, b: item }))];
}

/**
 * Rows of regions and labels of A against the labels of a file without regions. A region of several labels
 * takes what the file has of them: by name where A has a region of one of these labels alone, else by value.
 * @param b one item per label
 */
export function matchLabels(a: readonly Comparable[], b: readonly Comparable[]): readonly MatchedRow[] {
  const matched = matchRegions(a, b, "unnamed");
  const inB = partners(matched, b);
  const used = new Set<number>();
  const rows = matched.map((row): MatchedRow => {
    if (row.b || !row.a || row.a.labels.length < 2) return row;
    const labels = [...new Set(row.a.labels.flatMap(inB))];
    for (const label of labels) used.add(label);
    return labels.length === 0 ? row : { a: row.a, b: { ...row.a, labels } };
  });
  return rows.filter(({ a: item, b: other }) => item || !other?.labels.every((label) => used.has(label)));
}

/**
 * Labels of B that are a label of A. A label that has a row of its own is what that row matched, and a label
 * of B that matched another label of A is not the one with its value.
 */
function partners(
  rows: readonly MatchedRow[],
  b: readonly Comparable[],
): (label: number) => readonly number[] {
  const held = new Set(b.flatMap(({ labels }) => labels));
  const known = new Map<number, readonly number[]>();
  for (const { a: item, b: other } of rows) {
    const [label, ...more] = item?.labels ?? [];
    if (label === undefined || more.length > 0) continue;
    if (other || !known.has(label)) known.set(label, other?.labels ?? []);
  }
  for (const label of [...known.values()].flat()) held.delete(label);
  return (label) => known.get(label) ?? (held.has(label) ? [label] : []);
}

/** True if any of these names would match. */
export function haveCommonName(a: readonly string[], b: readonly string[]): boolean {
  const keys = new Set(a.map((name) => nameKey({ name })));
  return b.some((name) => keys.has(nameKey({ name })));
}

function firstBy<T extends Comparable>(items: readonly T[], key: (item: T) => string): Map<string, T> {
  // In reverse, so that the first of equals wins.
  return new Map(items.map((item) => [key(item), item] as const).reverse());
}

/** Spelling differs between tools: "Left kidney" is "left_kidney". */
function nameKey({ name }: Pick<Comparable, "name">): string {
  const letters = name
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}+]+/gu, " ")
    // What stands between two numbers tells them from one.
    .replace(/(?<!\p{N}) | (?!\p{N})/gu, "");
  return letters || name;
}

const valueKey = ({ labels }: Comparable) => [...new Set(labels)].sort((p, q) => p - q).join();
