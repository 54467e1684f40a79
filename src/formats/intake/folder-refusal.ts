/** Explains why a folder cannot be opened, if its file names tell. */

import { baseName } from "../../base/file-path.ts";
import { TRAINING_FOLDERS } from "../../domain/dataset/dataset-files.ts";
import { list } from "../../domain/findings/text.ts";
import { ANY_FORMAT, FORMAT_NAMES } from "../../domain/reader/volume-endings.ts";
import { folderOf, type InputFile, isClutter, isVolumeName } from "../bytes/input-file.ts";
import { roleByFolder } from "./roles.ts";

/** Volumes in unsupported formats. */
const FOREIGN_VOLUME = /\.(nhdr|mha|mhd|gipl|dcm|mg[zh]|b2nd|np[yz]|tiff?)$/i;
/** Pictures; nnU-Net reads some of them as 2D images. */
const PICTURE = /\.(png|bmp|tiff?|jpe?g|gif|webp)$/i;
/** Formats of nnU-Net's `NaturalImage2DIO` and `Tiff3DIO`. */
const READ_BY_NNUNET = /\.(png|bmp|tiff?)$/i;

/** Returns one or two sentences with cause and remedy; null if some file may be readable. */
export function folderRefusal(files: readonly InputFile[]): string | null {
  const paths = files.map(({ path }) => path).filter((path) => !isClutter(path));
  const volumes = paths.filter(isVolumeName);
  if (volumes.length > 0) return labelsOfAnotherFormat(paths, volumes) ?? imagesAlone(volumes);
  const empty = withoutCases(files, paths);
  if (empty) return empty;
  const picture = paths.find((path) => PICTURE.test(path) && roleByFolder(path) !== null);
  if (picture) return ofPictures(picture);
  const foreign = paths.find((path) => FOREIGN_VOLUME.test(path));
  return foreign
    ? `${foreign}: this folder contains no ${ANY_FORMAT} files, the only supported formats. Convert its volumes to .nii.gz and open the folder again.`
    : null;
}

/** Explains folders for cases that contain only files that operating systems leave there. */
function withoutCases(files: readonly InputFile[], paths: readonly string[]): string | null {
  const isCases = (path: string) => /^(labels|images)Tr$/.test(baseName(folderOf(path).slice(0, -1)));
  const clutter = files.map(({ path }) => path).filter(isCases);
  const [first] = clutter;
  if (first === undefined || paths.some(isCases)) return null;
  const folders = [...new Set(clutter.map((path) => baseName(folderOf(path).slice(0, -1))))].sort();
  const names = [...new Set(clutter.map(baseName))].sort();
  return (
    `${datasetOf(first)}: it contains no cases: ${list(folders)} ${folders.length === 1 ? "has" : "have"} no files except ${list(names)}, which operating systems create. ` +
    `Put each case's label file into ${TRAINING_FOLDERS.labels} and its images into ${TRAINING_FOLDERS.images}.`
  );
}

/**
 * Explains a dataset of flat pictures, for which dataset.json and the plans would open without anything to
 * see.
 */
function ofPictures(path: string): string {
  const kind = (/[^.]+$/.exec(path)?.[0] ?? "").toUpperCase().replace("JPG", "JPEG").replace(/TIF$/, "TIFF");
  const who = READ_BY_NNUNET.test(path)
    ? "which nnU-Net reads but this version of Regionscope does not"
    : "which neither nnU-Net nor this version of Regionscope reads";
  const own = READ_BY_NNUNET.test(path) ? "a copy of one case" : "them";
  return (
    `${datasetOf(path)}: its images and labels are ${kind} pictures, ${who}. ` +
    `Convert ${own} to .nii.gz to see the regions here, or open only dataset.json to check it.`
  );
}

/** Explains a folder whose images are readable and whose label files are not. */
function labelsOfAnotherFormat(paths: readonly string[], volumes: readonly string[]): string | null {
  if (!volumes.every((path) => roleByFolder(path) === "image")) return null;
  const isForeign = (path: string) => PICTURE.test(path) || FOREIGN_VOLUME.test(path);
  const labels = paths.find((path) => isForeign(path) && roleByFolder(path) === "labels");
  return labels
    ? `${labels}: the label files are not in the format of this folder's images, but in one that is neither ${FORMAT_NAMES.join(" nor ")}, the only supported formats. ` +
        "Convert them to the format of the images, which nnU-Net requires too, and open the folder again."
    : null;
}

/** Explains a folder that contains only images, and so no labels to show. */
function imagesAlone(volumes: readonly string[]): string | null {
  const isTraining = (path: string) => baseName(folderOf(path).slice(0, -1)) === TRAINING_FOLDERS.images;
  const isImages = volumes.every((path) => roleByFolder(path) === "image") && volumes.some(isTraining);
  const [first = ""] = volumes.filter(isTraining);
  return isImages
    ? `${datasetOf(first)}: ${TRAINING_FOLDERS.images} contains images, but there are no label files, which nnU-Net expects in ${TRAINING_FOLDERS.labels}. ` +
        `Put each case's label file there, named like its images but without _0000.`
    : null;
}

/** Returns the name of the folder that contains the folders of images and labels. */
function datasetOf(path: string): string {
  return (
    baseName(folderOf(folderOf(path).slice(0, -1)).slice(0, -1)) || baseName(folderOf(path).slice(0, -1))
  );
}
