/** Checks folders that nnU-Net does not find by their names (`verify_dataset_integrity`). */
import { type DatasetFolder, ITSELF, TRAINING_FOLDERS } from "../dataset/dataset-files.ts";
import { type Finding, finding } from "./finding.ts";
import { list } from "./text.ts";

/** Wrongly named folders are an error; missing images are a warning, since they may not have been opened. */
export function folderNames(folder: DatasetFolder): Finding[] {
  const sentence = foldersSentence(folder);
  if (sentence === null) return definitionAbove(folder);
  return [
    finding(
      folder.folders.images === null ? "warning" : "error",
      "folder-names",
      folderTitle(folder),
      sentence,
    ),
  ];
}

function folderTitle({ folders }: DatasetFolder): string {
  if (folders.labels === ITSELF) return "Images and labels are in one folder";
  const [first, second] = wrongNames(folders);
  if (!first) return `There is no folder ${TRAINING_FOLDERS.images}`;
  return second
    ? `${first.from} and ${second.from} should be ${first.to} and ${second.to}`
    : `${first.from} should be named ${first.to}`;
}

/** The folders that nnU-Net does not find, with the names that it looks for. */
function wrongNames(folders: DatasetFolder["folders"]) {
  return (["images", "labels"] as const).flatMap((kind) => {
    const [from, to] = [folders[kind], TRAINING_FOLDERS[kind]];
    return from === null || from === to ? [] : [{ kind, from, to }];
  });
}

/**
 * Reports a dataset.json one folder above `imagesTr` and `labelsTr`, as happens when an archive is unpacked
 * into a folder of the same name.
 */
function definitionAbove({ name, definitionAbove }: DatasetFolder): Finding[] {
  if (definitionAbove === undefined) return [];
  const above = definitionAbove === "" || definitionAbove === name ? "the folder above" : definitionAbove;
  const { images, labels } = TRAINING_FOLDERS;
  return [
    finding(
      "error",
      "folder-names",
      `${images} and ${labels} are one folder too deep`,
      `nnU-Net looks for ${images} and ${labels} in the folder of dataset.json, but here they are one folder deeper, in ${name}. ` +
        `Move them into ${above}, next to dataset.json.`,
    ),
  ];
}

/**
 * "nnU-Net finds no images in Dataset007_Heart: it looks for them in imagesTr, but they are in images. Rename
 * images to imagesTr." Null if nnU-Net finds both folders.
 */
export function foldersSentence({ name, folders }: DatasetFolder): string | null {
  // A preprocessed dataset has no images.
  if (folders.labels === "gt_segmentations") return null;
  const wrong = wrongNames(folders);
  const where = name === "" ? "this folder" : name;
  const missing = folders.images === null && name !== "";
  if (folders.labels === ITSELF) {
    return (
      `nnU-Net finds neither images nor label files in ${where}: it looks for images in ${TRAINING_FOLDERS.images} and for label files in ` +
      `${TRAINING_FOLDERS.labels}, but here both are in one folder. Create these two folders and move the files into them.`
    );
  }
  if (wrong.length === 0) {
    return missing
      ? `nnU-Net finds no images in ${where}: it looks for them in ${TRAINING_FOLDERS.images}, but there is no such folder. ` +
          "Put the images of all cases there, each with its channel number (CASE_0000)."
      : null;
  }
  const what =
    wrong.length === 2
      ? "neither images nor label files"
      : wrong[0]?.kind === "images"
        ? "no images"
        : "no label files";
  const cause =
    wrong.length === 2
      ? `images in ${TRAINING_FOLDERS.images} and for label files in ${TRAINING_FOLDERS.labels}, but here they are in ${list(wrong.map(({ from }) => from))}`
      : `them in ${list(wrong.map(({ to }) => to))}, but here they are in ${list(wrong.map(({ from }) => from))}`;
  const capitals = wrong.every(({ from, to }) => from.toLowerCase() === to.toLowerCase())
    ? ", which is a different folder on Linux"
    : "";
  const remedy = `Rename ${list(wrong.map(({ from, to }) => `${from} to ${to}`))}`;
  const add = missing ? `, and put the images of all cases into ${TRAINING_FOLDERS.images}` : "";
  return `nnU-Net finds ${what} in ${where}: it looks for ${cause}${capitals}. ${remedy}${add}.`;
}
