/** Builds the channels of a dataset, from a definition, label values or masks. */
import { valueText } from "../volume/float32.ts";
import type { LabelName } from "../volume/label-names.ts";
import type { DatasetDefinition, LabelEntry } from "./dataset-definition.ts";
import { effectiveEntries, hasRegions, ignoreEntry, isBackground, labelsIn } from "./label-entries.ts";

/** A named set of labels; each region becomes one channel of the target. */
export interface Region {
  readonly name: string;
  /** The name as written in the definition. */
  readonly labels: readonly number[];
  /** The label that prediction writes for this region; null without a usable entry. */
  readonly classOrder: number | null;
  /** True if this is nnU-Net's ignore label: a mask for the loss that the network does not predict. */
  readonly ignore: boolean;
}

/**
 * Name of the labels other than background that no region has, where the page shows them like a region. They
 * are named otherwise if a region has this name.
 */
export const IN_NO_REGION = "in no region";

/** True for the labels that nnU-Net trains on: background, values below it and fractions are none. */
export const isLabel = (value: number) => value > 0 && Number.isInteger(value);

/** The channels of a dataset, in channel order. */
export interface RegionSet {
  readonly trainsOn: "regions" | "labels";
  readonly regions: readonly Region[];
  /** Each region came as its own mask, so there are no labels. */
  readonly fromMasks: boolean;
}

/**
 * The channels that nnU-Net makes from dataset.json (`LabelManager`, and
 * `ConvertSegmentationToRegionsTransform` for the ignore label at the end). Builds as much as possible and
 * never throws; findings report what nnU-Net rejects. Without regions, each label above 0 gets its own
 * channel, ascending, which is what softmax training learns.
 */
export function regionSetFromDefinition(definition: DatasetDefinition): RegionSet {
  const entries = effectiveEntries(definition);
  const foreground = entries.filter((e) => e.name !== "ignore" && !isBackground(e.value));
  const ignore = ignoreEntry(entries);
  const last = ignore
    ? [{ name: "ignore", labels: labelsIn(ignore.value), classOrder: null, ignore: true }]
    : [];
  if (!hasRegions(entries)) {
    return { trainsOn: "labels", regions: [...oneByOne(foreground), ...last], fromMasks: false };
  }
  const order = definition.regionsClassOrder ?? [];
  const regions = foreground.map((entry, i) => {
    const written = order[i];
    return {
      name: entry.name,
      labels: labelsIn(entry.value),
      classOrder: orderValue(written),
      ignore: false,
    };
  });
  return { trainsOn: "regions", regions: [...regions, ...last], fromMasks: false };
}

/** A whole number, or a boolean as Python counts it; null for anything else. */
function orderValue(written: unknown): number | null {
  if (typeof written === "boolean") return Number(written);
  return typeof written === "number" && Number.isInteger(written) ? written : null;
}

/** One region per label, ascending; the first of two names for a label wins. */
function oneByOne(entries: readonly LabelEntry[]): Region[] {
  const names = new Map<number, string>();
  for (const entry of entries)
    for (const label of labelsIn(entry.value)) {
      if (label > 0 && !names.has(label)) names.set(label, entry.name);
    }
  return [...names]
    .sort(([a], [b]) => a - b)
    .map(([label, name]) => ({ name, labels: [label], classOrder: null, ignore: false }));
}

/**
 * Without a definition, makes every value of the volume except 0 and -1 a region.
 * @param listed labels that become regions even if the volume lacks them
 */
export function regionSetFromLabels(
  palette: Float64Array,
  names?: ReadonlyMap<number, string>,
  listed: readonly number[] = [],
): RegionSet {
  const regions = [...new Set([...palette, ...listed])]
    .sort((a, b) => a - b)
    .filter((value) => value !== 0 && value !== -1)
    .map((value) => ({
      name: names?.get(value) ?? `label ${valueText(value)}`,
      labels: [value],
      classOrder: null,
      ignore: false,
    }));
  return { trainsOn: "labels", regions, fromMasks: false };
}

/** {@link regionSetFromLabels} with the names of the label file or a table. */
export function regionSetFromNames(palette: Float64Array, labelNames: readonly LabelName[]): RegionSet {
  const names = new Map(labelNames.map((entry) => [entry.value, entry.name]));
  const listed = labelNames.filter((entry) => entry.listed).map(({ value }) => value);
  return regionSetFromLabels(palette, names, listed);
}

/** Masks that came separately are regions as they are. */
export function regionSetFromMasks(names: readonly string[]): RegionSet {
  const regions = names.map((name) => ({ name, labels: [], classOrder: null, ignore: false }));
  return { trainsOn: "regions", regions, fromMasks: true };
}
