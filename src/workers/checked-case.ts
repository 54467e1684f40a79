/** Reads one case of a dataset and makes its record and its picture. */
import { errorMessage, InputError } from "../base/errors.ts";
import { paletteRuns } from "../domain/analysis/rle-mask.ts";
import { caseSpacings } from "../domain/case/case-data.ts";
import type { RegionSet } from "../domain/dataset/region-set.ts";
import { casePicture } from "../domain/dataset-check/case-picture.ts";
import type { CaseRecord, CheckedCase, CheckedPrediction } from "../domain/dataset-check/case-record.ts";
import { type CheckSettings, checkCase } from "../domain/dataset-check/check-case.ts";
import {
  checkPrediction,
  predictionMissing,
  predictionUnreadable,
} from "../domain/dataset-check/check-prediction.ts";
import { spacingMm } from "../domain/geometry/grid.ts";
import { orderBy } from "../domain/reader/file-geometry.ts";
import type { FirstImage, Reader } from "../domain/reader/reader.ts";
import { signsText } from "../domain/volume/looks-like-image.ts";
import { type Source, sourceGrid, transposeSource } from "../domain/volume/palette-volume.ts";
import { HeldBlob } from "../formats/bytes/held-blob.ts";
import type { InputFile, OpenOptions } from "../formats/bytes/input-file.ts";
import { isAllocationError, type Memory, MemoryError } from "../formats/bytes/memory.ts";
import { Reading } from "../formats/bytes/progress.ts";
import { type Opened, openFiles } from "../formats/intake/open.ts";
import { openedCase } from "../formats/intake/opened-case.ts";
import { readLabels } from "../formats/intake/read-labels.ts";
import { openVolume } from "../formats/intake/volume-formats.ts";
import { labelsHash } from "../formats/volume/labels-hash.ts";
import { pngOf } from "../formats/volume/png.ts";

const DEFINITION = "dataset.json";

/** What is the same for every case of a dataset. */
export interface CheckSetup {
  readonly settings: CheckSettings;
  /** Overrides the reader that nnU-Net would choose. */
  readonly reader: Reader | null;
  /** Text of dataset.json; null without one. */
  readonly definition: string | null;
  /** Null without them. */
  readonly plans: { readonly file: string; readonly text: string } | null;
  /** Null without images, and if it is no readable volume. */
  readonly firstImage: FirstImage | null;
  /** mm, for the normalised surface distance. */
  readonly toleranceMm: number;
}

export interface CaseToRead {
  readonly name: string;
  /** How many of the files are those of the prediction. */
  readonly predictionFiles: number;
  /** Path among the files. */
  readonly labels: string;
  /** Channels in order. */
  readonly images: readonly string[];
  /** Whether predictions are compared, even if this case has none. */
  readonly hasPredictions: boolean;
  /** Those of the files that are an `X.nii.gz` beside an `X.nii`. */
  readonly besides: readonly string[];
  readonly inputs: CaseRecord["inputs"];
}

export interface CheckAnswer {
  /** A {@link CaseRecord} as JSON. */
  readonly record: string;
  /** PNG; null for an unreadable case. */
  readonly picture: Uint8Array | null;
}

/**
 * A case that cannot be read has a record that says so.
 * @param read reads the files of the case, then those of its prediction
 * @throws MemoryError, or what the engine throws, where memory runs out: that is no fault of the case
 */
export async function checkedCase(
  setup: CheckSetup,
  one: CaseToRead,
  read: () => Promise<readonly InputFile[]>,
  memory: Memory,
): Promise<CheckAnswer> {
  try {
    return await checked(setup, one, await read(), memory);
  } catch (error) {
    if (error instanceof MemoryError || isAllocationError(error)) throw error;
    const sentence =
      error instanceof InputError
        ? error.message
        : `${one.labels}: this case cannot be checked: ${errorMessage(error)}. Open it in Regionscope to see more.`;
    return { record: JSON.stringify(unreadable(one, sentence)), picture: null };
  }
}

function unreadable({ name, inputs }: CaseToRead, sentence: string): CaseRecord {
  return {
    schema: "regionscope.report/1",
    status: "unreadable",
    case: { name },
    inputs,
    sentence: sentence.replaceAll(/\s*\n\s*/g, " "),
  };
}

async function checked(
  setup: CheckSetup,
  one: CaseToRead,
  read: readonly InputFile[],
  memory: Memory,
): Promise<CheckAnswer> {
  const own = read.length - one.predictionFiles;
  const [files, predictions] = [read.slice(0, own), read.slice(own)];
  const opened = await openFiles(
    [...files, ...written(setup)],
    openOptions(setup, one),
    () => undefined,
    undefined,
    memory,
  );
  const { source, imageSigns, definition, plans, transpose, image, nonzero, orientation, geometry, notices } =
    opened;
  if (!source) throw new InputError(one.labels, "it contains no labels", "Open the label file");
  if (imageSigns && !definition)
    throw new InputError(
      one.labels,
      `it looks like an image, not labels (it has ${signsText(imageSigns)})`,
      "Give the label file, or a dataset.json that says what its labels are",
    );
  const volumes = { source, image, nonzero, orientation, transpose, geometry, notices };
  const stored = openedCase(opened, volumes, definition);
  const runs = source.kind === "labels" ? paletteRuns(source.volume) : null;
  const { report, regionSet, table, occupancy, ...facts } = checkCase(
    { stored, definition, plans, runs },
    setup.settings,
  );
  const picture = await pngOf(casePicture({ stored, definition, regionSet, table, occupancy }));
  const record: CheckedCase = {
    ...report,
    case: { ...report.case, name: one.name },
    status: "ok",
    inputs: one.inputs,
    stored: { labelsHash: await labelsHash(source, runs), ...facts.stored },
    regionFacts: facts.regionFacts,
    prediction: one.hasPredictions
      ? await comparedWith(predictions, { ...opened, source }, regionSet, {
          name: one.name,
          toleranceMm: setup.toleranceMm,
          memory,
        })
      : null,
  };
  return { record: JSON.stringify(record), picture };
}

/** @param files the prediction, then the second file of its pair if it has one; empty without a prediction */
async function comparedWith(
  files: readonly InputFile[],
  opened: Opened & { readonly source: Source },
  set: RegionSet,
  {
    name,
    toleranceMm,
    memory,
  }: { readonly name: string; readonly toleranceMm: number; readonly memory: Memory },
): Promise<CheckedPrediction> {
  const [file] = files;
  if (!file) return predictionMissing(name);
  const { source, geometry, transpose } = opened;
  const reader = geometry?.reader ?? "SimpleITKIO";
  try {
    const volume = await openVolume(file, files, reader);
    const predicted = await readLabels(volume, new Reading(() => undefined, undefined, memory));
    const { axes, backwards } = orderBy(volume.geometry, reader, transpose);
    const spacing = caseSpacings(opened)?.labels ?? spacingMm(sourceGrid(source));
    return checkPrediction(source, transposeSource(predicted, axes, backwards), set, {
      spacing,
      toleranceMm,
    });
  } catch (error) {
    if (error instanceof InputError && !(error instanceof MemoryError))
      return predictionUnreadable(error.message);
    throw error;
  }
}

function openOptions({ settings, reader, ...setup }: CheckSetup, one: CaseToRead): OpenOptions {
  const [image, ...moreChannels] = one.images;
  const { configuration } = settings;
  return {
    labels: [one.labels],
    ...(image === undefined ? {} : { image }),
    ...(moreChannels.length > 0 ? { moreChannels } : {}),
    ...(setup.definition === null ? {} : { dataset: DEFINITION }),
    ...(setup.plans === null ? {} : { plans: setup.plans.file }),
    ...(configuration === null ? {} : { configuration }),
    ...(one.besides.length > 0 ? { besides: one.besides } : {}),
    ...(reader === null ? {} : { reader }),
    firstImage: setup.firstImage,
    withoutColors: true,
  };
}

function written({ definition, plans }: CheckSetup): InputFile[] {
  const file = (path: string, text: string) => ({ path, blob: new HeldBlob(new TextEncoder().encode(text)) });
  return [
    ...(definition === null ? [] : [file(DEFINITION, definition)]),
    ...(plans === null ? [] : [file(plans.file, plans.text)]),
  ];
}
