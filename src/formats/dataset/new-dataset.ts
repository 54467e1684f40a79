/** Creates a dataset.json for a label volume without one. */
import type { DatasetDefinition } from "../../domain/dataset/dataset-definition.ts";
import type { RegionForm } from "../../domain/masks/label-map.ts";
import { parseDataset } from "./dataset.ts";

interface NewDataset {
  readonly name?: string | null;
  /**
   * nnU-Net chooses the normalisation by these names: a special one for “CT”, z-score for everything else.
   */
  readonly channelNames?: readonly string[];
  readonly cases?: number;
  readonly fileEnding?: string;
  /** nnU-Net class that reads the volumes, to override nnU-Net's own choice. */
  readonly readerWriter?: string | null;
  /** Label of voxels that belong to no region and are excluded from the loss; the highest label. */
  readonly ignore?: number | null;
}

/**
 * Creates the definition that nnU-Net needs for a volume: background, then one entry for every integer label
 * above 0.
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
 * Creates the definition of a label map made of masks: background, then its regions in their order, with
 * `regions_class_order`. If no region has several labels, nnU-Net trains on labels, and there is no order.
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

/** Names with a special meaning to nnU-Net. */
const OWN_NAMES: ReadonlySet<string> = new Set(["background", "ignore"]);

/** In upper case nnU-Net takes it for a region's name, but human readers do not. */
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

/** Formats an object in the given sequence; a JavaScript object would put numeric names first. */
function block(pairs: readonly Entry[]): string {
  const lines = pairs.map(([key, value]) => `        ${JSON.stringify(key)}: ${json(value)}`);
  return lines.length === 0 ? "{}" : `{\n${lines.join(",\n")}\n    }`;
}

/** Formats lists on one line, as a person writes them. */
function json(value: string | number | readonly number[]): string {
  return typeof value === "object" ? `[${value.join(", ")}]` : JSON.stringify(value);
}

function freeName(wanted: string, taken: Set<string>, isReserved = (_: string) => false): string {
  let name = wanted;
  for (let n = 2; taken.has(name) || isReserved(name); n++) name = `${wanted} ${n}`;
  taken.add(name);
  return name;
}
