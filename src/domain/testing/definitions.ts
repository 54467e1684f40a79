import type { DatasetDefinition, LabelEntry } from "../dataset-definition.ts";

/** A definition as the reader of dataset.json gives it. Pairs instead of an object where keys repeat. */
export function definitionOf(
  labels: Readonly<Record<string, unknown>> | readonly (readonly [string, unknown])[],
  regionsClassOrder: readonly unknown[] | null = null,
): DatasetDefinition {
  const pairs = Array.isArray(labels) ? labels : Object.entries(labels);
  return {
    labels: pairs.map(([name, value]): LabelEntry => ({ name, value, text: JSON.stringify(value) })),
    regionsClassOrder,
    channelNames: ["CT"],
    name: "Test",
    fileEnding: ".nii.gz",
    text: "",
    file: "dataset.json",
  };
}
