/** Finds cases that are unlike the rest: in their grid, in a region's size, or in the side it lies on. */
import { formatCount, formatMl, formatMm, formatShape, pluralForm } from "../../../base/format-numbers.ts";
import { groupBy } from "../../../base/group-by.ts";
import { finding } from "../../findings/finding.ts";
import { list, regionList } from "../../findings/text.ts";
import { type CaseFacts, type DatasetFacts, namesOf } from "../dataset-facts.ts";
import { alike, casesByItem, type DatasetFinding, ofCases, shareText } from "../dataset-finding.ts";
import type { Outlier } from "../outliers.ts";
import { apart, MAX_DEVIATIONS, medianOf } from "../robust.ts";

/**
 * Deviation of the logarithms to assume at least: where most cases are equal, a spacing or length apart by
 * less than a quarter (exp(5 × 0.045)), as scanners differ, is none.
 */
const LEAST_SPACING = 0.045;
/** A field of view that is half as long again. */
const LEAST_LENGTH = 0.081;
/** What most cases share is the rule that others depart from. */
const MIN_RULE = 0.5;
const MIN_CASES = 3;

const AXES = [0, 1, 2] as const;
const EXAMPLES = 4;

export function geometryApart(facts: DatasetFacts): DatasetFinding[] {
  const { cases } = facts;
  return [
    ...ofLengths(cases, "spacing"),
    ...ofLengths(cases, "shape"),
    ...ofKind(
      cases,
      "orientation",
      ({ record }) => record.stored.labels.orientation,
      "nnU-Net does not turn volumes into one orientation unless the reader does (NibabelIOWithReorient, SimpleITKIOWithReorient), so the network sees these patients turned or mirrored. " +
        "Reorient their images and labels, or use one of these readers.",
    ),
    ...ofKind(
      cases,
      "reader",
      ({ record }) => record.stored.reader,
      "nnU-Net uses one reader for all cases, the one that reads the first training image, and may place these otherwise or stop at them. Save them with the header of the original scan.",
    ),
  ];
}

/** @param what voxel lengths in mm, or lengths of the axes in voxels */
function ofLengths(cases: readonly CaseFacts[], what: "spacing" | "shape"): DatasetFinding[] {
  const values = cases.map(({ record }) => record.stored.labels[what]);
  const least = what === "spacing" ? LEAST_SPACING : LEAST_LENGTH;
  const marks = AXES.map((axis) =>
    apart(
      values.map((value) => Math.log(value[axis])),
      least,
    ),
  );
  const those = cases.filter((_, i) => marks.some((axis) => axis[i] !== 0));
  if (those.length === 0) return [];
  const text = (value: readonly number[]) =>
    what === "shape"
      ? `${formatShape(value)} voxels`
      : `${value.map((mm) => Number(mm.toFixed(3))).join("×")} mm`;
  const median = AXES.map((axis) => medianOf(values.map((value) => value[axis])));
  const examples = those.map(({ name, record }) => `${name} (${text(record.stored.labels[what])})`);
  const n = those.length;
  return [
    ofCases(
      finding(
        "warning",
        "outlier-geometry",
        `${list(namesOf(those), 3)} ${pluralForm(n, "has another", "have other")} ${what === "spacing" ? pluralForm(n, "spacing", "spacings") : pluralForm(n, "shape", "shapes")} than the rest`,
        `${list(examples, EXAMPLES)} ${pluralForm(n, "lies", "lie")} apart from the other cases, whose median is ${text(median)}, by more than ${MAX_DEVIATIONS} scaled median absolute deviations. ` +
          (what === "spacing"
            ? "nnU-Net resamples every case to one spacing, where structures of these cases may vanish or be blurred. Check that their headers are right and that they belong to this dataset."
            : "Check that they are complete, not cropped and not of another kind of scan."),
      ),
      namesOf(those),
    ),
  ];
}

function ofKind(
  cases: readonly CaseFacts[],
  what: "orientation" | "reader",
  kindOf: (one: CaseFacts) => string | null,
  why: string,
): DatasetFinding[] {
  const known = cases.filter((one) => kindOf(one) !== null);
  const kinds = [...groupBy(known, kindOf)].sort(([, a], [, b]) => b.length - a.length);
  const [most] = kinds;
  if (!most || kinds.length < 2 || known.length < MIN_CASES) return [];
  const [rule, following] = most;
  if (following.length <= MIN_RULE * known.length) return [];
  const those = known.filter((one) => kindOf(one) !== rule);
  const n = those.length;
  const by = kinds
    .slice(1)
    .map(
      ([kind, group]) =>
        `${list(namesOf(group), EXAMPLES)} ${pluralForm(group.length, "has", "have")} ${kind}`,
    );
  return [
    ofCases(
      finding(
        "warning",
        "outlier-geometry",
        `${list(namesOf(those), 3)} ${pluralForm(n, "has another", "have another")} ${what} than the rest`,
        `${shareText(following.length, known.length)} ${pluralForm(following.length, "has", "have")} the ${what} ${rule}, but ${by.join(", ")}. ${why}`,
      ),
      namesOf(those),
    ),
  ];
}

export function regionsApart(facts: DatasetFacts, found: readonly Outlier[]): DatasetFinding[] {
  const byRegion = groupBy(found, ({ region }) => region);
  const sized = [...byRegion].flatMap(([region, all]) => [
    ...volumeApart(
      facts,
      region,
      all.filter(({ measure }) => measure === "volume"),
    ),
    ...partsApart(
      facts,
      region,
      all.filter(({ measure }) => measure === "components" || measure === "specks"),
    ),
  ]);
  return [
    ...sized,
    ...sideApart(
      facts,
      found.filter(({ measure }) => measure === "side"),
    ),
  ];
}

function volumeApart(facts: DatasetFacts, r: number, found: readonly Outlier[]): DatasetFinding[] {
  const region = facts.regions[r];
  const [first] = found;
  if (!region || !first) return [];
  const examples = found.map(({ case: name, value }) => `${formatMl(value)} mL in ${name}`);
  return [
    ofCases(
      finding(
        "warning",
        "outlier-volume",
        `“${region.name}” has an unusual volume in ${list(casesOf(found), 3)}`,
        `“${region.name}” has ${list(examples, EXAMPLES)}, where ${formatMl(first.median)} mL is the median: more than ${MAX_DEVIATIONS} scaled median absolute deviations apart, on the logarithm. ` +
          "Look there for a part that is missing, that spilled into something else or has another structure's label, or for a wrong spacing.",
        { regions: [region.name], labels: region.labels },
      ),
      casesOf(found),
    ),
  ];
}

function partsApart(facts: DatasetFacts, r: number, found: readonly Outlier[]): DatasetFinding[] {
  const region = facts.regions[r];
  if (!region || found.length === 0) return [];
  const order = namesOf(facts.cases).filter((name) => found.some((one) => one.case === name));
  const text = (name: string) => {
    const own = found.filter((one) => one.case === name);
    const parts = own.map(
      ({ measure, value, median }) =>
        `${formatCount(value)} ${measure === "specks" ? pluralForm(value, "speck", "specks") : pluralForm(value, "component", "components")} (median ${formatCount(median)})`,
    );
    return `${list(parts)} in ${name}`;
  };
  return [
    ofCases(
      finding(
        "warning",
        "outlier-volume",
        `“${region.name}” is in unusually many or few pieces in ${list(order, 3)}`,
        `“${region.name}” has ${list(order.map(text), EXAMPLES)}. Specks are components of a few voxels beside a larger one, most often slips of the pen, which count as errors in surface distances. ` +
          "Remove what does not belong there, and join what was cut apart.",
        { regions: [region.name], labels: region.labels },
      ),
      order,
    ),
  ];
}

/** A mirrored case has all its one-sided regions on the other side, which is one fact. */
function sideApart(facts: DatasetFacts, found: readonly Outlier[]): DatasetFinding[] {
  const byCase = groupBy(found, (one) => one.case);
  const regionsOf = (name: string) =>
    (byCase.get(name) ?? []).map(({ region }) => facts.regions[region]?.name ?? "");
  const names = namesOf(facts.cases).filter((name) => byCase.has(name));
  return [...groupBy(names, (name) => JSON.stringify(regionsOf(name))).values()].map((cases) => {
    const regions = regionsOf(cases[0] ?? "");
    const first = byCase.get(cases[0] ?? "")?.[0];
    const n = regions.length;
    const side = (mm: number) => `${formatMm(Math.abs(mm))} mm to the patient's ${mm > 0 ? "right" : "left"}`;
    const where = first
      ? ` In ${cases[0]} the centre of “${regions[0]}” lies ${side(first.value)} of the middle of the volume, in the median case ${side(first.median)}.`
      : "";
    return ofCases(
      finding(
        "warning",
        "outlier-side",
        `${regionList(regions, 3)} ${pluralForm(n, "lies", "lie")} on the other side in ${list(cases, 3)}`,
        `${regionList(regions)} ${pluralForm(n, "lies", "lie")} on the other side of the body in ${list(cases)} than in the other cases.${where} ` +
          "Check whether the header mirrors the patient, or the label belongs to the other side; only a few patients have their organs mirrored.",
        {
          regions,
          labels: facts.regions.filter(({ name }) => regions.includes(name)).flatMap(({ labels }) => labels),
        },
      ),
      cases,
    );
  });
}

const casesOf = (found: readonly Outlier[]) => found.map((one) => one.case);

/** Left and right exchanged, by the findings of the cases themselves. */
export function exchangedSides(facts: DatasetFacts): DatasetFinding[] {
  const casesOfRegion = casesByItem(facts.cases, ({ record }) =>
    record.findings.flatMap((one) => (one.code === "sides" && one.severity === "error" ? one.regions : [])),
  );
  return alike([...casesOfRegion.keys()], (region) => casesOfRegion.get(region) ?? []).map(
    ({ items, cases }) => {
      const all = cases.length === facts.cases.length && cases.length > 1;
      return ofCases(
        finding(
          "error",
          "sides",
          `${regionList(items, 4)} are swapped in ${shareText(cases.length, facts.cases.length)}`,
          `${regionList(items)} lie on each other's side in ${list(cases)}, by the header of the label ${pluralForm(cases.length, "file", "files")}: nnU-Net learns the sides as labelled. ` +
            (all
              ? "It is so in every case: swap the names in dataset.json, or correct the headers if the images are mirrored too."
              : "Swap their labels there, or correct the header if the image is mirrored too."),
          {
            regions: items,
            labels: facts.regions.filter(({ name }) => items.includes(name)).flatMap(({ labels }) => labels),
          },
        ),
        cases,
      );
    },
  );
}
