/** Looks at the files of a case before it is read. */
import { access, constants, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { baseName } from "../../src/base/file-path.ts";
import type { CheckedInput, UnreadableCase } from "../../src/domain/dataset-check/case-record.ts";
import type { ListedCase } from "../../src/domain/dataset-check/check-file.ts";
import { endingOf } from "../../src/formats/bytes/input-file.ts";
import { partnerOf } from "../staging.ts";
import type { CaseFiles } from "./case-checker.ts";
import { reasonOf } from "./dataset-folder.ts";

/** Absolute paths. */
interface Folders {
  readonly dataset: string;
  /** Null without predictions. */
  readonly predictions: string | null;
}

/** Files to read, or the record of a case that has none or not all. */
type Looked = { readonly files: CaseFiles } | { readonly record: UnreadableCase };

/** @throws never: a file that cannot be read is a record */
export async function lookAt(one: ListedCase, folders: Folders): Promise<Looked> {
  const inputs: CheckedInput[] = [];
  const { name, labels, images, prediction } = one;
  const unreadable = (sentence: string): Looked => ({
    record: { schema: "regionscope.report/1", status: "unreadable", case: { name }, inputs, sentence },
  });
  if (labels === null) return unreadable(withoutLabels(one));
  for (const [path, role] of [
    [labels, "labels"] as const,
    ...images.map((path) => [path, "image"] as const),
  ]) {
    const problem = await add(inputs, role, folders.dataset, path);
    if (problem !== null) return unreadable(`${path}: ${problem}`);
  }
  // A prediction that is gone is missing, which is a finding.
  const isThere =
    prediction !== null &&
    folders.predictions !== null &&
    (await add(inputs, "prediction", folders.predictions, prediction)) === null;
  return {
    files: {
      name,
      labels: resolve(folders.dataset, labels),
      images: images.map((path) => resolve(folders.dataset, path)),
      prediction: isThere ? resolve(folders.predictions, prediction) : null,
      inputs,
    },
  };
}

/** Whether the files are as they were. */
export function sameInputs(a: readonly CheckedInput[], b: readonly CheckedInput[]): boolean {
  return a.length === b.length && a.every((one, i) => textOf(one) === textOf(b[i]));
}

const textOf = (input: CheckedInput | undefined) =>
  input && JSON.stringify([input.role, input.path, input.bytes, input.modified]);

/** Adds a file, with that of its voxels if it is a header. @returns what is wrong and what to do, or null */
async function add(
  inputs: CheckedInput[],
  role: CheckedInput["role"],
  folder: string,
  path: string,
): Promise<string | null> {
  const absolute = resolve(folder, path);
  const partner = partnerOf(absolute);
  const beside = dirname(path) === "." ? "" : `${dirname(path)}/`;
  const paths = [path, ...(partner ? [beside + baseName(partner)] : [])];
  try {
    for (const each of paths) {
      const full = resolve(folder, each);
      const found = await stat(full);
      if (found.isDirectory()) return "this is a folder, not a file. Put the file there.";
      await access(full, constants.R_OK);
      inputs.push({ role, path: each, bytes: found.size, modified: found.mtime.toISOString() });
    }
    return null;
  } catch (error) {
    return `${reasonOf(error)} Put the file there, or take the case out of the dataset.`;
  }
}

function withoutLabels({ name, images: [image = ""] }: ListedCase): string {
  return `${name}: it has images but no labels. Add ${join("labelsTr", name)}${endingOf(image)}, or take its images out of the dataset.`;
}
