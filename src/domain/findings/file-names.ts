/** Checks file names that keep nnU-Net from finding a case (`get_filenames_of_train_images_and_targets`). */
import type { DatasetDefinition } from "../dataset/dataset-definition.ts";
import {
  certainEnding,
  type DatasetFiles,
  endingInFolder,
  type ImageFault,
  type Misnamed,
  type MisnamedFiles,
  type MisnamedImage,
  nnunetReads,
} from "../dataset/dataset-files.ts";
import { type Finding, finding } from "./finding.ts";
import { capital, list } from "./text.ts";

/** Checks `file_ending` against the open label file, or on its own if none is open. */
export function fileEnding(definition: DatasetDefinition, files: DatasetFiles | null): Finding[] {
  const { keys, fileEnding: written } = definition;
  if (!keys.includes("file_ending")) return [];
  if (written === null || written === "") {
    const cause =
      written === null
        ? "stops because “file_ending” is not text"
        : "finds no case because “file_ending” is empty";
    return [
      finding(
        "error",
        "file-ending",
        `“file_ending” is ${written === null ? "not text" : "empty"}`,
        `nnU-Net ${cause}. Write “file_ending”: “${certainEnding(files) ?? ".nii.gz"}”` +
          `${certainEnding(files) === null ? ", or the ending of all image and label files" : ""}.`,
      ),
    ];
  }
  // Files listed in dataset.json may have any name.
  if (files && !keys.includes("dataset"))
    return fits(written, files) || isSpare(written, files)
      ? [...otherEndings(written, files), ...namesAlone(files)]
      : [unfit(written, files)];
  return lacksPoint(written) ? [withoutPoint(written)] : [];
}

/** True if the text would be an ending that nnU-Net reads if it began with a dot. */
function lacksPoint(written: string): boolean {
  return !written.startsWith(".") && nnunetReads(`.${written}`);
}

function withoutPoint(written: string): Finding {
  return finding(
    "error",
    "file-ending",
    "“file_ending” has no dot",
    `nnU-Net finds no case because “file_ending” is “${written}”, without its dot. Write “file_ending”: “.${written}”.`,
  );
}

/**
 * Accepts `.seg.nrrd` for a file outside a folder, because it can be copied to its proper name; inside a
 * folder it has to be renamed.
 */
function fits(written: string, { ending, folder }: DatasetFiles): boolean {
  return written === endingInFolder(ending) || (folder === null && written === ending);
}

/** Checks names of files opened on their own, as far as they cannot belong to a case in a dataset folder. */
function namesAlone({ labels, ending, folder, image }: DatasetFiles): Finding[] {
  if (folder) return [];
  const warning = (title: string, message: string) => [finding("warning", "file-ending", title, message)];
  const own = labels.slice(0, -ending.length);
  const right = endingInFolder(ending);
  if (right !== ending) {
    return warning(
      `${labels} does not end in just ${right}`,
      `nnU-Net looks for label files that end in just ${right}, so it does not find ${labels}. ` +
        `Name it ${own}${right} in the dataset folder.`,
    );
  }
  const ofImage = image === undefined ? null : caseOfImage(image);
  if (ofImage === own) return [];
  const bare = caseOfImage(labels);
  if (bare !== null) {
    return warning(
      `${labels} has a channel number`,
      `nnU-Net expects a label file to have only the name of its case, but ${labels} ends in a channel number, as images do. ` +
        `Name it ${bare}${ending}, unless ${own.slice(bare.length)} is part of the case's name.`,
    );
  }
  // A label file with an extra suffix, such as case_seg, can be copied to its proper name.
  if (ofImage === null || own.startsWith(ofImage)) return [];
  return warning(
    "Image and labels have different case names",
    `nnU-Net reads ${image} as an image of ${ofImage}, and ${labels} as the labels of ${own}. ` +
      "Open the image and labels of one case, or give both the same case name if they belong together.",
  );
}

/** The file name without channel number and ending; null without a channel number. */
function caseOfImage(file: string): string | null {
  return /^(.+)_\d{4}\.[^_]*$/.exec(file)?.[1] ?? null;
}

/** Reports files beside the open case, whose own files `file_ending` fits. */
function otherEndings(written: string, { folder }: DatasetFiles): Finding[] {
  const isReported = (ending: string) =>
    folder?.isNiiBeside === true && ending === ".nii" && written === ".nii.gz";
  const others = folder?.endings.filter((ending) => ending !== written && !isReported(ending)) ?? [];
  if (others.length === 0) return [];
  const areCapitals = others.every((ending) => sameButCapitals(ending, written));
  const cause = areCapitals ? `: ${CAPITALS}` : `; ${ONE_ENDING}`;
  return [
    finding(
      "warning",
      "file-ending",
      `Files that end in ${list(others, 3)} are ignored`,
      `nnU-Net ignores the files in this folder that end in ${list(others)} because “file_ending” is “${written}”${cause}. ` +
        `${areCapitals ? "Rename them to end in" : "Convert them to"} ${written}.`,
    ),
  ];
}

const CAPITALS = "it distinguishes capital from small letters";
const ONE_ENDING = "all image and label files of a dataset must have that ending";

function sameButCapitals(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

function unfit(written: string, files: DatasetFiles): Finding {
  const { labels, folder } = files;
  const one = certainEnding(files);
  if (folder && one !== null) {
    const why = sameButCapitals(one, written) ? `: ${CAPITALS}` : "";
    return finding(
      "error",
      "file-ending",
      `“file_ending” is “${written}”, but the files end in ${one}`,
      `nnU-Net finds no case because “file_ending” is “${written}”, but the files in this folder end in ${one}${why}. Write “file_ending”: “${one}”.`,
    );
  }
  const [first = ""] = folder?.endings ?? [];
  if (folder && nnunetReads(first) && folder.endings.every((ending) => sameButCapitals(ending, first))) {
    const lower = first.toLowerCase();
    const write = written === lower ? "" : `, and write “file_ending”: “${lower}”`;
    return finding(
      "error",
      "file-ending",
      `“file_ending” is “${written}”, but the files end in ${list(folder.endings, 3)}`,
      `nnU-Net does not find ${labels} because “file_ending” is “${written}”, but the files in this folder end in ${list(folder.endings)}: ${CAPITALS}. ` +
        `Rename all image and label files to end in ${lower}${write}.`,
    );
  }
  if (folder) {
    return finding(
      "error",
      "file-ending",
      "The files of this folder have different endings",
      `nnU-Net does not find ${labels} because “file_ending” is “${written}”: all image and label files of a dataset must have the same ending, but those ` +
        `in this folder end in ${list(folder.endings)}. Convert them to one format that nnU-Net reads, such as .nii.gz, and write its ending there.`,
    );
  }
  return lacksPoint(written) && files.ending === `.${written}`
    ? withoutPoint(written)
    : finding(
        "warning",
        "file-ending",
        `“file_ending” is “${written}”, but this file ends in ${files.ending}`,
        passedOver(written, files, one),
      );
}

/** Only `NaturalImage2DIO` reads these, and no volume can be converted to them. */
const FLAT: ReadonlySet<string> = new Set([".png", ".bmp"]);

/** Describes a file opened on its own. @param one its ending, if nnU-Net reads it */
function passedOver(written: string, { labels, ending }: DatasetFiles, one: string | null): string {
  const cause = `nnU-Net ignores ${labels} because “file_ending” is “${written}”`;
  const lower = ending.toLowerCase();
  if (sameButCapitals(written, ending)) {
    const remedy =
      written === lower
        ? `Rename it to end in ${lower}`
        : `Write “file_ending”: “${lower}”${ending === lower ? "" : ", and rename the file to match"}`;
    return `${cause}: ${CAPITALS}. ${remedy}.`;
  }
  const write =
    one === null ? null : `write “file_ending”: “${one}” if all files of the dataset have that ending`;
  const pointed = written.startsWith(".") ? written : `.${written}`;
  if (!nnunetReads(pointed) || FLAT.has(pointed.toLowerCase())) {
    const why = nnunetReads(pointed)
      ? "which is for 2D images, not for volumes"
      : "which nnU-Net cannot read";
    const remedy = write ?? "convert it to .nii.gz, and write “file_ending”: “.nii.gz”";
    return `${cause}, ${why}; ${ONE_ENDING}. ${capital(remedy)}.`;
  }
  const convert = `Convert it to ${pointed}${pointed === written ? "" : `, and write “file_ending”: “${pointed}”`}`;
  return `${cause}; ${ONE_ENDING}. ${convert}${write === null ? "" : `, or ${write}`}.`;
}

/** True if the same case also has a file with the ending that nnU-Net looks for. */
function isSpare(written: string, { labels, ending, folder }: DatasetFiles): boolean {
  const name = labels.slice(0, -ending.length);
  return folder?.channels.some((one) => one.name === name && one.ending === written) ?? false;
}

export function misnamedFiles(files: MisnamedFiles): Finding {
  return finding("error", "file-ending", misnamedTitle(files), misnamedSentence(files));
}

function misnamedTitle({ caseName, labels, image }: MisnamedFiles): string {
  const what = labels && image ? "image and labels" : labels ? "the labels" : "the image";
  return `nnU-Net does not find ${what} of ${caseName}`;
}

/**
 * "nnU-Net finds no label for MI_01: label files have no _0000. Rename MI_01_0000.nii.gz to MI_01.nii.gz."
 */
export function misnamedSentence(files: MisnamedFiles): string {
  const { caseName, labels, image, cases, exchanged } = files;
  const isOneMore = image?.isOneMore ?? false;
  const missing = labels && image ? "neither image nor label" : labels ? "no label" : "no image";
  const all = labels ? "finds no label and not all images" : "does not find all images";
  const finds = isOneMore ? all : `finds ${missing}`;
  const others =
    cases > 1 ? `, and do the same for the other ${cases === 2 ? "case" : `${cases - 1} cases`}` : "";
  const isNumbered = labels !== null && /_\d{4}\.[^_]*$/.test(labels.from);
  const cause = `nnU-Net ${finds} for ${caseName}: ${exchanged ? placeOf(files, exchanged.images) : ruleOf(files, isNumbered)}.`;
  if (labels && image && exchanged) {
    return exchanged.everywhere
      ? `${cause} Swap the names of these two folders.`
      : `${cause} Move each file to the other folder${others}.`;
  }
  if (labels && image?.fault === "no-number" && isNumbered && !isSegmentation(labels)) {
    return (
      `${cause} imagesTr and labelsTr seem to be swapped: move ${labels.from} to imagesTr and ${image.from} to labelsTr${others}. ` +
      "If the files are where they belong, swap their names instead."
    );
  }
  const renames = [labels, image].flatMap((file) => (file ? [`${file.from} to ${file.to}`] : []));
  const without = isOneMore ? ", or remove what is not a channel" : "";
  return `${cause} Rename ${renames.join(" and ")}${image ? otherChannels(image) : ""}${others}${without}.`;
}

const isSegmentation = ({ from }: Misnamed) => /\.seg\.nrrd$/i.test(from);

/** Says which names nnU-Net looks for. */
function ruleOf({ labels, image }: MisnamedFiles, isNumbered: boolean): string {
  const ofLabels = labels && isNumbered && !isSegmentation(labels) ? "label files have no _0000" : null;
  if (!image) return ofLabels ?? `it looks for ${labels?.to}`;
  if (!labels) return IMAGE_RULES[image.fault];
  const both = isSegmentation(labels)
    ? "label files end in just .nrrd, without a number"
    : isNumbered
      ? "label files have none"
      : "label files have only the name of their case";
  return `${IMAGE_RULES[image.fault]}, and ${both}`;
}

const IMAGE_RULES: Readonly<Record<ImageFault, string>> = {
  "no-number": "image files end in their channel number (_0000)",
  "other-number": "image files end in their channel number, in four digits (_0000)",
  zeros: "images have the name of their label file, with as many leading zeros in its number",
  letters: "images have the name of their label file, with the same capital and small letters",
};

function placeOf({ labels }: MisnamedFiles, images: readonly string[]): string {
  return `its images ${list(images)} are in labelsTr, and its label file ${labels?.from} is in imagesTr`;
}

/** The sentence names only the first of several images; this covers the others. */
function otherChannels({ others, fault, isOneMore }: MisnamedImage): string {
  if (others === 0) return "";
  const which = others === 1 ? "its other channel" : `its other ${others} channels`;
  if (fault === "letters" || fault === "zeros" || isOneMore) return `, ${which} likewise`;
  return `, ${which} to _0001${others === 1 ? "" : " and so on"}, in the order of channel_names`;
}
