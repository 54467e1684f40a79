/**
 * Represents repairs of label files as data, so that a recommended rewrite can be tried before it is shown.
 */
import type { DatasetDefinition, LabelEntry } from "../dataset/dataset-definition.ts";
import { effectiveEntries, hasRegions } from "../dataset/label-entries.ts";
import { valueText } from "../volume/float32.ts";
import { list } from "./text.ts";

/** Writes `to` in place of `from`, in every label file. */
export interface Rewrite {
  readonly from: number;
  readonly to: number;
}

export interface ValueRepair {
  readonly rewrites: readonly Rewrite[];
  /** The accompanying change to dataset.json; omitted if it stays the same. */
  readonly definition?: DefinitionChange;
}

/**
 * ignore: the single ignore label becomes `value` · add: `labels` join regions, or become entries if there
 * are no regions · renumber: the same rewrites apply to labels and regions_class_order.
 */
type DefinitionChange =
  | { readonly kind: "ignore"; readonly value: number }
  | { readonly kind: "add"; readonly labels: readonly number[] }
  | { readonly kind: "renumber" };

/** A value and the number of its voxels. */
export interface Counted {
  readonly value: number;
  readonly voxels: number;
}

/** The values of a volume after a repair, ascending. */
export function rewritten(labels: readonly Counted[], rewrites: readonly Rewrite[]): Counted[] {
  const newValue = new Map(rewrites.map(({ from, to }) => [from, to]));
  const voxels = new Map<number, number>();
  for (const label of labels) {
    const value = newValue.get(label.value) ?? label.value;
    voxels.set(value, (voxels.get(value) ?? 0) + label.voxels);
  }
  return [...voxels].map(([value, count]) => ({ value, voxels: count })).sort((a, b) => a.value - b.value);
}

/** The definition after a repair, with entries as nnU-Net's parser reads them; its text is unchanged. */
export function redefined(
  definition: DatasetDefinition,
  { rewrites, definition: change }: ValueRepair,
): DatasetDefinition {
  const { regionsClassOrder } = definition;
  const labels = effectiveEntries(definition);
  switch (change?.kind) {
    case undefined:
      return definition;
    case "ignore":
      return {
        ...definition,
        labels: [...labels.filter(({ name }) => name !== "ignore"), entry("ignore", change.value)],
      };
    case "add":
      return { ...definition, labels: withLabels(labels, change.labels) };
    case "renumber": {
      const newValue = new Map(rewrites.map(({ from, to }) => [from, to]));
      return {
        ...definition,
        labels: labels.map(({ name, value }) => entry(name, renumbered(value, newValue))),
        regionsClassOrder: regionsClassOrder?.map((value) => renumbered(value, newValue)) ?? null,
      };
    }
  }
}

function entry(name: string, value: unknown): LabelEntry {
  return { name, value, text: JSON.stringify(value) };
}

/**
 * Nobody knows which regions the labels belong to, so this tries the first, which is the largest if parents
 * come first.
 */
function withLabels(entries: readonly LabelEntry[], labels: readonly number[]): LabelEntry[] {
  const isRegion = ({ name, value }: LabelEntry) =>
    name !== "ignore" && Array.isArray(value) && value.length > 1;
  const first = hasRegions(entries) ? entries.findIndex(isRegion) : -1;
  if (first < 0) return [...entries, ...labels.map((label) => entry(`label ${label}`, label))];
  return entries.map((old, i) => (i === first ? entry(old.name, [old.value, labels].flat()) : old));
}

function renumbered(value: unknown, newValue: ReadonlyMap<number, number>): unknown {
  if (Array.isArray(value)) return value.map((part: unknown) => renumbered(part, newValue));
  return typeof value === "number" ? (newValue.get(value) ?? value) : value;
}

/** Numbers ascending labels `first`, `first` + 1 and so on; omits those that keep their number. */
export function numberedFrom(first: number, labels: readonly number[]): Rewrite[] {
  return labels.map((from, i) => ({ from, to: first + i })).filter(({ from, to }) => from !== to);
}

/** "3 for 4" · "1 for 205, 2 for 420, 3 for 500 and 4 more" */
export function rewritesText(rewrites: readonly Rewrite[], most = 4): string {
  return list(
    rewrites.map(({ from, to }) => `${valueText(to)} for ${valueText(from)}`),
    most,
  );
}
