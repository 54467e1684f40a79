/** Collects from the opened files what determines nnU-Net's choice of a reader. */
import { InputError } from "../../base/errors.ts";
import type { DatasetDefinition } from "../../domain/dataset/dataset-definition.ts";
import type { Plans } from "../../domain/dataset/plans.ts";
import { type FirstImage, type ReaderClues, readerInForce } from "../../domain/reader/reader.ts";
import { folderOf, type InputFile, type OpenOptions } from "../bytes/input-file.ts";
import type { ChosenInputs } from "./choose-inputs.ts";
import { openVolume } from "./volume-formats.ts";

/** Reads the header of the dataset's first training image if that may decide. */
export async function readerClues(
  chosen: ChosenInputs,
  definition: DatasetDefinition | null,
  plans: Plans | null,
  options: OpenOptions,
): Promise<ReaderClues> {
  const [file] = [...chosen.labels, ...chosen.unknown, ...chosen.images];
  const clues: ReaderClues = {
    chosen: options.reader ?? null,
    plans: plans?.readerWriter ?? null,
    overwrite: definition?.readerWriter ?? null,
    fileEnding: definition?.fileEnding ?? null,
    file: file?.path ?? "",
    firstImage: null,
  };
  // Anything else that names a reader may change while the case is open; only the ending stays.
  const { reader, ending } = readerInForce({ ...clues, chosen: null, plans: null, overwrite: null });
  if (reader !== "SimpleITKIO") return clues;
  const { firstImage = await firstImageOf(chosen, ending) } = options;
  return { ...clues, firstImage };
}

/** @param ending in lower case */
async function firstImageOf(chosen: ChosenInputs, ending: string): Promise<FirstImage | null> {
  const [labels] = chosen.labels;
  if (chosen.caseName === null || !labels) return null;
  const folder = `${folderOf(folderOf(labels.path).slice(0, -1))}imagesTr/`;
  const suffix = `_0000${ending}`;
  // nnU-Net sorts the names of the cases: "case_1" comes before "case_10", and "case_1_0000" after it.
  const caseOf = ({ path }: InputFile) => path.slice(0, -suffix.length);
  const first = chosen.all
    .filter(({ path }) => folderOf(path) === folder && path.toLowerCase().endsWith(suffix))
    .reduce<InputFile | null>((a, b) => (a && caseOf(a) <= caseOf(b) ? a : b), null);
  return first && tryFirstImage(first, chosen.all);
}

/**
 * Tries ITK on an image, of which it reads the header alone.
 * @param all among which a header finds its separate voxels
 * @returns null if it is no readable volume
 */
export async function tryFirstImage(first: InputFile, all: readonly InputFile[]): Promise<FirstImage | null> {
  try {
    const { geometry } = await openVolume(first, all, "SimpleITKIO");
    return { file: first.path, refused: geometry.itk.refusal !== null };
  } catch (error) {
    // Opening the file reports this error.
    if (error instanceof InputError) return null;
    throw error;
  }
}
