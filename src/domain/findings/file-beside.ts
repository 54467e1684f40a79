/**
 * Reports files `X.nii.gz` that ITK reads with the voxels of an `X.nii` beside them (ITK's issue 2243; see
 * `findings/nii-beside-nii-gz.sh`).
 */
import { baseName } from "../../base/file-path.ts";
import type { CaseReading } from "../reader/file-geometry.ts";
import { isItk } from "../reader/reader.ts";
import { type Finding, finding } from "./finding.ts";
import { list } from "./text.ts";

/** @param files names of the `X.nii.gz`, with their folders */
export function fileBeside(
  files: readonly string[],
  { geometry: { reader }, inForce: { ending } }: CaseReading,
): Finding[] {
  // With another ending, nnU-Net ignores the compressed files, and reads the others as they are.
  if (files.length === 0 || ending !== ".nii.gz") return [];
  const { beside, own, remedy } = files.length === 1 ? textOfOne(files[0] ?? "") : TEXT_OF_SEVERAL;
  const title =
    files.length === 1
      ? `${baseName(files[0] ?? "")} has an .nii beside it`
      : `${files.length} files have an .nii beside them`;
  const names = list(files, 4);
  return isItk(reader)
    ? [
        finding(
          "error",
          "file-beside",
          `nnU-Net reads other voxels: ${title}`,
          `nnU-Net reads ${names} with the voxels of ${beside}: ${reader} takes only the header from the file that it is to read. ` +
            `Regionscope shows each file's own voxels. ${remedy}`,
        ),
      ]
    : [
        finding(
          "info",
          "file-beside",
          `ITK reads other voxels: ${title}`,
          `${reader} reads ${names} with ${own} voxels, but SimpleITK and other programs based on ITK take those of ${beside}. ${remedy}`,
        ),
      ];
}

interface Text {
  readonly beside: string;
  readonly own: string;
  readonly remedy: string;
}

function textOfOne(file: string): Text {
  const compressed = baseName(file);
  const plain = compressed.slice(0, -".gz".length);
  return {
    beside: `${plain} beside it`,
    own: "its own",
    remedy:
      `Delete ${plain} or move it to another folder; ` +
      `if it is the right one, first replace ${compressed} with a compressed copy of it.`,
  };
}

const TEXT_OF_SEVERAL: Text = {
  beside: "the .nii files of the same names beside them",
  own: "their own",
  remedy:
    "Delete these .nii files or move them to another folder; " +
    "if they are the right ones, first replace the .nii.gz files with compressed copies of them.",
};
