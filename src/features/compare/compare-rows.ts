/** The rows of a comparison: which regions, labels or masks of both sides are compared with each other. */
import type { DatasetDefinition } from "../../domain/dataset/dataset-definition.ts";
import {
  type Comparable,
  haveCommonName,
  type MatchedRow,
  matchLabels,
  matchRegions,
} from "../../domain/dataset/matched-regions.ts";
import { type RegionSet, regionSetFromDefinition } from "../../domain/dataset/region-set.ts";
import { valueText } from "../../domain/volume/float32.ts";
import type { LabelName } from "../../domain/volume/label-names.ts";
import type { MaskStack, PaletteVolume } from "../../domain/volume/palette-volume.ts";

/** A side of labels, and what is known of their names. */
interface NamedLabels {
  readonly volume: PaletteVolume;
  readonly labelNames: readonly LabelName[];
  readonly definition: DatasetDefinition | null;
}

/** The regions of a case, then those that only another definition of it has. */
export function rowsOfDefinitions(set: RegionSet, other: DatasetDefinition): readonly MatchedRow[] {
  return matchRegions(named(set), named(regionSetFromDefinition(other)), "always");
}

/**
 * The regions of a case, then labels in none of them: of the case, then of the other file. A definition that
 * was opened with the other file says what its labels mean.
 */
export function rowsOfFiles(set: RegionSet, own: NamedLabels, other: NamedLabels): readonly MatchedRow[] {
  const names = new Map(own.labelNames.map(({ value, name }) => [value, name]));
  const isNamed = (labels: readonly number[]) =>
    own.definition !== null || labels.some((of) => names.has(of));
  const regions = set.regions.map(({ name, labels }) => ({ name, labels, isNamed: isNamed(labels) }));
  const a = [...regions, ...labelsBeside(regions, own)];
  if (!other.definition) return matchLabels(a, labelsBeside([], other));
  const regionsOfOther = named(regionSetFromDefinition(other.definition));
  return matchRegions(a, [...regionsOfOther, ...labelsBeside(regionsOfOther, other)], "unnamed");
}

/** By name if any name is the same, otherwise in their order. */
export function rowsOfMasks(own: MaskStack, other: MaskStack): readonly MatchedRow<Mask>[] {
  const [a, b] = [masks(own), masks(other)];
  return haveCommonName(own.names, other.names)
    ? matchRegions(a, b, "never")
    : a.map((item, i) => ({ a: item, b: b[i] ?? null }));
}

/** A mask as compared, with its place in the stack. */
export interface Mask extends Comparable {
  readonly channel: number;
}

function masks({ names }: MaskStack): readonly Mask[] {
  return names.map((name, channel) => ({ name, labels: [], isNamed: true, channel }));
}

function named({ regions }: RegionSet): readonly Comparable[] {
  return regions.map(({ name, labels }) => ({ name, labels, isNamed: true }));
}

/** The labels above 0 that have voxels and are in no region, each with its name if it has one. */
function labelsBeside(regions: readonly Comparable[], { volume, labelNames }: NamedLabels): Comparable[] {
  const names = new Map(labelNames.map(({ value, name }) => [value, name]));
  const taken = new Set([0, -1, ...regions.flatMap(({ labels }) => labels)]);
  return [...volume.palette]
    .filter((value, entry) => !taken.has(value) && (volume.counts[entry] ?? 0) > 0)
    .map((value) => {
      const bare = `label ${valueText(value)}`;
      const name = names.get(value) ?? bare;
      return { name, labels: [value], isNamed: name.toLowerCase() !== bare };
    });
}
