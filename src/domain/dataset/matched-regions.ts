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
  const names = firstBy(
    b.filter(({ isNamed }) => isNamed),
    nameKey,
  );
  const named = a.map((item) => {
    const other = item.isNamed ? names.get(nameKey(item)) : undefined;
    return other && left.delete(other) ? other : null;
  });
  const values = firstBy(byValue === "never" ? [] : [...left], valueKey);
  const rows = a.map((item, i): MatchedRow<T> => {
    const same = named[i] ?? (item.labels.length > 0 ? values.get(valueKey(item)) : undefined);
    const fits = same && (same === named[i] || byValue === "always" || !item.isNamed || !same.isNamed);
    if (!fits) return { a: item, b: null };
    left.delete(same);
    return { a: item, b: same };
  });
  return [...rows, ...[...left].map((item) => ({ a: null, b: item }))];
}

/**
 * Rows of regions and labels of A against the labels of a file without regions. A region of several labels
 * takes those that the file has of them.
 * @param b one item per label
 */
export function matchLabels(a: readonly Comparable[], b: readonly Comparable[]): readonly MatchedRow[] {
  const held = new Set(b.flatMap(({ labels }) => labels));
  const used = new Set<number>();
  const rows = matchRegions(a, b, "unnamed").map((row): MatchedRow => {
    if (row.b || !row.a || row.a.labels.length < 2) return row;
    const labels = row.a.labels.filter((label) => held.has(label));
    for (const label of labels) used.add(label);
    return labels.length === 0 ? row : { a: row.a, b: { ...row.a, labels } };
  });
  return rows.filter(({ a: item, b: other }) => item || !other?.labels.every((label) => used.has(label)));
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
    .replace(/[^\p{L}\p{N}+]/gu, "");
  return letters || name;
}

const valueKey = ({ labels }: Comparable) => [...new Set(labels)].sort((p, q) => p - q).join();
