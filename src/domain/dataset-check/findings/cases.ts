/** Says which cases could not be read, and gathers what the reports of the others find. */
import { pluralForm } from "../../../base/format-numbers.ts";
import { groupBy } from "../../../base/group-by.ts";
import { type Finding, finding } from "../../findings/finding.ts";
import { list } from "../../findings/text.ts";
import { type DatasetFacts, namesOf } from "../dataset-facts.ts";
import { type DatasetFinding, ofCases, shareText } from "../dataset-finding.ts";

/** Sentences that one message quotes; the others are in the lines of their cases. */
const MAX_QUOTED = 3;

/** @param said cases of which the findings on files say that they have no labels */
export function unreadableCases(facts: DatasetFacts, said: ReadonlySet<string>): DatasetFinding[] {
  const unreadable = facts.unreadable.filter((one) => !said.has(one.case.name));
  if (unreadable.length === 0) return [];
  const cases = unreadable.map((one) => one.case.name);
  const n = cases.length;
  const quoted = unreadable.slice(0, MAX_QUOTED).map(({ sentence }) => sentence.trim());
  const more = n > MAX_QUOTED ? " The lines of the others say what is wrong with them." : "";
  return [
    ofCases(
      finding(
        "error",
        "case-unreadable",
        `${list(cases, 3)} cannot be read`,
        `${list(cases)} could not be checked, and nothing here counts ${pluralForm(n, "it", "them")}. ${quoted.join(" ")}${more}`,
      ),
      cases,
    ),
  ];
}

/** Codes that the findings of the dataset gather by region, label or pair, or that one case cannot judge. */
const GATHERED: ReadonlySet<string> = new Set([
  "label-unseen",
  "region-absent",
  "label-unexpected",
  "background-only",
  "region-vanishes",
  "vanishes-in-resampling",
  "sides",
]);

/**
 * Findings of the cases that no finding of the dataset stands for: one for each code, severity and title.
 * What is only worth knowing is said where it holds for every case.
 *
 * @param said codes of the findings of the dataset's own definition, which each report repeats
 */
export function findingsOfCases(facts: DatasetFacts, said: ReadonlySet<string>): DatasetFinding[] {
  const all = facts.cases.flatMap(({ name, record }) =>
    record.findings
      .filter(({ code, severity }) => !said.has(code) && !(GATHERED.has(code) && !isNote(code, severity)))
      .map((found) => ({ name, found })),
  );
  const groups = groupBy(all, ({ found }) => JSON.stringify([found.severity, found.code, found.title]));
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    const cases = [...new Set(namesOf(group))];
    if (!first || (first.found.severity === "info" && cases.length < facts.cases.length)) return [];
    return [gathered(first.found, cases, group, facts)];
  });
}

/** That training mirrors sides is the note of that code, and holds for every case alike. */
const isNote = (code: string, severity: string) => code === "sides" && severity === "info";

function gathered(
  first: Finding,
  cases: readonly string[],
  group: readonly { readonly name: string; readonly found: Finding }[],
  facts: DatasetFacts,
): DatasetFinding {
  const isSame = group.every(({ found }) => found.message === first.message);
  const message = isSame
    ? first.message
    : `${shareText(cases.length, facts.cases.length)}; in ${cases[0]}: ${first.message}`;
  const { code, severity, title } = first;
  const regions = [...new Set(group.flatMap(({ found }) => found.regions))];
  const labels = [...new Set(group.flatMap(({ found }) => found.labels))].sort((a, b) => a - b);
  return { code, severity, title, message, regions, labels, cases };
}
