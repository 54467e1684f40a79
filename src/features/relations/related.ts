/** Lists the regions related to one region, sorted for reading. */
import { labelSet } from "../../domain/dataset/label-sets.ts";
import type { Region } from "../../domain/dataset/region-set.ts";
import type { Relation, Relations } from "../../domain/dataset/relations.ts";

export interface Related {
  readonly channel: number;
  readonly relation: Relation;
  /** Number of labels or voxels in both. */
  readonly shared: number;
  readonly dice: number | null;
}

const RANK: Readonly<Record<Relation, number>> = {
  identical: 0,
  contains: 1,
  inside: 2,
  overlaps: 3,
  disjoint: 4,
};

/** Every region that shares something with `a`, by kind of relation, then by falling Dice. */
export function relatedTo(relations: Relations, a: number): Related[] {
  const related: Related[] = [];
  for (let b = 0; b < relations.size; b++) {
    const relation = relations.relation(a, b);
    if (a === b || relation === "disjoint") continue;
    related.push({ channel: b, relation, shared: relations.both(a, b), dice: relations.dice(a, b) });
  }
  return related.sort(
    (x, y) => RANK[x.relation] - RANK[y.relation] || (y.dice ?? 0) - (x.dice ?? 0) || x.channel - y.channel,
  );
}

/** Labels of a region that none of the regions inside it has. */
export function uncovered(
  definitions: readonly Region[],
  channel: number,
  parts: readonly { readonly channel: number }[],
): number[] {
  const whole = definitions[channel];
  if (!whole) return [];
  const covered = new Set(parts.flatMap((part) => definitions[part.channel]?.labels ?? []));
  return [...labelSet(whole)].filter((label) => !covered.has(label));
}
