/** Compares names that came with the labels, in their file or in a table, with those in dataset.json. */
import type { DatasetDefinition } from "../dataset/dataset-definition.ts";
import { effectiveEntries, labelsIn } from "../dataset/label-entries.ts";
import type { LabelName } from "../volume/label-names.ts";
import { type Finding, finding } from "./finding.ts";
import { list } from "./text.ts";

/**
 * A different name for a number is no contradiction; a name that dataset.json gives to another number is.
 * Regions of several labels have no number to compare.
 */
export function contradictingNames(
  definition: DatasetDefinition,
  labelNames: readonly LabelName[],
): Finding[] {
  const written = effectiveEntries(definition).flatMap(({ name, value }) => {
    const labels = labelsIn(value);
    const [label] = labels;
    return label !== undefined && labels.length === 1 ? [{ name, label }] : [];
  });
  const labelOf = new Map(written.map(({ name, label }) => [bare(name), label]));
  const wrong = labelNames
    .filter(({ name, value }) => (labelOf.get(bare(name)) ?? value) !== value)
    .toSorted((a, b) => a.value - b.value);
  if (wrong.length === 0) return [];
  const names = new Set(wrong.map(({ name }) => bare(name)));
  const values = new Set(wrong.map(({ value }) => value));
  const meant = written.filter(({ name, label }) => names.has(bare(name)) || values.has(label));
  const said = (named: readonly (readonly [number, string])[]) =>
    list(named.map(([label, name]) => `${label} “${name}”`));
  const inFile = said(wrong.map(({ value, name }) => [value, name]));
  const inDefinition = said(
    meant.map(({ label, name }) => [label, name] as const).toSorted(([a], [b]) => a - b),
  );
  return [
    finding(
      "warning",
      "names-contradict",
      titleOf(wrong, labelOf),
      `The names that came with the labels are ${inFile}, but dataset.json has ${inDefinition}. nnU-Net uses only the numbers and the names in ` +
        "dataset.json, so if the label file is right, it learns these structures under each other's names. Check which is right and correct the other.",
      { regions: meant.map(({ name }) => name), labels: wrong.map(({ value }) => value) },
    ),
  ];
}

function titleOf(wrong: readonly LabelName[], labelOf: ReadonlyMap<string, number>): string {
  const [first] = wrong;
  return first && wrong.length === 1
    ? `“${first.name}” came with label ${first.value}, not ${labelOf.get(bare(first.name))}`
    : `${wrong.length} names came with other labels than in dataset.json`;
}

/** The name in lower case, without punctuation and with American spelling. */
function bare(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, "")
    .replaceAll("tumour", "tumor");
}
