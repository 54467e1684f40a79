/**
 * Summarizes the check of a dataset: what `regionscope summary` writes as `OUT/summary.json`. It has all that
 * tables and plots of any number of cases need, so that no record is read again.
 */
import { quantile } from "../../base/statistics.ts";
import type { Region } from "../dataset/region-set.ts";
import { type Finding, SEVERITIES, type Severity } from "../findings/finding.ts";
import type { Triple } from "../geometry/grid.ts";
import type { RegionMetrics } from "../metrics/region-metrics.ts";
import type { Reader } from "../reader/reader.ts";
import type { CheckFile, CheckOptions, CheckSplits, Fold } from "./check-file.ts";
import {
  type CaseFacts,
  casesWith,
  type DatasetFacts,
  datasetFacts,
  namesOf,
  type ParsedTexts,
  type SummarizedRecord,
  type VanishesAt,
} from "./dataset-facts.ts";
import type { DatasetFinding } from "./dataset-finding.ts";
import { datasetFindings } from "./findings/dataset-findings.ts";
import { type Measure, type Outlier, outliers } from "./outliers.ts";

export interface Summary {
  readonly schema: "regionscope.summary/1";
  /** Version of the program that checked the cases. */
  readonly version: string;
  /** Name of the dataset folder. */
  readonly dataset: string;
  readonly options: CheckOptions;
  readonly counts: SummaryCounts;
  /** Names of cases that check.json lists and that have no record. */
  readonly missing: readonly string[];
  /** Of the dataset, worst first. */
  readonly findings: readonly DatasetFinding[];
  /** Of the cases' reports, gathered, worst first. */
  readonly caseFindings: readonly DatasetFinding[];
  readonly regions: readonly SummarizedRegion[];
  readonly splits: SummarizedSplits;
  /** In the order of check.json. */
  readonly cases: readonly CaseLine[];
}

interface SummaryCounts {
  readonly cases: number;
  readonly checked: number;
  readonly unreadable: number;
  readonly missing: number;
  /** Cases with a finding of this severity as their worst, those of the dataset included. */
  readonly worst: Readonly<Record<Severity, number>>;
}

/** Of the values that are known; null without any. */
export interface Distribution {
  readonly count: number;
  readonly mean: number;
  readonly min: number;
  readonly p25: number;
  readonly median: number;
  readonly p75: number;
  readonly max: number;
}

export interface SummarizedRegion extends Region {
  /** Number of cases that have voxels of it. */
  readonly cases: number;
  /** Of those cases. */
  readonly voxels: Distribution | null;
  readonly ml: Distribution | null;
  readonly components: Distribution | null;
  readonly specks: Distribution | null;
  /** Number of cases in which it vanishes in resampling, or at a scale that the loss uses. */
  readonly vanishesInResampling: number;
  readonly vanishesAtScale: number;
  /** Number of cases in which it is apart from the rest in some measure. */
  readonly outliers: number;
  /** Null without predictions. */
  readonly prediction: RegionScores | null;
}

/** Over all compared cases; NaN is left out of means, as nnU-Net does (`np.nanmean`). */
interface RegionScores {
  readonly dice: Distribution | null;
  /** mm */
  readonly hd95: Distribution | null;
  readonly nsd: Distribution | null;
  /** Components of the references that predictions touch, and all of them. */
  readonly hits: number;
  readonly referenceComponents: number;
  readonly falseComponents: number;
}

interface SummarizedSplits extends Omit<CheckSplits, "folds"> {
  readonly folds: readonly SummarizedFold[];
}

interface SummarizedFold extends Pick<Fold, "name" | "drawn"> {
  /** Number of cases, and of those that were read. */
  readonly train: FoldSide;
  readonly val: FoldSide;
}

export interface FoldSide {
  readonly cases: number;
  readonly read: number;
  /** One per region: the number of cases that have voxels of it. */
  readonly having: readonly number[];
}

export type CaseLine = CheckedLine | UncheckedLine;

interface Line {
  readonly name: string;
  /** The worst finding of its report, or of the dataset on this case; null without any. */
  readonly worst: Pick<Finding, "severity" | "code" | "title"> | null;
  /** Number of findings of its report; 0 without one. */
  readonly errors: number;
  readonly warnings: number;
  readonly notes: number;
}

interface UncheckedLine extends Line {
  readonly status: "unreadable" | "missing";
  /** Why it could not be read; null for a missing record. */
  readonly sentence: string | null;
}

/** Lists with one entry per region of the summary; null where the case does not know the region. */
export interface CheckedLine extends Line {
  readonly status: "ok";
  /** Of the stored labels. */
  readonly shape: Triple;
  /** mm */
  readonly spacing: Triple;
  readonly orientation: string;
  readonly reader: Reader | null;
  readonly voxels: readonly (number | null)[];
  readonly ml: readonly (number | null)[];
  readonly components: readonly (number | null)[];
  readonly specks: readonly (number | null)[];
  readonly vanishesAt: readonly VanishesAt[];
  /** Only regions that are apart from the rest. */
  readonly outliers: readonly { readonly region: number; readonly measures: readonly Measure[] }[];
  /** Null without predictions; `refused` is the code of what kept it from being compared. */
  readonly prediction: LineScores | { readonly refused: string } | null;
}

interface LineScores {
  readonly dice: readonly (number | null)[];
  readonly hd95: readonly (number | null)[];
  readonly nsd: readonly (number | null)[];
  readonly hits: readonly (number | null)[];
  readonly referenceComponents: readonly (number | null)[];
  readonly falseComponents: readonly (number | null)[];
}

/** @param records in any order: the summary is the same */
export function summarize(
  check: CheckFile,
  records: Iterable<SummarizedRecord>,
  texts: ParsedTexts,
): Summary {
  const facts = datasetFacts(check, records, texts);
  const found = outliers(facts);
  const { findings, caseFindings } = datasetFindings(facts, found);
  const cases = caseLines(facts, found, [...findings, ...caseFindings]);
  const worst = (severity: Severity) => cases.filter((line) => line.worst?.severity === severity).length;
  const { from, refused } = check.splits;
  return {
    schema: "regionscope.summary/1",
    version: check.version,
    dataset: check.dataset,
    options: check.options,
    counts: {
      cases: cases.length,
      checked: facts.cases.length,
      unreadable: facts.unreadable.length,
      missing: facts.missing.length,
      worst: { error: worst("error"), warning: worst("warning"), info: worst("info") },
    },
    missing: facts.missing,
    findings,
    caseFindings,
    regions: facts.regions.map((region, r) => summarizedRegion(facts, region, r, found)),
    splits: { from, refused, folds: foldTable(facts) },
    cases,
  };
}

/** NaN and infinity are left out. */
function distribution(values: readonly (number | null)[]): Distribution | null {
  const known = values.filter((value) => value !== null).filter(Number.isFinite);
  if (known.length === 0) return null;
  const sorted = known.toSorted((a, b) => a - b);
  const at = (share: number) => quantile(sorted, share);
  // Summed in ascending order, so that the order of cases changes no digit.
  const mean = sorted.reduce((sum, value) => sum + value, 0) / sorted.length;
  return {
    count: sorted.length,
    mean,
    min: at(0),
    p25: at(0.25),
    median: at(0.5),
    p75: at(0.75),
    max: at(1),
  };
}

function summarizedRegion(
  facts: DatasetFacts,
  { name, labels, classOrder, ignore }: Region,
  r: number,
  found: readonly Outlier[],
): SummarizedRegion {
  const own = casesWith(facts, r).flatMap(({ regions }) => regions[r] ?? []);
  const at = own.map(({ vanishesAt }) => vanishesAt);
  return {
    name,
    labels,
    classOrder,
    ignore,
    cases: own.length,
    voxels: distribution(own.map(({ voxels }) => voxels)),
    ml: distribution(own.map(({ ml }) => ml)),
    components: distribution(own.map(({ components }) => components)),
    specks: distribution(own.map(({ specks }) => specks)),
    vanishesInResampling: at.filter((one) => one === "resampling").length,
    vanishesAtScale: at.filter((one) => typeof one === "number").length,
    outliers: new Set(found.flatMap((one) => (one.region === r ? [one.case] : []))).size,
    prediction: facts.check.options.predictions ? regionScores(facts, r) : null,
  };
}

function regionScores({ cases }: DatasetFacts, r: number): RegionScores {
  const all = cases.flatMap((one) => metricsOf(one, r) ?? []);
  const sum = (pick: (metrics: RegionMetrics) => number) =>
    all.reduce((total, metrics) => total + pick(metrics), 0);
  return {
    dice: distribution(all.map(({ dice }) => dice)),
    hd95: distribution(all.map(({ hd95 }) => hd95)),
    nsd: distribution(all.map(({ nsd }) => nsd)),
    hits: sum(({ hits }) => hits),
    referenceComponents: sum(({ referenceComponents }) => referenceComponents),
    falseComponents: sum(({ falseComponents }) => falseComponents),
  };
}

/** Null without a prediction that could be compared. */
function metricsOf({ record: { prediction }, regions }: CaseFacts, r: number): RegionMetrics | null {
  const channel = regions[r]?.channel;
  if (!prediction || "refused" in prediction || channel === undefined) return null;
  return prediction.regions[channel] ?? null;
}

function foldTable(facts: DatasetFacts): SummarizedFold[] {
  const read = new Set(namesOf(facts.cases));
  const having = facts.regions.map((_, r) => new Set(namesOf(casesWith(facts, r))));
  const side = (names: readonly string[]): FoldSide => ({
    cases: names.length,
    read: names.filter((name) => read.has(name)).length,
    having: having.map((has) => names.filter((name) => has.has(name)).length),
  });
  return facts.check.splits.folds.map((fold) => ({
    ...fold,
    train: side(fold.train),
    val: side(fold.val),
  }));
}

function caseLines(
  facts: DatasetFacts,
  found: readonly Outlier[],
  findings: readonly DatasetFinding[],
): CaseLine[] {
  const read = new Map(facts.cases.map((one) => [one.name, one]));
  const unreadable = new Map(facts.unreadable.map((one) => [one.case.name, one]));
  const naming = worstNaming(findings);
  const outliersOf = new Map<string, Outlier[]>();
  for (const one of found) outliersOf.set(one.case, [...(outliersOf.get(one.case) ?? []), one]);
  return namesOf(facts.check.cases).map((name): CaseLine => {
    const one = read.get(name);
    const own = naming.get(name) ?? null;
    if (one) return checkedLine(one, own, outliersOf.get(name) ?? []);
    const sentence = unreadable.get(name)?.sentence ?? null;
    const nothing = { name, worst: own, errors: 0, warnings: 0, notes: 0 };
    return { ...nothing, status: sentence === null ? "missing" : "unreadable", sentence };
  });
}

type Worst = NonNullable<Line["worst"]>;

/** Names the cases that have the region, in which nothing is wrong. */
const NAMES_OTHERS = "region-missing-in-fold";

/** Of the findings that a case is at fault in, the first of the worst. */
function worstNaming(findings: readonly DatasetFinding[]): Map<string, Worst> {
  const worst = new Map<string, Worst>();
  for (const { severity, code, title, cases } of findings.filter((one) => one.code !== NAMES_OTHERS))
    for (const name of cases) {
      const known = worst.get(name);
      if (!known || isWorse(severity, known.severity)) worst.set(name, { severity, code, title });
    }
  return worst;
}

const isWorse = (a: Severity, b: Severity) => SEVERITIES.indexOf(a) < SEVERITIES.indexOf(b);

function checkedLine(one: CaseFacts, naming: Worst | null, found: readonly Outlier[]): CheckedLine {
  const { name, record, regions } = one;
  const count = (severity: Severity) => record.findings.filter((each) => each.severity === severity).length;
  const [first] = record.findings.toSorted((a, b) =>
    isWorse(a.severity, b.severity) ? -1 : isWorse(b.severity, a.severity) ? 1 : 0,
  );
  const own = first ? { severity: first.severity, code: first.code, title: first.title } : null;
  const { shape, spacing, orientation } = record.stored.labels;
  const of = <T>(pick: (region: NonNullable<(typeof regions)[number]>) => T) =>
    regions.map((region) => (region ? pick(region) : null));
  return {
    name,
    status: "ok",
    worst: own && (!naming || !isWorse(naming.severity, own.severity)) ? own : naming,
    errors: count("error"),
    warnings: count("warning"),
    notes: count("info"),
    shape,
    spacing,
    orientation,
    reader: record.stored.reader,
    voxels: of(({ voxels }) => voxels),
    ml: of(({ ml }) => ml),
    components: of(({ components }) => components),
    specks: of(({ specks }) => specks),
    vanishesAt: of(({ vanishesAt }) => vanishesAt),
    outliers: [...new Set(found.map(({ region }) => region))].map((region) => ({
      region,
      measures: found.filter((each) => each.region === region).map(({ measure }) => measure),
    })),
    prediction: lineScores(one),
  };
}

function lineScores(one: CaseFacts): CheckedLine["prediction"] {
  const { prediction } = one.record;
  if (!prediction) return null;
  if ("refused" in prediction) return { refused: prediction.refused.code };
  const all = one.regions.map((_, r) => metricsOf(one, r));
  const of = (pick: (metrics: RegionMetrics) => number | null) =>
    all.map((metrics) => (metrics ? known(pick(metrics)) : null));
  return {
    dice: of(({ dice }) => dice),
    hd95: of(({ hd95 }) => hd95),
    nsd: of(({ nsd }) => nsd),
    hits: of(({ hits }) => hits),
    referenceComponents: of(({ referenceComponents }) => referenceComponents),
    falseComponents: of(({ falseComponents }) => falseComponents),
  };
}

/** JSON has no NaN. */
function known(value: number | null): number | null {
  return value !== null && Number.isFinite(value) ? value : null;
}
