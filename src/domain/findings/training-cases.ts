/** Checks the number of training cases the way nnU-Net counts them (`verify_dataset_integrity`). */
import { pluralForm } from "../../base/format-numbers.ts";
import type { DatasetDefinition } from "../dataset/dataset-definition.ts";
import {
  type DatasetFiles,
  type DatasetFolder,
  placesOf,
  TRAINING_FOLDERS,
} from "../dataset/dataset-files.ts";
import { type Finding, finding } from "./finding.ts";
import { jsonText, list } from "./text.ts";

/** Compares `numTraining` with the cases in the folder, or with the cases that dataset.json lists. */
export function trainingCases(definition: DatasetDefinition, files: DatasetFiles | null): Finding[] {
  const { numTraining, listedCases = null } = definition;
  const folder = files?.folder ?? null;
  const cases = listedCases ?? imageCases(definition, folder);
  if (numTraining === undefined) return [];
  const wrong = cases === null || cases === numTraining ? noCount(definition) : null;
  if (wrong !== null)
    return [finding("error", "training-cases", "numTraining is not a whole number above 0", wrong)];
  if (cases === null || cases === pythonNumber(numTraining)) return [];
  const found = `${cases} ${pluralForm(cases, "case", "cases")}`;
  const counted =
    listedCases === null
      ? `${folder ? placesOf(folder).images : TRAINING_FOLDERS.images} has images of ${found}`
      : `“dataset” lists ${found}`;
  const several = listedCases === null && Object.keys(folder?.imageCases ?? {}).length > 1;
  const ending = several ? ` that end in ${definition.fileEnding}` : "";
  return [
    finding(
      "error",
      "training-cases",
      `numTraining is ${jsonText(numTraining, 20)}, and there ${pluralForm(cases, "is", "are")} ${found}`,
      `nnU-Net's integrity check stops because numTraining is ${jsonText(numTraining)}, but ${counted}${ending}. ` +
        remedyOf(numTraining, cases, listedCases === null && folder !== null && isIncomplete(folder)),
    ),
  ];
}

/** Python treats true as 1. */
const pythonNumber = (value: unknown) => (typeof value === "boolean" ? Number(value) : value);

/**
 * Describes a value that no number of cases can equal or that Python cannot count with: nnU-Net evaluates
 * `len(dataset) == numTraining`, then `[reader] * numTraining`. Null for a whole number above 0.
 */
function noCount({ numTraining, numTrainingText: text = "" }: DatasetDefinition): string | null {
  const value = pythonNumber(numTraining);
  const written = jsonText(numTraining);
  if (typeof value === "number" && Number.isInteger(value) && value > 0) {
    if (!/[.eE]/.test(text)) return null;
    return (
      `nnU-Net's integrity check stops because numTraining is ${text.trim()}, with a decimal point, which Python does not treat as a whole number. ` +
      `Write “numTraining”: ${value}.`
    );
  }
  const whole = typeof value === "string" && /^\s*[1-9]\d*\s*$/.test(value) ? Number(value) : null;
  const write = `Write the number of cases with images in ${TRAINING_FOLDERS.images}`;
  if (whole !== null) {
    return (
      `nnU-Net's integrity check stops because numTraining is ${written}, in quotation marks, which Python treats as text, not as a number. ` +
      `Write “numTraining”: ${whole}.`
    );
  }
  return value === 0
    ? `nnU-Net's integrity check stops because numTraining is 0: there must be cases to train on. ${write}.`
    : `nnU-Net's integrity check stops because numTraining is ${written}, but it must be a whole number above 0. ${write}.`;
}

function remedyOf(written: unknown, cases: number, incomplete: boolean): string {
  if (incomplete) return "Complete the cases that lack a file, then write their number.";
  const write = `Write “numTraining”: ${cases}`;
  if (typeof written !== "number") return `${write}, as a number.`;
  const apart = Math.abs(written - cases);
  const those = (kind: string) => `the ${apart === 1 ? `${kind} case` : `${apart} ${kind} cases`}`;
  if (!Number.isInteger(written)) return `${write}.`;
  return written > cases ? `${write}, or add ${those("missing")}.` : `${write}, or remove ${those("extra")}.`;
}

/**
 * nnU-Net counts the names in `imagesTr` that have the ending from dataset.json. If all files share a
 * different ending, `file-ending` reports it; counting them anyway keeps that repair from revealing a new
 * finding. Null if the names are unknown.
 */
function imageCases({ fileEnding }: DatasetDefinition, folder: DatasetFolder | null): number | null {
  const byEnding = folder?.imageCases ?? {};
  const [only, ...others] = Object.values(byEnding);
  return others.length === 0 ? (only ?? null) : (byEnding[fileEnding ?? ""] ?? null);
}

function isIncomplete({ unpaired: { withoutImage, withoutLabels } }: DatasetFolder): boolean {
  return withoutImage.length + withoutLabels.length > 0;
}

/** Reports cases that lack an image or a label file. */
export function incompleteCases(folder: DatasetFolder): Finding[] {
  const { withoutImage, withoutLabels } = folder.unpaired;
  const { labels, images } = placesOf(folder);
  const found: Finding[] = [];
  if (withoutLabels.length > 0) {
    const many = withoutLabels.length > 1;
    found.push(
      finding(
        "error",
        "case-incomplete",
        `${list(withoutLabels, 3)} ${many ? "have" : "has"} no label file`,
        `nnU-Net's integrity check stops because there ${many ? "are no label files" : "is no label file"} in ${labels} for ${list(withoutLabels)}, ` +
          `which ${many ? "have" : "has"} images in ${images}. Add ${many ? "them" : "it"}, or remove these images.`,
      ),
    );
  }
  if (withoutImage.length > 0) {
    const many = withoutImage.length > 1;
    found.push(
      finding(
        "warning",
        "case-incomplete",
        `${list(withoutImage, 3)} ${many ? "have" : "has"} no image`,
        `nnU-Net does not train on ${list(withoutImage)}: it uses the images in ${images}, but ${many ? "these label files have" : "this label file has"} none there. ` +
          `Add ${many ? "their" : "its"} images, named CASE_0000, or remove the label ${many ? "files" : "file"}.`,
      ),
    );
  }
  return found;
}
