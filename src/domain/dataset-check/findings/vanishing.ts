/** Counts the cases in which a region vanishes before the loss can see it, by the findings of the cases. */
import { pluralForm } from "../../../base/format-numbers.ts";
import { finding, SEVERITIES, type Severity } from "../../findings/finding.ts";
import { REMEDY } from "../../findings/patches.ts";
import { VANISHES } from "../../findings/resampling.ts";
import { list, regionList } from "../../findings/text.ts";
import { casesWith, type DatasetFacts } from "../dataset-facts.ts";
import { alike, type DatasetFinding, ofCases, shareText } from "../dataset-finding.ts";

export function vanishing(facts: DatasetFacts): DatasetFinding[] {
  return [
    ...groups(facts, VANISHES).map((group) => inResampling(group)),
    ...groups(facts, "region-vanishes").map((group) => atScale(group)),
  ];
}

interface Group {
  readonly names: readonly string[];
  readonly labels: readonly number[];
  readonly cases: readonly string[];
  /** "7 of the 12 cases that have it" */
  readonly share: string;
  readonly severity: Severity;
}

/** Regions that a code names in the same cases, of equally many. */
function groups(facts: DatasetFacts, code: string): Group[] {
  const found = facts.regions.map((region, r) => {
    const severities: Severity[] = [];
    const cases = facts.cases.flatMap(({ name, record }) => {
      const own = record.findings.filter((one) => one.code === code && one.regions.includes(region.name));
      severities.push(...own.map(({ severity }) => severity));
      return own.length > 0 ? [name] : [];
    });
    const severity = SEVERITIES.find((one) => severities.includes(one)) ?? "info";
    return { region, cases, severity, of: casesWith(facts, r).length };
  });
  return alike(found, ({ cases, severity, of }) =>
    cases.length > 0 ? [...cases, severity, String(of)] : [],
  ).flatMap(({ items }) => {
    const [first] = items;
    if (!first) return [];
    const names = items.map(({ region }) => region.name);
    const that = `that ${pluralForm(first.of, "has", "have")} ${pluralForm(names.length, "it", "them")}`;
    return [
      {
        names,
        labels: [...new Set(items.flatMap(({ region }) => region.labels))],
        cases: first.cases,
        share: `${shareText(first.cases.length, first.of)} ${that}`,
        severity: first.severity,
      },
    ];
  });
}

function inResampling({ names, labels, cases, share }: Group): DatasetFinding {
  const isOne = names.length === 1;
  return ofCases(
    finding(
      "error",
      "vanishes-in-resampling",
      `${regionList(names, 3)} ${isOne ? "vanishes" : "vanish"} in resampling in ${share}`,
      `${regionList(names)} ${isOne ? "has" : "have"} no voxel left in ${list(cases)} once nnU-Net has resampled ${pluralForm(cases.length, "it", "them")} to the spacing of the plans, ` +
        `so the network learns that ${isOne ? "it is" : "they are"} absent there. Plan with a finer spacing, or merge very small structures.`,
      { regions: names, labels },
    ),
    cases,
  );
}

function atScale({ names, labels, cases, share, severity }: Group): DatasetFinding {
  const isOne = names.length === 1;
  return ofCases(
    finding(
      severity === "info" ? "info" : "warning",
      "region-vanishes",
      `${regionList(names, 3)} ${isOne ? "vanishes" : "vanish"} at a scale in ${share}`,
      `${regionList(names)} ${isOne ? "is" : "are"} gone at a scale of deep supervision in ${list(cases)}: in a tenth of the patches with ${isOne ? "it" : "them"} or more, or in the whole case where the plans give no patches. ` +
        `There the loss teaches the network that ${isOne ? "it is" : "they are"} absent; the report of each case says at which scale. ${REMEDY}`,
      { regions: names, labels },
    ),
    cases,
  );
}
