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
  const channels = channelNames.map((channel, i) => [String(i), channel] as const);
  const members = [
    ...(name === null ? [] : [`"name": ${JSON.stringify(name)}`]),
    `"channel_names": ${block(channels)}`,
    `"labels": ${block([["background", 0], ...entries])}`,
    `"numTraining": ${cases}`,
    `"file_ending": ${JSON.stringify(fileEnding)}`,
  ];
  return parseDataset(`{\n    ${members.join(",\n    ")}\n}\n`, "dataset.json");
}

/** An object, in the sequence given: JavaScript's own would put names that are numbers first. */
function block(pairs: readonly (readonly [string, string | number])[]): string {
  const lines = pairs.map(([key, value]) => `        ${JSON.stringify(key)}: ${JSON.stringify(value)}`);
  return lines.length === 0 ? "{}" : `{\n${lines.join(",\n")}\n    }`;
}

function freeName(wanted: string, taken: Set<string>): string {
  let name = wanted;
  for (let n = 2; taken.has(name); n++) name = `${wanted} ${n}`;
  taken.add(name);
  return name;
}
