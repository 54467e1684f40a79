/** Says that there is no definition, and compares it with the one that nnU-Net trains with. */
import { type DefinitionDiff, diffDefinitions } from "../../dataset/definition-diff.ts";
import { regionSetFromDefinition } from "../../dataset/region-set.ts";
import { finding } from "../../findings/finding.ts";
import { list, regionList } from "../../findings/text.ts";
import type { DatasetFacts } from "../dataset-facts.ts";
import { type DatasetFinding, ofCases } from "../dataset-finding.ts";

/** nnU-Net reads dataset.json first, in `verify_dataset_integrity` and when it extracts the fingerprint. */
export function noDefinition({ check, regions }: DatasetFacts): DatasetFinding[] {
  if (check.definition !== null) return [];
  const guessed =
    regions.length === 0
      ? ""
      : " Until there is one, each label that the cases have counts as a region here.";
  return [
    ofCases(
      finding(
        "error",
        "no-definition",
        "There is no dataset.json",
        `The dataset folder has no dataset.json, without which nnU-Net neither plans nor trains: it names channels, labels and regions.${guessed} ` +
          "Add it to the folder, and check the dataset again into another folder.",
      ),
      [],
    ),
  ];
}

/**
 * Planning copies dataset.json into the preprocessed folder, and training reads the copy
 * (`nnUNetTrainer.__init__` and `run_training.get_trainer_from_args`).
 */
export function otherDefinition({ definition, preprocessed }: DatasetFacts): DatasetFinding[] {
  if (!definition || !preprocessed) return [];
  const diff = diffDefinitions(regionSetFromDefinition(preprocessed), regionSetFromDefinition(definition));
  if (diff.same) return [];
  return [
    ofCases(
      finding(
        "error",
        "definition-outdated",
        "The preprocessed folder has another dataset.json",
        `nnU-Net trains with the dataset.json in the preprocessed folder, and there ${list(changes(diff))}. If this dataset.json is right, run nnUNetv2_plan_and_preprocess again, which copies it there; otherwise copy that one back.`,
        { labels: diff.moved.map(({ label }) => label) },
      ),
      [],
    ),
  ];
}

/** What the preprocessed definition is like, in parts of one sentence. */
function changes({
  added,
  removed,
  renamed,
  changed,
  order,
  resequenced,
  trainsOn,
}: DefinitionDiff): string[] {
  const names = (regions: readonly { readonly name: string }[]) =>
    regionList(regions.map(({ name }) => name));
  return [
    ...(trainsOn ? [`${trainsOn.from} are trained instead of ${trainsOn.to}`] : []),
    ...(added.length > 0 ? [`${names(added)} ${added.length === 1 ? "is" : "are"} missing`] : []),
    ...(removed.length > 0 ? [`${names(removed)} ${removed.length === 1 ? "is" : "are"} in addition`] : []),
    ...renamed.map(({ from, to }) => `“${to}” is called “${from}”`),
    ...changed.map(({ region }) => `“${region}” has other labels`),
    ...(order.length > 0
      ? [
          `${regionList(order.map(({ region }) => region))} ${order.length === 1 ? "writes another label" : "write other labels"}`,
        ]
      : []),
    ...(resequenced ? ["the regions are in another order"] : []),
  ];
}
