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
      `${voxelText(voxels)} of the image ${pluralForm(voxels, "is", "are")} not a number`,
      `nnU-Net's integrity check rejects the case because ${voxelText(voxels)} of the image ${areNone} (NaN). ` +
        `Replace ${pluralForm(voxels, "it", "them")} with a sensible value, such as the image's lowest where nothing was measured.`,
    ),
  ];
}
