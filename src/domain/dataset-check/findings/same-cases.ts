/** Finds cases that are there twice: under two names, or for training and for testing. */
import { pluralForm } from "../../../base/format-numbers.ts";
import { groupBy } from "../../../base/group-by.ts";
import { finding } from "../../findings/finding.ts";
import { list } from "../../findings/text.ts";
import type { CaseFacts, DatasetFacts } from "../dataset-facts.ts";
import { namesOf } from "../dataset-facts.ts";
import { type DatasetFinding, ofCases } from "../dataset-finding.ts";

export function sameCases(facts: DatasetFacts): DatasetFinding[] {
  return [...trainedAndTested(facts), ...equalLabels(facts)];
}

/** nnU-Net keeps the two folders apart by their names alone, and never compares them. */
function trainedAndTested({ check }: DatasetFacts): DatasetFinding[] {
  const tested = new Set(check.testCases);
  const both = namesOf(check.cases).filter((name) => tested.has(name));
  if (both.length === 0) return [];
  const are = pluralForm(both.length, "is", "are");
  return [
    ofCases(
      finding(
        "warning",
        "case-in-test",
        `${list(both, 3)} ${are} in imagesTr and in imagesTs`,
        `${list(both)} ${are} among the training cases and among the test cases. If ${pluralForm(both.length, "it is the same scan", "they are the same scans")}, ` +
          "a result on the test cases says nothing about new patients: nnU-Net does not compare the two folders. " +
          `Remove ${pluralForm(both.length, "it", "them")} from one of them, or give different patients different names.`,
      ),
      both,
    ),
  ];
}

/** Cases with background alone are equal without being the same. */
function equalLabels({ cases, check }: DatasetFacts): DatasetFinding[] {
  const folds = check.splits.folds.map(({ name, train, val }) => ({
    name,
    train: new Set(train),
    val: new Set(val),
  }));
  const labelled = cases.filter(({ regions }) => regions.some((region) => (region?.voxels ?? 0) > 0));
  return [...groupBy(labelled, ({ record }) => record.stored.labelsHash).values()]
    .filter((group) => group.length > 1)
    .map((group) => {
      const names = namesOf(group);
      const split = folds.filter((fold) => isSplit(group, fold));
      const leak =
        split.length > 0
          ? ` In ${pluralForm(split.length, "fold", "folds")} ${list(split.map(({ name }) => name))} one is trained on and another validated, so that validation looks better than it is.`
          : "";
      return ofCases(
        finding(
          "warning",
          "duplicate-case",
          `${list(names, 3)} have the same labels`,
          `The label maps of ${list(names)} are equal, voxel for voxel: most often one patient under two names, or a file copied to the wrong place.${leak} ` +
            "Compare their images; if they are equal too, keep one, otherwise replace the labels that belong to another case.",
        ),
        names,
        namesOf(split),
      );
    });
}

/** Cases on both sides of the fold are not counted: that is another finding, or fold all. */
function isSplit(
  group: readonly CaseFacts[],
  { train, val }: { readonly train: ReadonlySet<string>; readonly val: ReadonlySet<string> },
): boolean {
  const isTrained = group.some(({ name }) => train.has(name) && !val.has(name));
  return isTrained && group.some(({ name }) => val.has(name) && !train.has(name));
}
