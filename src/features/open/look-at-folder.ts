/** What a folder holds, before a case of it is opened. */
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
  /** Several, one of which has to be chosen, and what is wrong with names of the folder. */
  | { readonly kind: "cases"; readonly names: readonly string[]; readonly problem: string | null }
  /** One, or files that are told apart when they are opened. */
  | { readonly kind: "files"; readonly caseName: string | null };

/** @param hasCase a case is open, to which images alone may belong */
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

/** Whether some dataset.json of these cases lists its files itself. */
async function areListed(files: readonly InputFile[], cases: readonly DatasetCase[]): Promise<boolean> {
  const paths = new Set(cases.map(({ root }) => `${root}dataset.json`));
  for (const { path, blob } of files.filter((file) => paths.has(file.path))) {
    try {
      if (listsItsFiles(parseDataset(await readJsonText(blob, path), path))) return true;
    } catch (error) {
      // What is wrong with it is said when a case is opened.
      if (!(error instanceof InputError)) throw error;
    }
  }
  return false;
}
