/** What the opened files say of the reader that nnU-Net would take. */
import type { DatasetDefinition } from "../domain/dataset-definition.ts";
import { InputError } from "../domain/input-error.ts";
import type { Plans } from "../domain/plans.ts";
import { type FirstImage, type ReaderClues, readerInForce } from "../domain/reader.ts";
import type { ChosenInputs } from "./choose-inputs.ts";
import { folderOf, type InputFile, type OpenOptions } from "./inputs.ts";
import { openVolume } from "./volume-formats.ts";

/** Looks at the dataset's first training image where it may decide. */
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
  if (readerInForce(clues).reader !== "SimpleITKIO") return clues;
  return { ...clues, firstImage: await firstImageOf(chosen) };
}

async function firstImageOf(chosen: ChosenInputs): Promise<FirstImage | null> {
  const [labels] = chosen.labels;
  if (chosen.caseName === null || !labels) return null;
  const folder = `${folderOf(folderOf(labels.path).slice(0, -1))}imagesTr/`;
  const first = chosen.all
    .filter(({ path }) => path.startsWith(folder) && /_0000\.(nii\.gz|nrrd)$/i.test(path))
    // As Python sorts them.
    .reduce<InputFile | null>((a, b) => (a && a.path <= b.path ? a : b), null);
  if (!first) return null;
  try {
    const { geometry } = await openVolume(first, chosen.all, "SimpleITKIO");
    return { file: first.path, refused: geometry.itk.refusal !== null };
  } catch (error) {
    // What nobody can read is said when it is opened.
    if (error instanceof InputError) return null;
    throw error;
  }
}
