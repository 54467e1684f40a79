/** Finds keys of dataset.json that are missing, misspelt or repeated, apart from `labels`. */
import { pluralForm } from "../../base/format-numbers.ts";
import type { DatasetDefinition } from "../dataset/dataset-definition.ts";
import type { DatasetFiles } from "../dataset/dataset-files.ts";
import {
  hasModality,
  missingEnding,
  missingKeys,
  misspelt,
  type RequiredKey,
} from "../dataset/dataset-keys.ts";
import { type Finding, finding } from "./finding.ts";
import { capital, list } from "./text.ts";

export function keysMissing(definition: DatasetDefinition, files: DatasetFiles | null): Finding[] {
  const missing = missingKeys(definition);
  if (missing.length === 0) return [];
  const renamed = hasModality(definition);
  const cause = renamed ? `: modality is version 1's name for channel_names` : "";
  const added = missing.filter((key) => !(renamed && key === "channel_names"));
  const remedies = [
    ...(renamed ? ["rename modality to channel_names"] : []),
    ...(added.length > 0 ? [`add ${list(added.map((key) => example(key, definition, files)))}`] : []),
  ];
  const remedy = remedies.join(" and ");
  const first = missing.includes("numTraining") ? lackingFiles(files) : "";
  return [
    finding(
      "error",
      "keys-missing",
      `${list(missing)} ${pluralForm(missing.length, "is", "are")} missing`,
      `nnU-Net's integrity check stops because ${list(missing)} ${pluralForm(missing.length, "is", "are")} missing${cause}. ` +
        `${capital(remedy)}.${first}`,
    ),
  ];
}

/** nnU-Net ignores unknown keys. @param onRegions whether it needs `regions_class_order` */
export function misspeltKeys(definition: DatasetDefinition, onRegions: boolean): Finding[] {
  return misspelt(definition).map(({ written, meant }) => {
    const isNeeded = NEEDED.includes(meant) || (meant === "regions_class_order" && onRegions);
    return finding(
      isNeeded ? "error" : "warning",
      "key-misspelt",
      `“${written}” is probably meant to be “${meant}”`,
      isNeeded
        ? `nnU-Net stops because ${meant} is missing: the file has “${written}” instead, which nnU-Net ignores. Rename it to “${meant}”.`
        : `nnU-Net ignores “${written}”, which is probably meant to be ${meant}. If so, rename it to “${meant}”.`,
    );
  });
}

const NEEDED: readonly string[] = ["channel_names", "numTraining", "file_ending"];

/** JSON parsers, including Python's, silently keep the last of several equal keys. */
export function repeatedKeys({ repeatedKeys: repeated = [] }: DatasetDefinition): Finding[] {
  return repeated.map(({ name, times, isSame }) => {
    const often = times === 2 ? "twice" : `${times} times`;
    return finding(
      isSame ? "warning" : "error",
      "key-repeated",
      `“${name}” is in dataset.json ${often}`,
      isSame
        ? `dataset.json has “${name}” ${often} with the same value, and nnU-Net keeps one of them, so nothing is lost. Remove the ${pluralForm(times - 1, "other", "others")}.`
        : `dataset.json has “${name}” ${often}. nnU-Net silently keeps only the last, and so does Regionscope: what the ${pluralForm(times - 1, "first says is", "others say is")} ` +
            "lost. Keep one, with everything that is intended.",
    );
  });
}

/** Says why the number of training cases is not known yet. */
function lackingFiles(files: DatasetFiles | null): string {
  const { withoutImage = [], withoutLabels = [] } = files?.folder?.unpaired ?? {};
  const lacking = [
    ...(withoutImage.length > 0 ? [`no image for ${list(withoutImage)}`] : []),
    ...(withoutLabels.length > 0 ? [`no label file for ${list(withoutLabels)}`] : []),
  ];
  return lacking.length > 0
    ? ` nnU-Net counts the cases in imagesTr, but there is ${list(lacking)}: complete these cases first, or remove them.`
    : "";
}

function example(key: RequiredKey, definition: DatasetDefinition, files: DatasetFiles | null): string {
  switch (key) {
    case "channel_names":
      return "“channel_names” such as {“0”: “CT”}";
    case "numTraining": {
      const cases = files?.folder?.trainingCases;
      return cases === undefined || cases === null
        ? "“numTraining” with the number of training cases"
        : `“numTraining”: ${cases}`;
    }
    case "file_ending": {
      const ending = missingEnding(definition, files);
      return ending === null
        ? "“file_ending” with the ending of all image and label files, such as “.nii.gz”"
        : `“file_ending”: “${ending}”`;
    }
  }
}
