/** Names of files by which nnU-Net does not find a case (`get_filenames_of_train_images_and_targets`). */
import type { DatasetDefinition } from "../dataset-definition.ts";
import {
  certainEnding,
  type DatasetFiles,
  endingInFolder,
  type MisnamedFiles,
  nnunetReads,
} from "../dataset-files.ts";
import { type Finding, finding } from "./finding.ts";
import { list } from "./words.ts";

/** `file_ending` against the label file that is open, or by itself where none is. */
export function fileEnding(definition: DatasetDefinition, files: DatasetFiles | null): Finding[] {
  const { keys, fileEnding: written } = definition;
  if (!keys.includes("file_ending")) return [];
  if (written === null) {
    return [
      finding(
        "error",
        "file-ending",
        `nnU-Net stops because “file_ending” is no text. Write “file_ending”: “${certainEnding(files) ?? ".nii.gz"}”` +
          `${certainEnding(files) === null ? ", or what all image and label files end in" : ""}.`,
      ),
    ];
  }
  if (files) return fits(written, files) ? [] : [unfit(written, files)];
  const pointed = `.${written}`;
  if (written.startsWith(".") || !nnunetReads(pointed)) return [];
  return [
    finding(
      "error",
      "file-ending",
      `nnU-Net finds no case because “file_ending” is “${written}”, without its point. Write “file_ending”: “${pointed}”.`,
    ),
  ];
}

/** A segmentation of 3D Slicer is told in its folder to be renamed, and by itself can be copied to its name. */
function fits(written: string, { ending, folder }: DatasetFiles): boolean {
  return written === endingInFolder(ending) || (folder === null && written === ending);
}

function unfit(written: string, files: DatasetFiles): Finding {
  const { labels, folder } = files;
  const one = certainEnding(files);
  if (folder && one !== null) {
    return finding(
      "error",
      "file-ending",
      `nnU-Net finds no case because “file_ending” is “${written}”, and the files of this folder end in ${one}. Write “file_ending”: “${one}”.`,
    );
  }
  if (folder) {
    return finding(
      "error",
      "file-ending",
      `nnU-Net does not find ${labels} because “file_ending” is “${written}”: all image and label files of a dataset must have the same ending, and those ` +
        `of this folder end in ${list(folder.endings)}. Convert them to one format that nnU-Net reads, such as .nii.gz, and write its ending there.`,
    );
  }
  const instead = one === null ? "" : `, or write “file_ending”: “${one}” if all files of the dataset end so`;
  return finding(
    "warning",
    "file-ending",
    `nnU-Net passes over ${labels} because “file_ending” is “${written}”, and all image and label files of a dataset must end so. ` +
      `Convert it to ${written.startsWith(".") ? written : `.${written}`}${instead}.`,
  );
}

export function misnamedFiles(files: MisnamedFiles): Finding {
  return finding("error", "file-ending", misnamedSentence(files));
}

/**
 * "nnU-Net finds no label for MI_01: label files have no _0000. Rename MI_01_0000.nii.gz to MI_01.nii.gz."
 */
export function misnamedSentence({ caseName, labels, image, cases }: MisnamedFiles): string {
  const missing = labels && image ? "neither image nor label" : labels ? "no label" : "no image";
  const isSegmentation = labels !== null && /\.seg\.nrrd$/i.test(labels.from);
  const ofImage = "image files end in the number of their channel (_0000)";
  const rule =
    labels && image
      ? `${ofImage}, and label files ${isSegmentation ? "in .nrrd alone, without a number" : "have none"}`
      : labels
        ? isSegmentation
          ? `it looks for ${labels.to}`
          : "label files have no _0000"
        : ofImage;
  const others =
    cases > 1 ? `, and so with ${cases === 2 ? "the other case" : `the other ${cases - 1} cases`}` : "";
  const cause = `nnU-Net finds ${missing} for ${caseName}: ${rule}.`;
  if (labels && image && !isSegmentation) {
    return (
      `${cause} imagesTr and labelsTr seem to be exchanged: move ${labels.from} to imagesTr and ${image.from} to labelsTr${others}. ` +
      "If they lie where they belong, exchange their names instead."
    );
  }
  const renames = [labels, image].flatMap((file) => (file ? [`${file.from} to ${file.to}`] : []));
  return `${cause} Rename ${renames.join(" and ")}${others}.`;
}
