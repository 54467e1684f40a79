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

/** What is known of the names of a side's labels. */
interface NamedLabels {
  readonly labelNames: readonly LabelName[];
  readonly definition: DatasetDefinition | null;
}

/** The regions of a case, then those that only another definition of it has. */
export function rowsOfDefinitions(set: RegionSet, other: DatasetDefinition): readonly MatchedRow[] {
  return matchRegions(named(set), named(regionSetFromDefinition(other)), "always");
}

interface MatchedFiles {
  readonly rows: readonly MatchedRow[];
  readonly matchedBy: "name" | "value";
  /** False if a region of either side lists -1, from which it gets nothing. */
  readonly minusOneIsLabel: boolean;
}

/**
 * The regions of a case, then labels in none of them: of the case, then of the other file. A definition that
 * was opened with the other file says what its labels mean.
 * @param other -1 is background outside the nonzero mask unless `minusOneIsLabel`
 */
export function rowsOfFiles(
  set: RegionSet,
  own: NamedLabels & { readonly inNoRegion: readonly number[] },
  other: NamedLabels & { readonly volume: PaletteVolume; readonly minusOneIsLabel: boolean },
): MatchedFiles {
  const names = namesOf(own);
  const regions = set.regions.map(
    ({ name, labels }): Comparable => ({
      name,
      labels,
      isNamed: own.definition !== null || labels.some((label) => isName(names.get(label), label)),
    }),
  );
  const ofOther = other.definition ? named(regionSetFromDefinition(other.definition)) : [];
  const minusOneIsLabel = ![...regions, ...ofOther].some(({ labels }) => labels.includes(-1));
  const beside = own.inNoRegion.filter((label) => label !== -1 || minusOneIsLabel);
  const a = [...regions, ...beside.map((label) => comparable(label, names))];
  const skipped = minusOneIsLabel && other.minusOneIsLabel ? [0] : [0, -1];
  const b = [...ofOther, ...labelsBeside(ofOther, skipped, other)];
  const areNamed = [a, b].every((side) => side.some(({ isNamed }) => isNamed));
  return {
    rows: other.definition ? matchRegions(a, b, "unnamed") : matchLabels(a, b),
    matchedBy: areNamed ? "name" : "value",
    minusOneIsLabel,
  };
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

/** The labels but those skipped that have voxels and are in no region, each with its name if it has one. */
function labelsBeside(
  regions: readonly Comparable[],
  skipped: readonly number[],
  { volume, ...other }: NamedLabels & { readonly volume: PaletteVolume },
): Comparable[] {
  const names = namesOf(other);
  const taken = new Set([...skipped, ...regions.flatMap(({ labels }) => labels)]);
  return [...volume.palette]
    .filter((value, entry) => !taken.has(value) && (volume.counts[entry] ?? 0) > 0)
    .map((value) => comparable(value, names));
}

function namesOf({ labelNames }: NamedLabels): ReadonlyMap<number, string> {
  return new Map(labelNames.map(({ value, name }) => [value, name]));
}

function comparable(label: number, names: ReadonlyMap<number, string>): Comparable {
  const name = names.get(label);
  return { name: name ?? bareName(label), labels: [label], isNamed: isName(name, label) };
}

/** False for names such as *Label 3*, which ITK-SNAP gives by itself. */
function isName(name: string | undefined, label: number): boolean {
  return name !== undefined && name.toLowerCase() !== bareName(label);
}

function bareName(label: number): string {
  return `label ${valueText(label)}`;
}
