/** Defines a finding on a dataset: one statement on its cases together, and which of them it is about. */
import { formatCount, plural } from "../../base/format-numbers.ts";
import { groupBy } from "../../base/group-by.ts";
import type { Finding } from "../findings/finding.ts";
import { type CaseFacts, namesOf } from "./dataset-facts.ts";

export interface DatasetFinding extends Finding {
  /** Names, in the order of the checked cases; empty for what concerns the dataset as a whole. */
  readonly cases: readonly string[];
  /** Names of the folds it is about; omitted where folds do not matter. */
  readonly folds?: readonly string[];
}

export function ofCases(
  found: Finding,
  cases: readonly string[],
  folds: readonly string[] = [],
): DatasetFinding {
  return folds.length > 0 ? { ...found, cases, folds } : { ...found, cases };
}

/** The names of the cases that have each item, in order; items in order of first appearance. */
export function casesByItem<T>(
  cases: readonly CaseFacts[],
  itemsOf: (one: CaseFacts) => readonly T[],
): ReadonlyMap<T, readonly string[]> {
  const each = cases.flatMap((one) => [...new Set(itemsOf(one))].map((item) => ({ item, name: one.name })));
  return new Map([...groupBy(each, ({ item }) => item)].map(([item, those]) => [item, namesOf(those)]));
}

/** What is so in the same cases, which one finding can say. */
interface Alike<T> {
  readonly items: readonly T[];
  readonly cases: readonly string[];
}

/** Joins items that are about the same cases; leaves out those that are about none. */
export function alike<T>(items: readonly T[], casesOf: (item: T) => readonly string[]): Alike<T>[] {
  const withCases = items.map((item) => ({ item, cases: casesOf(item) }));
  const groups = groupBy(
    withCases.filter(({ cases }) => cases.length > 0),
    ({ cases }) => JSON.stringify(cases),
  );
  return [...groups.values()].map((group) => ({
    items: group.map(({ item }) => item),
    cases: group[0]?.cases ?? [],
  }));
}

/** "3 of 30 cases" */
export function shareText(n: number, of: number): string {
  return `${formatCount(n)} of ${plural(of, "case")}`;
}
