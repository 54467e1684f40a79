/** Recognises a training grid or targets that Regionscope saved, opened as the labels of a case. */
import { baseName } from "../../base/file-path.ts";
import type { FileGeometry } from "../reader/file-geometry.ts";
import { savedTraining } from "../reader/saved-training.ts";
import { type Finding, finding } from "./finding.ts";

/** The findings that are explained by it. */
export const EXPLAINED: readonly string[] = ["grid-mismatch", "spacing-mismatch", "negative-label"];

/** Null for any other file. */
export function savedTrainingFile({ file, description = "" }: FileGeometry): Finding | null {
  const what = savedTraining(description);
  if (what === null) return null;
  const isGrid = what === "training grid";
  const [its, made] = isGrid
    ? ["a training grid", "nnU-Net's preprocessing makes it of a label file, cropped and resampled"]
    : ["targets of a scale", "the loss compares predictions with them"];
  return finding(
    "info",
    "saved-training-file",
    `The labels are ${its} that Regionscope saved`,
    `${baseName(file)} is not a label file but ${its} that Regionscope saved (“${description}”): ${made}, so its grid may differ from the image's` +
      `${isGrid ? ", and −1 is background outside the image's nonzero mask" : ""}. It is there to be looked at; nnU-Net trains on the label file of the case.`,
  );
}
