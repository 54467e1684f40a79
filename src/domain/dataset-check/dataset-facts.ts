/** Lines up what is known of all cases of a dataset, so that each finding can compare them. */
import type { DatasetDefinition } from "../dataset/dataset-definition.ts";
import { type Region, regionSetFromDefinition } from "../dataset/region-set.ts";
import type { Triple } from "../geometry/grid.ts";
import type { CheckedCase, RegionFacts, UnreadableCase } from "./case-record.ts";
import type { CheckFile } from "./check-file.ts";

/** The parts of a record that a summary reads; the rest need not be kept. */
type SummarizedCase = Pick<
  CheckedCase,
  "status" | "case" | "grid" | "regions" | "scales" | "findings" | "stored" | "regionFacts" | "prediction"
>;
type UnreadCase = Pick<UnreadableCase, "status" | "case" | "sentence">;
export type SummarizedRecord = SummarizedCase | UnreadCase;

/** What becomes of a region: gone in resampling, at a scale that the loss uses, or at none (null). */
export type VanishesAt = "resampling" | number | null;

/** A region of the dataset in one case. */
interface RegionInCase extends RegionFacts {
  readonly vanishesAt: VanishesAt;
  /** Its place in the case's record. */
  readonly channel: number;
}

export interface CaseFacts {
  readonly name: string;
  readonly record: SummarizedCase;
  /** In the order of the dataset's regions; null where the case does not know the region. */
  readonly regions: readonly (RegionInCase | null)[];
  /** Labels above 0 that the file has. */
  readonly labels: ReadonlySet<number>;
}

export interface DatasetFacts {
  readonly check: CheckFile;
  /** Null without a dataset.json that can be parsed. */
  readonly definition: DatasetDefinition | null;
  /** That of the preprocessed folder; null without one. */
  readonly preprocessed: DatasetDefinition | null;
  /** Array axis a of the stored grids is axis `transpose[a]` of the files. */
  readonly transpose: Triple;
  /** In the order of the definition; without one, those of all cases by label and name. */
  readonly regions: readonly Region[];
  /** Those that were read, in the order of check.json. */
  readonly cases: readonly CaseFacts[];
  /** Per region, those of them that have voxels of it. */
  readonly having: readonly (readonly CaseFacts[])[];
  readonly unreadable: readonly UnreadCase[];
  /** Names of cases without a record. */
  readonly missing: readonly string[];
  /** False if only some cases were chosen: then nothing can be said of what the dataset lacks. */
  readonly isWhole: boolean;
}

/** What the texts in check.json say; they are parsed outside, because their format is not this folder's. */
export interface ParsedTexts {
  readonly definition: DatasetDefinition | null;
  readonly preprocessed: DatasetDefinition | null;
  /** `transpose_forward` of the plans; null without plans. */
  readonly transpose: Triple | null;
}

/** @param records in any order; those of cases that check.json does not list are left out */
export function datasetFacts(
  check: CheckFile,
  records: Iterable<SummarizedRecord>,
  { definition, preprocessed, transpose }: ParsedTexts,
): DatasetFacts {
  const byName = new Map<string, SummarizedRecord>();
  for (const record of records) byName.set(record.case.name, record);
  const expected = check.cases.map(({ name }) => name);
  const found = expected.flatMap((name) => byName.get(name) ?? []);
  const read = found.filter((record) => record.status === "ok");
  const regions = regionsOf(definition, read);
  const cases = read.map((record) => caseFacts(record, regions));
  return {
    check,
    definition,
    preprocessed,
    transpose: transpose ?? [0, 1, 2],
    regions,
    cases,
    having: regions.map((_, r) => cases.filter((one) => (one.regions[r]?.voxels ?? 0) > 0)),
    unreadable: found.filter((record) => record.status === "unreadable"),
    missing: expected.filter((name) => !byName.has(name)),
    isWhole: check.options.cases === null,
  };
}

/** Without a definition, each case has the regions of its own labels. */
function regionsOf(definition: DatasetDefinition | null, read: readonly SummarizedCase[]): Region[] {
  const known = new Map<string, Region>();
  for (const region of definition ? regionSetFromDefinition(definition).regions : [])
    known.set(region.name, region);
  const more = new Map<string, Region>();
  for (const { regions } of read)
    for (const region of regions) if (!known.has(region.name)) more.set(region.name, region);
  const lowest = ({ labels }: Region) => Math.min(Number.MAX_VALUE, ...labels);
  const others = [...more.values()].sort(
    (a, b) => lowest(a) - lowest(b) || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0),
  );
  return [...known.values(), ...others];
}

function caseFacts(record: SummarizedCase, regions: readonly Region[]): CaseFacts {
  const channels = new Map<string, number>();
  for (const [channel, { name }] of record.regions.entries())
    if (!channels.has(name)) channels.set(name, channel);
  const own = regions.map(({ name }) => {
    const channel = channels.get(name);
    const facts = channel === undefined ? undefined : record.regionFacts[channel];
    if (channel === undefined || !facts) return null;
    return { ...facts, channel, vanishesAt: vanishesAt(record, channel, facts.voxels) };
  });
  const labels = new Set(record.stored.labelValues.filter((value) => value > 0));
  return { name: record.case.name, record, regions: own, labels };
}

function vanishesAt({ grid, scales }: SummarizedCase, channel: number, stored: number): VanishesAt {
  const full = scales[0]?.regionVoxels?.[channel];
  if (stored === 0 || full === undefined) return null;
  if (full === 0) return grid === "trained" ? "resampling" : null;
  const s = scales.findIndex(
    ({ lossWeight, regionVoxels }) => (lossWeight ?? 0) > 0 && regionVoxels?.[channel] === 0,
  );
  return s < 0 ? null : s;
}

/** Cases that have voxels of a region, in order. */
export function casesWith({ having }: Pick<DatasetFacts, "having">, region: number): readonly CaseFacts[] {
  return having[region] ?? [];
}

export function namesOf(cases: readonly { readonly name: string }[]): string[] {
  return cases.map(({ name }) => name);
}
