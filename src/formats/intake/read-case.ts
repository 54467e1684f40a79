/** Reads the volumes of a case. */
import { InputError } from "../../base/errors.ts";
import { distinctFileNames } from "../../base/file-path.ts";
import { type CaseGeometry, type FileGeometry, filesText } from "../../domain/reader/file-geometry.ts";
import type { Reader } from "../../domain/reader/reader.ts";
import type { ImageVolume } from "../../domain/volume/image-volume.ts";
import type { LabelName } from "../../domain/volume/label-names.ts";
import { type ImageSigns, imageLooksLikeLabels, imageSigns } from "../../domain/volume/looks-like-image.ts";
import type { Source } from "../../domain/volume/palette-volume.ts";
import { folderOf, type InputFile, stemOf } from "../bytes/input-file.ts";
import type { Reading } from "../bytes/progress.ts";
import type { ChosenInputs } from "./choose-inputs.ts";
import {
  type Candidate,
  type Classified,
  classifyByContent,
  combineLabels,
  copiesAmong,
  examine,
} from "./label-candidates.ts";
import { leftOut, leftOutWithRemedy, noneOpened, uncompressedCopy } from "./omitted-files.ts";
import { readImage } from "./read-image.ts";
import { byPath, channelOf } from "./roles.ts";
import { openVolume } from "./volume-formats.ts";

/** The volumes of a case, in the file's axis order. */
export interface CaseVolumes {
  readonly name: string;
  readonly source: Source;
  /** Any masks are the volumes of one 4D file, which has no names for them. */
  readonly nameless: boolean;
  readonly image: ImageVolume | null;
  readonly imageFiles: ImageFiles;
  readonly geometry: Pick<CaseGeometry, "labels" | "moreLabels" | "image">;
  /** Signs that the labels are an image; null for masks and clear labels. */
  readonly imageSigns: ImageSigns | null;
  /** Path of the first label file. */
  readonly labelsFile: string;
  readonly labelNames: readonly LabelName[];
  readonly notices: readonly string[];
}

/** The files of a case's image. */
export interface ImageFiles {
  /** The first channel; null without an image. */
  readonly file: InputFile | null;
  /** Volumes in that file; 0 if it could not be read. */
  readonly volumes: number;
  /** Files of the other channels, in order. */
  readonly moreChannels: readonly InputFile[];
}

/** The image of a case; `geometry` is null if `volume` is. */
interface ReadImage {
  readonly volume: ImageVolume | null;
  readonly geometry: FileGeometry | null;
  readonly files: ImageFiles;
  readonly notices: string[];
}

export const NO_IMAGE: ImageFiles = { file: null, volumes: 0, moreChannels: [] };

/**
 * Reads the labels and the image of a case like one of nnU-Net's readers.
 * @returns null if there are no volumes
 * @throws InputError if the labels cannot be read
 */
export async function readCase(
  chosen: ChosenInputs,
  reader: Reader,
  reading: Reading,
): Promise<CaseVolumes | null> {
  const { certain, unknown, images } = sides(chosen);
  if (certain.length + unknown.length === 0) return null;
  reading.expect([...certain, ...unknown, ...allChannels(images, chosen)]);
  const failures: InputError[] = [];
  const classified =
    certain.length > 0
      ? { ...combineLabels(await examineAll(certain, chosen, reader, reading, null)), images: [] }
      : await classifyUnknown(unknown, images.length > 0, chosen, reader, reading, failures);
  const notImages = new Set([...certain, ...unknown]);
  const candidates = [
    ...images.filter((input) => !notImages.has(input)),
    ...classified.images.flatMap(({ file }) => chosen.all.filter(({ path }) => path === file)),
  ];
  const mayBeLabels = certain.length > 0 && certain === chosen.labels ? chosen.unknown : [];
  const image = await readFirstImage(candidates, chosen, reader, reading, mayBeLabels);
  const { from, more } = classified;
  return {
    name: more.length > 0 ? stackName(from.file, 1 + more.length) : stemOf(from.file),
    source: classified.source,
    nameless: more.length === 0 && from.layers === null,
    image: image.volume,
    imageFiles: image.files,
    geometry: {
      labels: from.geometry,
      moreLabels: more.map(({ geometry }) => geometry),
      image: image.geometry,
    },
    imageSigns: signsOf(classified),
    labelsFile: from.file,
    labelNames: classified.source.kind === "masks" ? [] : from.labelNames,
    notices: [...filesText([from, ...more]), ...leftOut(failures), ...image.notices],
  };
}

/**
 * Reads files that are named like images as the image of the open case.
 * @returns null if some file may be labels
 * @throws InputError if the image is unreadable
 */
export async function readUnderlay(
  chosen: ChosenInputs,
  reader: Reader,
  reading: Reading,
): Promise<ReadImage | null> {
  if (chosen.images.length === 0 || chosen.labels.length + chosen.unknown.length > 0) return null;
  const images = inOrder(chosen);
  reading.expect(allChannels(images, chosen));
  return readFirstImage(images, { ...chosen, imageRequired: true }, reader, reading);
}

/** Labels are certain by role, by name, or as the only possibility; otherwise content decides. */
function sides(chosen: ChosenInputs): {
  readonly certain: readonly InputFile[];
  readonly unknown: readonly InputFile[];
  readonly images: readonly InputFile[];
} {
  const { labels, unknown } = chosen;
  const sorted = inOrder(chosen);
  if (labels.length > 0) return { certain: labels, unknown: [], images: [...sorted, ...unknown] };
  // If there are no other files, those that are named like images may be labels.
  const open = unknown.length > 0 ? unknown : sorted;
  const rest = unknown.length > 0 ? sorted : [];
  return open.length === 1
    ? { certain: open, unknown: [], images: rest }
    : { certain: [], unknown: open, images: rest };
}

async function classifyUnknown(
  unknown: readonly InputFile[],
  hasImage: boolean,
  chosen: ChosenInputs,
  reader: Reader,
  reading: Reading,
  failures: InputError[],
): Promise<Classified> {
  const examined = await examineAll(unknown, chosen, reader, reading, failures);
  try {
    const copies = copiesAmong(examined);
    if (examined.length > 0) {
      const rest = examined.filter((one) => !copies.includes(one));
      const classified = classifyByContent(rest, hasImage);
      failures.push(...copies.map(({ volume }) => uncompressedCopy(volume.file)));
      return classified;
    }
  } catch (error) {
    // The unreadable file may have been the labels.
    throw noneOpened(failures) ?? error;
  }
  throw noneOpened(failures) ?? new Error("There are no volumes.");
}

/** @param failures collects the errors of unreadable files; null to throw them */
async function examineAll(
  inputs: readonly InputFile[],
  chosen: ChosenInputs,
  reader: Reader,
  reading: Reading,
  failures: InputError[] | null,
): Promise<Candidate[]> {
  const examined: Candidate[] = [];
  for (const input of inputs) {
    try {
      const volume = await openVolume(input, chosen.all, reader);
      examined.push(await examine(volume, reading));
    } catch (error) {
      if (!failures || !(error instanceof InputError)) throw error;
      failures.push(error);
    }
    // Stop early: this is one more than any opening may have, so it will be refused.
    if (examined.filter(({ kind }) => kind === "labels").length > 2) break;
  }
  return examined;
}

async function readFirstImage(
  candidates: readonly InputFile[],
  chosen: ChosenInputs,
  reader: Reader,
  reading: Reading,
  mayBeLabels: readonly InputFile[] = [],
): Promise<ReadImage> {
  const [input, ...others] = candidates;
  if (!input) return { volume: null, geometry: null, files: NO_IMAGE, notices: [] };
  const moreChannels = allChannels(candidates, chosen).slice(1);
  try {
    const volume = await openVolume(input, chosen.all, reader);
    const { image, notices: ofVoxels } = await readImage(volume, reading);
    if (mayBeLabels.includes(input) && imageLooksLikeLabels(image)) {
      const next = await readFirstImage(others, chosen, reader, reading, mayBeLabels);
      return { ...next, notices: [...leftOutWithRemedy([noImage(volume.file)]), ...next.notices] };
    }
    const notices = [...filesText([volume]), ...ofVoxels, ...othersNotice(candidates, moreChannels)];
    if (volume.volumes > 1)
      notices.push(`${volume.file}: the first of its ${volume.volumes} volumes is shown.`);
    const files = { file: input, volumes: volume.volumes, moreChannels };
    return { volume: image, geometry: volume.geometry, files, notices };
  } catch (error) {
    if (chosen.imageRequired || !(error instanceof InputError)) throw error;
    const files = { file: input, volumes: 0, moreChannels };
    return { volume: null, geometry: null, files, notices: leftOut([error]) };
  }
}

/** Error for a file next to one that is named like labels. */
function noImage(file: string): InputError {
  return new InputError(
    file,
    "it looks like labels, not like the image of this case",
    "Open it on its own, or choose Compare and open it there",
  );
}

function signsOf({ source, from: { scaling } }: Pick<Classified, "source" | "from">): ImageSigns | null {
  if (source.kind === "masks") return null;
  return imageSigns(source.volume, scaling !== null && (scaling.slope < 0 || scaling.intercept < 0));
}

/** Images by name, unless the user named them in order. */
function inOrder({ images, imageRequired }: ChosenInputs): readonly InputFile[] {
  return imageRequired ? images : [...images].sort(byPath);
}

/**
 * The first image with the other channels of the same image: those that the user named, or by their names.
 */
function allChannels(
  [first, ...others]: readonly InputFile[],
  { images, imageRequired }: ChosenInputs,
): readonly InputFile[] {
  if (!first) return [];
  const isChannel = (other: InputFile) =>
    imageRequired ? images.includes(other) : isChannelBeside(other.path, first.path);
  return [first, ...others.filter(isChannel)];
}

/** True if both paths are channels of the same image. */
function isChannelBeside(path: string, first: string): boolean {
  const channel = channelOf(first);
  return channel !== null && channelOf(path)?.of === channel.of;
}

function othersNotice(candidates: readonly InputFile[], moreChannels: readonly InputFile[]): string[] {
  const [first, ...others] = candidates;
  if (!first || others.length === 0) return [];
  const isChannel = others.length === moreChannels.length;
  const [shown, ...rest] = distinctFileNames(candidates.map(({ path }) => path));
  return isChannel
    ? [`The image has ${candidates.length} channels; the first, ${shown}, is shown.`]
    : [`${shown} is shown as the image, not ${rest.join(", ")}.`];
}

/**
 * Returns the name of the masks' folder; the patient's if the masks are in a `segmentations` folder, as
 * TotalSegmentator writes them.
 */
function stackName(file: string, masks: number): string {
  const folders = folderOf(file).split("/").slice(0, -1);
  return folders.findLast((folder) => !/^(segmentations?|masks?|labels?)$/i.test(folder)) ?? `${masks} masks`;
}
