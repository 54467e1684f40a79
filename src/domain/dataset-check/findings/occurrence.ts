/** Finds labels and regions that are in no case, in few, or only where another is. */
import { plural, pluralForm } from "../../../base/format-numbers.ts";
import { effectiveEntries, ignoreEntry, isUnreadable, labelsIn } from "../../dataset/label-entries.ts";
import { isLabel } from "../../dataset/region-set.ts";
import { finding } from "../../findings/finding.ts";
import { capital, labelList, list, regionList } from "../../findings/text.ts";
import { casesWith, type DatasetFacts, namesOf } from "../dataset-facts.ts";
import { alike, casesByItem, type DatasetFinding, ofCases, shareText } from "../dataset-finding.ts";

/**
 * A region in fewer cases is rare: fewer than the five folds, so that a fold validates without it, or fewer
 * than one case in a hundred, which training hardly ever draws.
 */
const MIN_CASES = 5;
const MIN_SHARE = 0.01;
/** Chance below which it is no coincidence that all cases with one label have another. */
const MAX_CHANCE = 0.01;

interface Occurrence {
  readonly name: string;
  readonly labels: readonly number[];
  readonly cases: readonly string[];
}

/** Nothing is said of a selection of cases, nor where none could be read. */
export function occurrences(facts: DatasetFacts): DatasetFinding[] {
  if (!facts.isWhole || facts.cases.length === 0) return [];
  const regions = facts.regions.flatMap((region, r): Occurrence[] =>
    region.ignore || !fitsDefinition(facts, region.name)
      ? []
      : [{ name: region.name, labels: region.labels, cases: namesOf(casesWith(facts, r)) }],
  );
  const labels = labelsOf(facts);
  return [
    ...inNoCase(labels, regions, facts),
    ...ignoredNowhere(facts),
    ...inFew(labels, regions, facts),
    ...togetherOnly(labels, facts),
  ];
}

/** A region whose list is empty has no voxels anywhere, which is reported as such. */
function fitsDefinition({ regions, definition }: DatasetFacts, name: string): boolean {
  return definition === null || regions.some((region) => region.name === name && region.labels.length > 0);
}

/** Labels of the definition, named by the first entry that has them alone, or by their number. */
function labelsOf({ definition, cases }: DatasetFacts): Occurrence[] {
  if (!definition) return [];
  const entries = effectiveEntries(definition).filter(
    (entry) => entry.name !== "ignore" && !isUnreadable(entry),
  );
  const ignored = new Set(ignoredLabels(definition));
  const labels = [...new Set(entries.flatMap(({ value }) => labelsIn(value)))]
    .filter((label) => isLabel(label) && !ignored.has(label))
    .sort((a, b) => a - b);
  return labels.map((label) => {
    const own = entries.find(({ value }) => {
      const [first, ...others] = labelsIn(value);
      return first === label && others.length === 0;
    });
    return {
      name: own ? `“${own.name}” (label ${label})` : `label ${label}`,
      labels: [label],
      cases: namesOf(cases.filter((one) => one.labels.has(label))),
    };
  });
}

function ignoredLabels(definition: NonNullable<DatasetFacts["definition"]>): number[] {
  const ignore = ignoreEntry(effectiveEntries(definition));
  return ignore ? labelsIn(ignore.value) : [];
}

function inNoCase(
  labels: readonly Occurrence[],
  regions: readonly Occurrence[],
  facts: DatasetFacts,
): DatasetFinding[] {
  const unseen = labels.filter((label) => label.cases.length === 0);
  if (unseen.length === 0) return [];
  const empty = regions.filter((region) => region.cases.length === 0).map(({ name }) => name);
  const n = unseen.length;
  const names = unseen.map(({ name }) => name);
  const them = pluralForm(n, "it", "them");
  const have = pluralForm(empty.length, "has", "have");
  const without = !isAllRead(facts)
    ? ""
    : empty.length > 0
      ? ` ${regionList(empty)} ${have} no voxel anywhere, so the network learns that ${pluralForm(empty.length, "it does", "they do")} not exist.`
      : ` The network never sees ${them}.`;
  return [
    ofCases(
      finding(
        "warning",
        "label-unseen",
        `${capital(list(names, 3))} ${pluralForm(n, "is", "are")} in no case`,
        `dataset.json has ${list(names)}, but no voxel of ${casesRead(facts)} has ${them}.${without} ` +
          `Remove ${them} from “labels”, or look for the files in which ${pluralForm(n, "it has", "they have")} another number.`,
        { regions: empty, labels: unseen.flatMap((label) => label.labels) },
      ),
      [],
    ),
  ];
}

/** Every case of the dataset has a record, and could be read. */
function isAllRead({ cases, check }: DatasetFacts): boolean {
  return cases.length === check.cases.length;
}

/** "the 30 cases", or "the 28 cases that were read" */
function casesRead(facts: DatasetFacts): string {
  const n = facts.cases.length;
  const all = n === 1 ? "the one case" : `the ${plural(n, "case")}`;
  return isAllRead(facts) ? all : `${all} that ${pluralForm(n, "was", "were")} read`;
}

/** Harmless, but then nothing is left out of training. Nothing is said while a case may have the label. */
function ignoredNowhere(facts: DatasetFacts): DatasetFinding[] {
  const { definition, cases } = facts;
  const labels = definition && isAllRead(facts) ? ignoredLabels(definition) : [];
  if (labels.length === 0 || cases.some((one) => labels.some((label) => one.labels.has(label)))) return [];
  return [
    ofCases(
      finding(
        "info",
        "label-unseen",
        "The ignore label is in no case",
        `No case has the ignore label ${list(labels)}, so nnU-Net leaves no voxel out of training. If some parts are not annotated, mark them with it.`,
        { labels },
      ),
      [],
    ),
  ];
}

function isRare({ cases: { length } }: Occurrence, { cases }: DatasetFacts): boolean {
  const n = cases.length;
  return length > 0 && length < Math.max(MIN_CASES, MIN_SHARE * n) && length < n / 2;
}

/** A label is named only where no region tells that it is rare. */
function inFew(
  labels: readonly Occurrence[],
  regions: readonly Occurrence[],
  facts: DatasetFacts,
): DatasetFinding[] {
  const rare = regions.filter((region) => isRare(region, facts));
  const said = new Set(rare.flatMap((region) => region.labels));
  const rareLabels = labels.filter(
    (label) => isRare(label, facts) && label.labels.every((value) => !said.has(value)),
  );
  const of = facts.cases.length;
  return [
    ...alike(rare, ({ cases }) => cases).map(({ items, cases }) => {
      const names = items.map(({ name }) => name);
      return ofCases(
        finding(
          "warning",
          "region-rare",
          `${regionList(names, 3)} ${pluralForm(names.length, "is", "are")} in only ${shareText(cases.length, of)}`,
          rareText(regionList(names), cases, facts, pluralForm(names.length, "it", "them")),
          { regions: names, labels: [...new Set(items.flatMap((item) => item.labels))] },
        ),
        cases,
      );
    }),
    ...alike(rareLabels, ({ cases }) => cases).map(({ items, cases }) => {
      const names = items.map(({ name }) => name);
      return ofCases(
        finding(
          "warning",
          "region-rare",
          `${capital(list(names, 3))} ${pluralForm(names.length, "is", "are")} in only ${shareText(cases.length, of)}`,
          rareText(capital(list(names)), cases, facts, pluralForm(names.length, "it", "them")),
          { labels: items.flatMap((item) => item.labels) },
        ),
        cases,
      );
    }),
  ];
}

function rareText(who: string, cases: readonly string[], facts: DatasetFacts, them: string): string {
  const is = them === "it" ? "is" : "are";
  const why =
    cases.length < MIN_CASES
      ? `too few to learn ${them} from, and to have some in each fold's validation`
      : `fewer than one in a hundred, so that training seldom draws one of them`;
  return (
    `${who} ${is} only in ${list(cases)}, of ${casesRead(facts)}: ${why}. ` +
    `If other cases should have ${them}, annotate ${them} there; otherwise add cases, or leave ${them} out of the definition.`
  );
}

/**
 * A label that is only where one other is, beyond what chance explains: a network may take the two for one.
 * Labels that are in all cases, such as the organ around a tumour, tell nothing.
 */
function togetherOnly(labels: readonly Occurrence[], facts: DatasetFacts): DatasetFinding[] {
  const n = facts.cases.length;
  const some = labels
    .filter(({ cases }) => cases.length > 0 && cases.length < n)
    .map((label) => ({ ...label, set: new Set(label.cases) }));
  const said = new Set<string>();
  return some.flatMap((one) => {
    if (isRare(one, facts)) return [];
    const others = some.filter(
      (other) =>
        other !== one &&
        one.cases.every((name) => other.set.has(name)) &&
        chance(one.cases.length, other.cases.length, n) < MAX_CHANCE,
    );
    const [other] = others;
    if (!other || others.length > 1 || said.has(`${other.name}\n${one.name}`)) return [];
    said.add(`${one.name}\n${other.name}`);
    const isMutual = one.cases.length === other.cases.length;
    const k = shareText(one.cases.length, n);
    return [
      ofCases(
        finding(
          "info",
          "labels-together",
          isMutual
            ? `${capital(one.name)} and ${other.name} are only together`
            : `${capital(one.name)} is only where ${other.name} is`,
          `${capital(one.name)} is in ${k}, and each of them has ${other.name} too${isMutual ? ", which is in no other" : ""}. ` +
            "If that is not how patients are, it was left unmarked in the other cases, and the network learns that the two come together.",
          { labels: [...one.labels, ...other.labels].sort((a, b) => a - b) },
        ),
        one.cases,
      ),
    ];
  });
}

/** Of `k` cases drawn from `n`, how likely all are among certain `m`. */
function chance(k: number, m: number, n: number): number {
  let product = 1;
  for (let i = 0; i < k; i++) product *= (m - i) / (n - i);
  return product;
}

/** "Labels 9 and 12 are not in dataset.json", by case. */
export function unexpectedByCase(facts: DatasetFacts): DatasetFinding[] {
  const casesOf = casesByItem(facts.cases, ({ record }) =>
    record.findings.flatMap((found) => (found.code === "label-unexpected" ? found.labels : [])),
  );
  const labels = [...casesOf.keys()].sort((a, b) => a - b);
  const of = facts.cases.length;
  return alike(labels, (label) => casesOf.get(label) ?? []).map(({ items, cases }) =>
    ofCases(
      finding(
        "error",
        "label-unexpected",
        `${capital(labelList(items, 4))} ${pluralForm(items.length, "is", "are")} not in dataset.json, in ${shareText(cases.length, of)}`,
        `${list(cases)} ${pluralForm(cases.length, "has", "have")} ${labelList(items)}, which dataset.json does not define, so nnU-Net's integrity check rejects the dataset. ` +
          `Correct the label ${pluralForm(cases.length, "file", "files")}, or define ${pluralForm(items.length, "the label", "the labels")}; the report of each case says what fits it.`,
        { labels: items },
      ),
      cases,
    ),
  );
}

export function backgroundAlone(facts: DatasetFacts): DatasetFinding[] {
  const cases = namesOf(
    facts.cases.filter(({ record }) => record.findings.some(({ code }) => code === "background-only")),
  );
  if (cases.length === 0) return [];
  const n = cases.length;
  return [
    ofCases(
      finding(
        "warning",
        "background-only",
        `${shareText(n, facts.cases.length)} ${pluralForm(n, "has", "have")} only background`,
        `${list(cases)} ${pluralForm(n, "has", "have")} no label but background. nnU-Net trains on ${pluralForm(n, "it", "them")} as on patients without any structure. ` +
          `Check that ${pluralForm(n, "this is the right file", "these are the right files")}; nothing needs to change if nothing is there to be marked.`,
      ),
      cases,
    ),
  ];
}
