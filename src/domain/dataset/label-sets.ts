/** Two regions compared by their labels; `labelRelations` compares all of them at once. */
import type { Region } from "./region-set.ts";

const SETS = new WeakMap<Region, ReadonlySet<number>>();

/** The distinct labels of a region, made once. */
export function labelSet(region: Region): ReadonlySet<number> {
  const known = SETS.get(region);
  if (known) return known;
  const made = new Set(region.labels);
  SETS.set(region, made);
  return made;
}

/** Whether every label of `inner` is in `outer`, which holds more. A region without labels is within none. */
export function isWithin(inner: Region, outer: Region): boolean {
  const few = labelSet(inner);
  const many = labelSet(outer);
  return few.size > 0 && few.size < many.size && isSubset(few, many);
}

export function isSame(a: Region, b: Region): boolean {
  return labelSet(a).size === labelSet(b).size && isSubset(labelSet(a), labelSet(b));
}

function isSubset(few: ReadonlySet<number>, many: ReadonlySet<number>): boolean {
  for (const label of few) if (!many.has(label)) return false;
  return true;
}
