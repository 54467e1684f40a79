/** A dataset.json for a label volume that has none. */
import type { DatasetDefinition } from "../domain/dataset-definition.ts";
import { parseDataset } from "./dataset.ts";

export interface NewDataset {
  readonly name?: string | null;
  /** nnU-Net normalises by these names: “CT” in a way of its own, everything else by z-score. */
  readonly channelNames?: readonly string[];
  readonly cases?: number;
  readonly fileEnding?: string;
}

/**
 * The definition that nnU-Net would need for a volume: background, then every whole label above 0, each an entry of its own.
 * @param labels the volume's labels with their names; equal names are numbered
 */
export function newDefinition(
  labels: readonly { readonly value: number; readonly name: string }[],
  { name = null, channelNames = ["image"], cases = 1, fileEnding = ".nii.gz" }: NewDataset = {},
): DatasetDefinition {
  const taken = new Set(["background", "ignore"]);
  const entries = labels
    .filter(({ value }) => Number.isInteger(value) && value > 0)
    .toSorted((a, b) => a.value - b.value)
    .map(({ value, name: wanted }) => [freeName(wanted.trim() || `label ${value}`, taken), value] as const);
  const dataset = {
    ...(name === null ? {} : { name }),
    channel_names: objectOf(channelNames.map((channel, i) => [String(i), channel])),
    labels: "LABELS",
    numTraining: cases,
    file_ending: fileEnding,
  };
  // An object would put names that are numbers first.
  const lines = [["background", 0] as const, ...entries].map(
    ([key, value]) => `        ${JSON.stringify(key)}: ${value}`,
  );
  const text = JSON.stringify(dataset, null, 4).replace('"LABELS"', () => `{\n${lines.join(",\n")}\n    }`);
  return parseDataset(`${text}\n`, "dataset.json");
}

const objectOf = (pairs: readonly (readonly [string, string])[]) => Object.fromEntries(pairs);

function freeName(wanted: string, taken: Set<string>): string {
  let name = wanted;
  for (let n = 2; taken.has(name); n++) name = `${wanted} ${n}`;
  taken.add(name);
  return name;
}
