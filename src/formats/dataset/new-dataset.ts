/** A dataset.json for a label volume that has none. */
import type { DatasetDefinition } from "../../domain/dataset/dataset-definition.ts";
import type { RegionForm } from "../../domain/masks/label-map.ts";
import { parseDataset } from "./dataset.ts";

interface NewDataset {
  readonly name?: string | null;
  /** nnU-Net normalises by these names: “CT” in a way of its own, everything else by z-score. */
  readonly channelNames?: readonly string[];
  readonly cases?: number;
  readonly fileEnding?: string;
  /** The class of nnU-Net that is to read the volumes, where its own choice is not wanted. */
  readonly readerWriter?: string | null;
  /** The label of voxels that are in no region and left out of the loss: the highest. */
  readonly ignore?: number | null;
}

/**
 * The definition that nnU-Net would need for a volume: background, then every whole label above 0, each an
 * entry of its own.
 * @param labels the volume's labels with their names; equal names are numbered
 */
export function newDefinition(
  labels: readonly { readonly value: number; readonly name: string }[],
  dataset: NewDataset = {},
): DatasetDefinition {
  const taken = new Set(OWN_NAMES);
  const entries = labels
    .filter(({ value }) => Number.isInteger(value) && value > 0)
    .toSorted((a, b) => a.value - b.value)
    .map(({ value, name: wanted }) => [freeName(wanted.trim() || `label ${value}`, taken), value] as const);
  return written(entries, null, dataset);
}

/**
 * The definition of a label map that was made of masks: background, then its regions in their order, with
 * `regions_class_order`. Where no region has several labels nnU-Net trains on labels, and there is no order.
 */
export function definitionOfForm({ regions }: RegionForm, dataset: NewDataset = {}): DatasetDefinition {
  const taken = new Set(OWN_NAMES);
  const entries = regions.map(({ name, labels }, i): Entry => {
    const [label] = labels;
    const value = labels.length === 1 && label !== undefined ? label : labels;
    return [freeName(name.trim() || `mask ${i + 1}`, taken, isLikeIgnore), value];
  });
  const order = regions.some(({ labels }) => labels.length > 1) ? regions.map(({ writes }) => writes) : null;
  const { ignore = null } = dataset;
  return written(ignore === null ? entries : [...entries, ["ignore", ignore]], order, dataset);
}

type Entry = readonly [string, string | number | readonly number[]];

/** Names that mean something of their own to nnU-Net. */
const OWN_NAMES: ReadonlySet<string> = new Set(["background", "ignore"]);

/** In upper case it is the name of a region to nnU-Net, and to nobody who reads it. */
const isLikeIgnore = (name: string) => name.toLowerCase() === "ignore";

function written(
  entries: readonly Entry[],
  order: readonly number[] | null,
  {
    name = null,
    channelNames = ["image"],
    cases = 1,
    fileEnding = ".nii.gz",
    readerWriter = null,
  }: NewDataset,
): DatasetDefinition {
  const channels = channelNames.map((channel, i) => [String(i), channel] as const);
  const members = [
    ...(name === null ? [] : [`"name": ${JSON.stringify(name)}`]),
    `"channel_names": ${block(channels)}`,
    `"labels": ${block([["background", 0], ...entries])}`,
    ...(order === null ? [] : [`"regions_class_order": ${json(order)}`]),
    `"numTraining": ${cases}`,
    `"file_ending": ${JSON.stringify(fileEnding)}`,
    ...(readerWriter === null ? [] : [`"overwrite_image_reader_writer": ${JSON.stringify(readerWriter)}`]),
  ];
  return parseDataset(`{\n    ${members.join(",\n    ")}\n}\n`, "dataset.json");
}

/** An object, in the sequence given: JavaScript's own would put names that are numbers first. */
function block(pairs: readonly Entry[]): string {
  const lines = pairs.map(([key, value]) => `        ${JSON.stringify(key)}: ${json(value)}`);
  return lines.length === 0 ? "{}" : `{\n${lines.join(",\n")}\n    }`;
}

/** Lists on one line, as a person writes them. */
function json(value: string | number | readonly number[]): string {
  return typeof value === "object" ? `[${value.join(", ")}]` : JSON.stringify(value);
}

function freeName(wanted: string, taken: Set<string>, isReserved = (_: string) => false): string {
  let name = wanted;
  for (let n = 2; taken.has(name) || isReserved(name); n++) name = `${wanted} ${n}`;
  taken.add(name);
  return name;
}
