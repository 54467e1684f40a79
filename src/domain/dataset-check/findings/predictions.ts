/** Finds predictions that cannot be compared with their references, or have labels that no region has. */
import { pluralForm } from "../../../base/format-numbers.ts";
import { type Finding, finding } from "../../findings/finding.ts";
import { labelList, list } from "../../findings/text.ts";
import { type DatasetFacts, namesOf } from "../dataset-facts.ts";
import { alike, casesByItem, type DatasetFinding, ofCases, shareText } from "../dataset-finding.ts";

export function predictionFindings(facts: DatasetFacts): DatasetFinding[] {
  if (!facts.check.options.predictions) return [];
  return [
    ...missingPredictions(facts),
    ...otherGrids(facts),
    ...unreadablePredictions(facts),
    ...otherLabels(facts),
  ];
}

/** nnUNetv2_evaluate_folder stops without --chill (`compute_metrics_on_folder`). */
function missingPredictions(facts: DatasetFacts): DatasetFinding[] {
  const cases = refusedWith(facts, "prediction-missing");
  if (cases.length === 0) return [];
  const n = cases.length;
  return [
    ofCases(
      finding(
        "error",
        "prediction-missing",
        `${shareText(n, facts.cases.length)} ${pluralForm(n, "has", "have")} no prediction`,
        `There is no prediction for ${list(cases)}: nnUNetv2_evaluate_folder stops there, and with --chill leaves ${pluralForm(n, "it", "them")} out, so that the means are those of the other cases. ` +
          `Predict ${pluralForm(n, "it", "them")} too, and name the ${pluralForm(n, "file", "files")} like the label ${pluralForm(n, "file", "files")}.`,
      ),
      cases,
    ),
  ];
}

/** nnU-Net compares voxel by voxel, and looks at no header (`compute_metrics`). */
function otherGrids(facts: DatasetFacts): DatasetFinding[] {
  return withSentence(facts, "prediction-grid", (cases, n) =>
    finding(
      "error",
      "prediction-grid",
      `The ${pluralForm(n, "prediction", "predictions")} of ${list(cases, 3)} ${pluralForm(n, "has", "have")} another grid than the labels`,
      `The predictions of ${list(cases)} do not lie on the voxels of their labels, so nothing was compared.`,
    ),
  );
}

function unreadablePredictions(facts: DatasetFacts): DatasetFinding[] {
  return withSentence(facts, "prediction-unreadable", (cases, n) =>
    finding(
      "error",
      "prediction-unreadable",
      `The ${pluralForm(n, "prediction", "predictions")} of ${list(cases, 3)} cannot be read`,
      `The predictions of ${list(cases)} cannot be read, so nothing was compared.`,
    ),
  );
}

/** Adds the first case's own sentence; of one case, that says it all. */
function withSentence(
  facts: DatasetFacts,
  code: string,
  findingOn: (cases: readonly string[], count: number) => Finding,
): DatasetFinding[] {
  const cases = refusedWith(facts, code);
  if (cases.length === 0) return [];
  const sentences = facts.cases.flatMap(({ record: { prediction } }) =>
    prediction && "refused" in prediction && prediction.refused.code === code
      ? [prediction.refused.message]
      : [],
  );
  const found = findingOn(cases, cases.length);
  const [first = ""] = sentences;
  const message = cases.length === 1 ? first : `${found.message} In ${cases[0]}: ${first}`;
  return [ofCases({ ...found, message }, cases)];
}

function refusedWith({ cases }: DatasetFacts, code: string): string[] {
  return namesOf(
    cases.filter(
      ({ record: { prediction } }) =>
        prediction && "refused" in prediction && prediction.refused.code === code,
    ),
  );
}

/** Findings on the labels of predictions, as one for each code. */
function otherLabels(facts: DatasetFacts): DatasetFinding[] {
  const casesOf = casesByItem(facts.cases, ({ record: { prediction } }) =>
    prediction && "findings" in prediction ? prediction.findings.flatMap(({ labels }) => labels) : [],
  );
  const labels = [...casesOf.keys()].sort((a, b) => a - b);
  return alike(labels, (label) => casesOf.get(label) ?? []).map(({ items, cases }) =>
    ofCases(
      finding(
        "warning",
        "prediction-labels",
        `Predictions have ${labelList(items, 4)}, which no region has`,
        `The ${pluralForm(cases.length, "prediction", "predictions")} of ${list(cases)} ${pluralForm(cases.length, "has", "have")} ${labelList(items)}, which no region has, so ${pluralForm(items.length, "it counts", "they count")} as background. ` +
          "Check that the predictions were made with this dataset.json.",
        { labels: items },
      ),
      cases,
    ),
  );
}
