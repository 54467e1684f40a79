/** Opens files: the entry point of this folder. */
import { InputError } from "../../base/errors.ts";
import { baseName } from "../../base/file-path.ts";
import type { Rgb } from "../../base/oklab.ts";
import { automaticColors } from "../../domain/colors/automatic-colors.ts";
import { namedChannels } from "../../domain/dataset/channel-names.ts";
import type { DatasetDefinition } from "../../domain/dataset/dataset-definition.ts";
import type { DatasetFiles } from "../../domain/dataset/dataset-files.ts";
import type { Plans } from "../../domain/dataset/plans.ts";
import { regionSetFromDefinition, regionSetFromNames } from "../../domain/dataset/region-set.ts";
import { FORWARD, type Triple } from "../../domain/geometry/grid.ts";
import { IDENTITY, isIdentity } from "../../domain/geometry/transpose.ts";
import type { MaskOverlap } from "../../domain/masks/mask-overlap.ts";
import {
  firstIsBackground,
  type MaskBackground,
  namedBackground,
  overlapOfRegions,
} from "../../domain/masks/one-hot.ts";
import {
  type AxisOrder,
  type CaseGeometry,
  type FileGeometry,
  orderBy,
  orientationBy,
} from "../../domain/reader/file-geometry.ts";
import { type Reader, readerInForce } from "../../domain/reader/reader.ts";
import { ANY_ENDING } from "../../domain/reader/volume-endings.ts";
import type { CaseMask } from "../../domain/training-grid/case-mask.ts";
import { type ImageVolume, transposeImage } from "../../domain/volume/image-volume.ts";
import { joinLabelNames, type LabelName, noUseForMasks } from "../../domain/volume/label-names.ts";
import type { ImageSigns } from "../../domain/volume/looks-like-image.ts";
import { type Source, transposeSource } from "../../domain/volume/palette-volume.ts";
import { endingOf, type InputFile, type OpenOptions, type Progress, stemOf } from "../bytes/input-file.ts";
import type { Memory } from "../bytes/memory.ts";
import { Reading } from "../bytes/progress.ts";
import { chooseInputs } from "./choose-inputs.ts";
import { type OpenedView, readDefinitions } from "./definition-files.ts";
import { filesBeside } from "./files-beside.ts";
import { notAmong } from "./listed-files.ts";
import { leftOut, leftOutWithRemedy, noneOpened } from "./omitted-files.ts";
import { type CaseVolumes, NO_IMAGE, readCase, readUnderlay } from "./read-case.ts";
import { readNonzero } from "./read-nonzero.ts";
import { readTables } from "./read-tables.ts";
import { readerClues } from "./reader-clues.ts";

/** Result of one opening. */
export interface Opened {
  readonly name: string;
  readonly datasetName: string | null;
  /** Array axes in the reader's order z, y, x, with `transpose` applied; null if only JSON was opened. */
  readonly source: Source | null;
  /** Orientation of the voxels from the reader, in the order i, j, k: "RAS"; "" without volumes. */
  readonly orientation: string;
  /** The reader that placed source and image, and the placements by other readers; null without labels. */
  readonly geometry: CaseGeometry | null;
  /** Geometry of an image that was opened alone. */
  readonly imageGeometry: FileGeometry | null;
  /** The plans' `transpose_forward`, already applied to source and image. */
  readonly transpose: Triple;
  /**
   * The image of the labels, or an image alone for the open case. It keeps its file's grid, which may differ
   * from that of the labels.
   */
  readonly image: ImageVolume | null;
  /** Where any channel of that image is not zero. */
  readonly nonzero: CaseMask;
  /** Signs that the opened labels are an image; null without any. */
  readonly imageSigns: ImageSigns | null;
  /** Null if the case did not come as masks. */
  readonly maskOverlap: MaskOverlap | null;
  /** How a mask was recognised as background, see {@link MaskBackground}; null if none was. */
  readonly maskBackground: MaskBackground | null;
  /** Path of the label file, the first of several; null without labels. */
  readonly labelsFile: string | null;
  /**
   * Facts about the dataset from file names; null without labels and for masks, which nnU-Net does not read.
   */
  readonly files: DatasetFiles | null;
  readonly definition: DatasetDefinition | null;
  readonly plans: Plans | null;
  /** Name of the plans file that could not be used; null or omitted if there is none. */
  readonly plansRefused?: string | null;
  /** A saved view, for this case or the open one. */
  readonly view: OpenedView | null;
  /** Names and colours from the label file itself, or from a table opened beside it or alone. */
  readonly labelNames: readonly LabelName[];
  /** Colours by region name; null or omitted without labels. */
  readonly automaticColors?: ReadonlyMap<string, Rgb> | null;
  /** File of that table; null without one. */
  readonly labelTable: string | null;
  /** Sentences about what was left out or changed, and why. */
  readonly notices: readonly string[];
}

/**
 * Opens files from a file dialog, a folder or a drop: labels, image, dataset.json and plans in any order.
 *
 * Reads volumes chunk by chunk; memory stays near the files' size plus one palette index per voxel. An
 * unreadable image beside good labels is left out with a notice, unless `options.image` names it. So is every
 * file that is not understood, unless it is the only one or it is the labels.
 *
 * @param memory for the voxels; by default new memory, which the case keeps
 * @throws InputError, one sentence with file, cause and remedy; the signal's reason when aborted
 */
export async function openFiles(
  files: readonly InputFile[],
  options: OpenOptions,
  progress: (progress: Progress) => void,
  signal?: AbortSignal,
  memory?: Memory,
): Promise<Opened> {
  const reading = new Reading(progress, signal, memory);
  reading.step("Reading files");
  if (files.length === 0)
    throw new InputError("Folder", "it is empty", "Choose a folder that contains a case");
  const chosen = await chooseInputs(files, options);
  const { definition, plans, plansRefused, view, notices, refused } = await readDefinitions(
    chosen,
    options.configuration,
  );
  const table = await readTables(chosen);
  const clues = await readerClues(chosen, definition, plans, options);
  const { reader } = readerInForce(clues);
  const ofUnderlay = options.underlayReader ?? reader;
  const underlay = options.underlay ? await readUnderlay(chosen, ofUnderlay, reading) : null;
  const volumes = underlay ? null : await readCase(chosen, reader, reading);
  if (!volumes && !underlay && !definition && !plans && !view && table.file === null) {
    throw (
      noneOpened([...refused, ...chosen.foreign]) ??
      new InputError(
        files[0]?.path ?? "Folder",
        "no supported file was found",
        `Choose a label file (${ANY_ENDING}), dataset.json or nnUNetPlans.json`,
      )
    );
  }
  const notThere = notAmong(definition, files);
  const transpose = plans?.transposeForward ?? IDENTITY;
  const order = volumes && orderBy(volumes.geometry.labels, reader, transpose);
  if (order && !isIdentity(order.axes, order.backwards)) reading.step("Reordering axes");
  const named = volumes ? nameMasks(volumes.source, definition, volumes) : null;
  const image =
    ordered(volumes?.image, volumes?.geometry.image, reader, transpose) ??
    ordered(underlay?.volume, underlay?.geometry, ofUnderlay, options.underlay);
  const nonzero = await readNonzero(image, volumes?.imageFiles ?? underlay?.files ?? NO_IMAGE, {
    all: chosen.all,
    reading,
    reader: underlay ? ofUnderlay : reader,
    named: definition ? namedChannels(definition) : (options.underlayChannels ?? 0),
    order: (its, geometry) =>
      underlay
        ? orderedBy(its, geometry, ofUnderlay, options.underlay)
        : orderedBy(its, geometry, reader, transpose),
  });
  const isForMasks = table.file !== null && named?.source.kind === "masks";
  const labelNames = joinLabelNames(volumes?.labelNames ?? [], isForMasks ? [] : table.labels);
  return {
    name: chosen.caseName ?? volumes?.name ?? definition?.name ?? stemOf(files[0]?.path ?? ""),
    datasetName: definition?.name ?? chosen.datasetFolder,
    source: named && order ? transposeSource(named.source, order.axes, order.backwards) : null,
    orientation: volumes ? orientationBy(volumes.geometry.labels, reader) : "",
    geometry: volumes && {
      reader,
      chosen: clues.chosen,
      firstImage: clues.firstImage,
      ...volumes.geometry,
    },
    imageGeometry: underlay?.geometry ?? null,
    transpose,
    image,
    nonzero,
    imageSigns: volumes?.imageSigns ?? null,
    maskOverlap:
      named?.source.kind === "masks" ? overlapOfRegions(named.source.stack, named.background) : null,
    maskBackground: named?.background ?? null,
    labelsFile: volumes?.labelsFile ?? null,
    files:
      volumes?.source.kind === "labels"
        ? {
            labels: baseName(volumes.labelsFile),
            ending: endingOf(volumes.labelsFile),
            folder: chosen.folder,
            ...imageNames(volumes),
            ...filesBeside(chosen, [volumes.labelsFile, ...imagePaths(volumes)], options.besides),
            ...(notThere.length > 0 ? { notThere } : {}),
          }
        : null,
    definition,
    plans,
    plansRefused: plansRefused && baseName(plansRefused),
    view,
    labelNames,
    automaticColors:
      volumes && !options.withoutColors ? colorsOf(volumes.source, definition, labelNames) : null,
    labelTable: table.file,
    notices: [
      ...chosen.notices,
      ...leftOutWithRemedy(refused),
      ...notices,
      ...table.notices,
      ...(isForMasks ? [noUseForMasks(table.file)] : []),
      ...(volumes?.notices ?? []),
      ...(underlay?.notices ?? []),
      ...(named?.notices ?? []),
      ...leftOut(chosen.foreign),
    ],
  };
}

/** Computed here, beside the voxels, so that the first picture has them already. */
function colorsOf(
  source: Source,
  definition: DatasetDefinition | null,
  labelNames: readonly LabelName[],
): ReadonlyMap<string, Rgb> | null {
  if (source.kind === "masks") return null;
  const { palette } = source.volume;
  const set = definition ? regionSetFromDefinition(definition) : regionSetFromNames(palette, labelNames);
  return automaticColors(source.volume, set.regions);
}

function ordered(
  image: ImageVolume | null | undefined,
  geometry: FileGeometry | null | undefined,
  reader: Reader,
  transpose: Triple = IDENTITY,
): ImageVolume | null {
  return image ? orderedBy(image, geometry ?? null, reader, transpose) : null;
}

function orderedBy(
  image: ImageVolume,
  geometry: FileGeometry | null,
  reader: Reader,
  transpose: Triple = IDENTITY,
): ImageVolume {
  const asStored: AxisOrder = { axes: transpose, backwards: FORWARD };
  const { axes, backwards } = geometry ? orderBy(geometry, reader, transpose) : asStored;
  return transposeImage(image, axes, backwards);
}

/** Name and number of volumes of an image that was read. */
function imageNames({ image, imageFiles }: CaseVolumes): Pick<DatasetFiles, "image" | "imageVolumes"> {
  const { file, volumes } = imageFiles;
  if (!image || !file) return {};
  return { image: baseName(file.path), ...(volumes > 1 ? { imageVolumes: volumes } : {}) };
}

function imagePaths({ imageFiles: { file, moreChannels } }: CaseVolumes): string[] {
  return [...(file ? [file] : []), ...moreChannels].map(({ path }) => path);
}

/**
 * Names masks after a dataset.json that has as many labels, in its order, including the background if it is
 * one of the masks. Masks with their own names keep them.
 */
function nameMasks(
  source: Source,
  definition: DatasetDefinition | null,
  { nameless }: Pick<CaseVolumes, "nameless">,
): { source: Source; background: MaskBackground | null; notices: string[] } {
  if (source.kind !== "masks") return { source, background: null, notices: [] };
  if (!nameless) return { source, background: namedBackground(source.stack), notices: [] };
  const background = firstIsBackground(source.stack);
  const all = (definition?.labels ?? []).map(({ name }) => name);
  const foreground = all.filter((name) => name !== "background");
  const masks = source.stack.names.length;
  const withBackground = background && foreground.length + 1 === masks ? ["background", ...foreground] : null;
  const names = foreground.length === masks ? foreground : withBackground;
  if (!definition || !names) return { source, background, notices: [] };
  return {
    source: { kind: "masks", stack: { ...source.stack, names } },
    background,
    notices: [`The ${masks} masks are named after the labels in ${definition.file}, in their order.`],
  };
}
