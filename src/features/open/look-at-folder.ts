/** Examines an opened folder: which cases it holds, or why none can be opened. */
import { InputError } from "../../base/errors.ts";
import { listsItsFiles } from "../../domain/findings/findings.ts";
import { type InputFile, isVolumeName } from "../../formats/bytes/input-file.ts";
import { parseDataset } from "../../formats/dataset/dataset.ts";
import { type DatasetCase, listCases } from "../../formats/intake/cases.ts";
import { folderProblem } from "../../formats/intake/dataset-folder.ts";
import { folderRefusal } from "../../formats/intake/folder-refusal.ts";
import { patientFolders } from "../../formats/intake/patient-folders.ts";
import { readJsonText } from "../../formats/json/parse.ts";

export type FolderContent =
  | { readonly kind: "refused"; readonly problem: string }
  /** Several cases to choose from, and what is wrong with the names in the folder. */
  | { readonly kind: "cases"; readonly names: readonly string[]; readonly problem: string | null }
  /** One case, or files that are sorted out when they are opened. */
  | { readonly kind: "files"; readonly caseName: string | null };

/** @param hasCase whether a case is open; a folder of images alone may belong to it */
export async function lookAtFolder(files: readonly InputFile[], hasCase: boolean): Promise<FolderContent> {
  const cases = listCases(files);
  const problem = cases.length === 0 ? folderRefusal(files) : null;
  const isForCase = hasCase && files.some(({ path }) => isVolumeName(path));
  if (problem !== null && !isForCase) return { kind: "refused", problem };
  const patients = cases.length === 0 ? patientFolders(files) : [];
  if (patients.length > 0) return { kind: "cases", names: patients.map(({ name }) => name), problem: null };
  if (cases.length < 2) return { kind: "files", caseName: cases[0]?.name ?? null };
  const names = cases.map(({ name }) => name);
  return { kind: "cases", names, problem: await namesProblem(files, cases) };
}

async function namesProblem(
  files: readonly InputFile[],
  cases: readonly DatasetCase[],
): Promise<string | null> {
  const problem = folderProblem(cases, files);
  return problem !== null && (await areListed(files, cases)) ? null : problem;
}

/** Tells whether a dataset.json of these cases lists its files itself. */
async function areListed(files: readonly InputFile[], cases: readonly DatasetCase[]): Promise<boolean> {
  const paths = new Set(cases.map(({ root }) => `${root}dataset.json`));
  for (const { path, blob } of files.filter((file) => paths.has(file.path))) {
    try {
      if (listsItsFiles(parseDataset(await readJsonText(blob, path), path))) return true;
    } catch (error) {
      // Opening a case reports what is wrong with it.
      if (!(error instanceof InputError)) throw error;
    }
  }
  return false;
}
