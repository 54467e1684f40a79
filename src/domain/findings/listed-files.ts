/** Checks the files that dataset.json lists (`verify_dataset_integrity`). */
import { plural, pluralForm } from "../../base/format-numbers.ts";
import type { DatasetDefinition } from "../dataset/dataset-definition.ts";
import type { DatasetFiles } from "../dataset/dataset-files.ts";
import { type Finding, finding } from "./finding.ts";
import { list } from "./text.ts";

/** Compares `dataset` with the files in the opened folder. */
export function listedFiles({ listed = [] }: DatasetDefinition, files: DatasetFiles | null): Finding[] {
  const notThere = new Set(files?.notThere);
  if (notThere.size === 0) return [];
  const images = listed.flatMap((one) => one.images.filter((path) => notThere.has(path)));
  const labels = listed.flatMap(({ label }) => (label !== null && notThere.has(label) ? [label] : []));
  const kinds = [
    ...(images.length > 0 ? [`the ${pluralForm(images.length, "image", "images")} ${list(images, 4)}`] : []),
    ...(labels.length > 0
      ? [`the label ${pluralForm(labels.length, "file", "files")} ${list(labels, 4)}`]
      : []),
  ];
  if (kinds.length === 0) return [];
  const missing = images.length + labels.length;
  const are = missing === 1 ? "is" : "are";
  return [
    finding(
      "error",
      "listed-files",
      `${plural(missing, "listed file")} ${are} not in this folder`,
      `nnU-Net's integrity check stops because “dataset” lists ${kinds.join(" and ")}, which ${are} not in this folder. ` +
        `Put ${are === "is" ? "it" : "them"} there, correct the ${are === "is" ? "path" : "paths"}, or remove the case from “dataset”.`,
    ),
  ];
}
