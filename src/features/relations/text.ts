/** Writes the relations of regions as text. */
import { formatCount, plural } from "../../base/format-numbers.ts";
import { labelText } from "../../domain/dataset/label-text.ts";
import type { LabelDifference, Relation, Relations } from "../../domain/dataset/relations.ts";

/** Relation of the row's region to the column's. */
export const RELATION_TEXT: Readonly<Record<Relation, string>> = {
  identical: "identical",
  contains: "contains",
  inside: "is inside",
  overlaps: "overlaps",
  disjoint: "disjoint",
};

/** "spine is inside skeleton: 21,446 of 60,703 voxels shared, Dice 0.52" */
export function relationSentence(
  relations: Relations,
  a: number,
  b: number,
  names: { readonly a: string; readonly b: string },
): string {
  const unit = relations.unit === "labels" ? "label" : "voxel";
  const [ofA, ofB, both] = [relations.sizeOf(a), relations.sizeOf(b), relations.both(a, b)];
  if (a === b) return `${names.a} has ${plural(ofA, unit)}`;
  const dice = `Dice ${formatDice(relations.dice(a, b))}`;
  switch (relations.relation(a, b)) {
    case "identical":
      return `${names.a} and ${names.b} have the same ${plural(both, unit)}`;
    case "contains":
      return `${names.a} contains ${names.b}: ${formatCount(both)} of ${plural(ofA, unit)} shared, ${dice}`;
    case "inside":
      return `${names.a} is inside ${names.b}: ${formatCount(both)} of ${plural(ofB, unit)} shared, ${dice}`;
    case "overlaps":
      return `${names.a} overlaps ${names.b}: ${formatCount(both)} of ${formatCount(ofA)} and of ${plural(ofB, unit)} shared, ${dice}`;
    case "disjoint":
      return disjointSentence(ofA, ofB, names, unit);
  }
}

function disjointSentence(
  ofA: number,
  ofB: number,
  names: { readonly a: string; readonly b: string },
  unit: string,
): string {
  const share = unit === "voxel" ? "do not overlap" : "share no label";
  return `${names.a} (${plural(ofA, unit)}) and ${names.b} (${plural(ofB, unit)}) ${share}`;
}

/** "0.52"; "1" and "0" only for exact values. */
export function formatDice(dice: number | null): string {
  if (dice === null) return "undefined";
  if (dice === 0 || dice === 1) return String(dice);
  const text = dice.toFixed(2);
  return text === "0.00" ? "< 0.01" : text === "1.00" ? "> 0.99" : text;
}

/** Labels that differ: "in both: 15, 16 · only in skeleton: 14, 17, 18" */
export function differenceText(
  { both, onlyA, onlyB }: LabelDifference,
  names: { readonly a: string; readonly b: string },
): string {
  return [
    ["in both", both] as const,
    [`only in ${names.a}`, onlyA] as const,
    [`only in ${names.b}`, onlyB] as const,
  ]
    .filter(([, labels]) => labels.length > 0)
    .map(([where, labels]) => `${where}: ${labelText(labels)}`)
    .join(" · ");
}
