import { InputError } from "../../base/errors.ts";
import type { DatasetDefinition } from "../../domain/dataset/dataset-definition.ts";
import type { DatasetFiles } from "../../domain/dataset/dataset-files.ts";
import type { Plans } from "../../domain/dataset/plans.ts";
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
import { type ImageVolume, transposeImage } from "../../domain/volume/image-volume.ts";
import { joinLabelNames, type LabelName } from "../../domain/volume/label-names.ts";
import type { ImageSigns } from "../../domain/volume/looks-like-image.ts";
import { type Source, transposeSource } from "../../domain/volume/palette-volume.ts";
import {
  baseName,
  endingOf,
  type InputFile,
  type OpenOptions,
  type Progress,
  stemOf,
} from "../bytes/input-file.ts";
import { Reading } from "../bytes/progress.ts";
import { chooseInputs } from "./choose-inputs.ts";
import { type OpenedView, readDefinitions } from "./definition-files.ts";
import { notAmong } from "./listed-files.ts";
import { leftOut, leftOutWithRemedy, noneOpened } from "./omitted-files.ts";
import { type CaseVolumes, readCase, readUnderlay } from "./read-case.ts";
import { noUseForMasks, readTables } from "./read-tables.ts";
import { readerClues } from "./reader-clues.ts";

export type { InputFile, OpenOptions, Progress } from "../bytes/input-file.ts";
export type { OpenedView } from "./definition-files.ts";

/** What one opening gave. */
export interface Opened {
  readonly name: string;
  readonly datasetName: string | null;
  /**
   * Array axes in the order z, y, x that the reader gives, then `transpose` applied; null when only JSON was
   * opened.
   */
  readonly source: Source | null;
  /** Of the voxels as the reader gives them, in the order i, j, k: "RAS"; "" without volumes. */
  readonly orientation: string;
  /**
   * By which reader source and image lie where they do, and what others make of them; null without labels.
   */
  readonly geometry: CaseGeometry | null;
  /** Of an image alone. */
  readonly imageGeometry: FileGeometry | null;
  /** The plans' `transpose_forward`, already applied to source and image. */
  readonly transpose: Triple;
  /**
   * The image of the labels, or alone for a case that is open. On the grid of the file it came from, which
   * need not be that of the labels.
   */
  readonly image: ImageVolume | null;
  /** Why what was opened as labels may be an image; null where nothing says so. */
  readonly imageSigns: ImageSigns | null;
  /** Null where it did not come as masks. */
  readonly maskOverlap: MaskOverlap | null;
  /** Whether one of the masks is the background, and why: see {@link MaskBackground}. */
  readonly maskBackground: MaskBackground | null;
  /** Path of the file that has the labels, the first of several; null where there are none. */
  readonly labelsFile: string | null;
  /** What names say of the dataset; null for masks, which nnU-Net does not read, and without labels. */
  readonly files: DatasetFiles | null;
  readonly definition: DatasetDefinition | null;
  readonly plans: Plans | null;
  /** A saved view, for this case or the one that is open. */
  readonly view: OpenedView | null;
  /** Names and colours that the label file itself carries, or a table that was opened beside it or alone. */
  readonly labelNames: readonly LabelName[];
  /** The file of that table; null without. */
  readonly labelTable: string | null;
  /** Sentences: what was left out or changed, and why. */
  readonly notices: readonly string[];
}

/**
 * Opens what a file dialog, a folder or a drop gave: labels, image, dataset.json and plans in any order.
 *
 * Reads volumes chunk by chunk; memory stays near the files and one palette index a voxel. An image that
 * cannot be read beside good labels is left out with a notice, unless `options.image` names it. So is every
 * file that is not understood, unless nothing else is there or it is the labels.
 *
 * @throws InputError, one sentence with file, cause and remedy; the signal's reason when aborted
 */
export async function openFiles(
  files: readonly InputFile[],
  options: OpenOptions,
  progress: (progress: Progress) => void,
  signal?: AbortSignal,
): Promise<Opened> {
  const reading = new Reading(progress, signal);
  reading.step("Looking at the files");
  if (files.length === 0) throw new InputError("Folder", "it has no files", "Choose a folder with a case");
  const chosen = await chooseInputs(files, options);
  const { definition, plans, view, notices, refused } = await readDefinitions(chosen, options.configuration);
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
        "there is nothing here that can be opened",
        "Choose a .nii.gz or .nrrd file of labels, dataset.json or nnUNetPlans.json",
      )
    );
  }
  const notThere = notAmong(definition, files);
  const transpose = plans?.transposeForward ?? IDENTITY;
  const order = volumes && orderBy(volumes.geometry.labels, reader, transpose);
  if (order && !isIdentity(order.axes, order.backwards)) reading.step("Reordering axes");
  const named = volumes ? nameMasks(volumes.source, definition, volumes) : null;
  const isForMasks = table.file !== null && named?.source.kind === "masks";
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
    image:
      ordered(volumes?.image, volumes?.geometry.image, reader, transpose) ??
      ordered(underlay?.volume, underlay?.geometry, ofUnderlay, options.underlay),
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
            ...(volumes.imageFile === null ? {} : { image: baseName(volumes.imageFile) }),
            ...(volumes.imageVolumes > 1 ? { imageVolumes: volumes.imageVolumes } : {}),
            ...(notThere.length > 0 ? { notThere } : {}),
          }
        : null,
    definition,
    plans,
    view,
    labelNames: joinLabelNames(volumes?.labelNames ?? [], isForMasks ? [] : table.labels),
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

function ordered(
  image: ImageVolume | null | undefined,
  geometry: FileGeometry | null | undefined,
  reader: Reader,
  transpose: Triple = IDENTITY,
): ImageVolume | null {
  if (!image) return null;
  const asStored: AxisOrder = { axes: transpose, backwards: FORWARD };
  const { axes, backwards } = geometry ? orderBy(geometry, reader, transpose) : asStored;
  return transposeImage(image, axes, backwards);
}

/**
 * A dataset.json with as many labels as the file has masks names them, in its own order, and the background
 * if it is one of them. Masks that have names of their own keep them.
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
    notices: [`The ${masks} masks were named after ${definition.file}, in its order.`],
  };
}
