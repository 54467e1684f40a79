/** Builds definitions for tests. */
import type { DatasetDefinition, LabelEntry } from "../dataset/dataset-definition.ts";

/**
 * A definition as the reader of dataset.json returns it. Takes pairs instead of an object for repeated keys.
 */
export function definitionOf(
  labels: Readonly<Record<string, unknown>> | readonly (readonly [string, unknown])[],
  regionsClassOrder: readonly unknown[] | null = null,
): DatasetDefinition {
  const pairs = Array.isArray(labels) ? labels : Object.entries(labels);
  return {
    keys: ["channel_names", "labels", "regions_class_order", "numTraining", "file_ending"],
    labels: pairs.map(([name, value]): LabelEntry => ({ name, value, text: JSON.stringify(value) })),
    regionsClassOrder,
    channels: { key: "channel_names", members: [{ name: "0", value: "CT" }], value: { "0": "CT" } },
    channelNames: ["CT"],
    name: "Test",
    fileEnding: ".nii.gz",
    text: "",
    file: "dataset.json",
  };
}
