/** Reports image voxels that are NaN (`check_cases`, which ignores infinite values). */
import { pluralForm } from "../../base/format-numbers.ts";
import { type Finding, finding } from "./finding.ts";
import { voxelText } from "./text.ts";

export function imageNaN(voxels: number): Finding[] {
  if (voxels === 0) return [];
  const areNone = pluralForm(voxels, "is not a number", "are not numbers");
  return [
    finding(
      "error",
      "image-nan",
      `nnU-Net's integrity check refuses the case because ${voxelText(voxels)} of the image ${areNone} (NaN). ` +
        `Write a value there that makes sense for the image, such as its lowest one where nothing was measured.`,
    ),
  ];
}
