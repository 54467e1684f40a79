/** Compares two regions by their labels; `labelRelations` compares all regions at once. */
import type { Region } from "./region-set.ts";

const SETS = new WeakMap<Region, ReadonlySet<number>>();

/** The distinct labels of a region, cached. */
export function labelSet(region: Region): ReadonlySet<number> {
  const known = SETS.get(region);
  if (known) return known;
  const made = new Set(region.labels);
  SETS.set(region, made);
  return made;
}

export function isSame(a: Region, b: Region): boolean {
  return labelSet(a).size === labelSet(b).size && isSubset(labelSet(a), labelSet(b));
}

function isSubset(few: ReadonlySet<number>, many: ReadonlySet<number>): boolean {
  for (const label of few) if (!many.has(label)) return false;
  return true;
}
