/** Files that dataset.json lists and that were not opened with it. */
import type { DatasetDefinition } from "../../domain/dataset/dataset-definition.ts";
import { folderOf, type InputFile } from "../bytes/input-file.ts";

/**
 * Paths as dataset.json has them; only such as would lie in the folder that was opened with it, which alone
 * can be seen to lack them.
 */
export function notAmong(definition: DatasetDefinition | null, files: readonly InputFile[]): string[] {
  const { listed = [], file = "" } = definition ?? {};
  const folder = folderOf(file);
  if (folder === "" || listed.length === 0) return [];
  const opened = new Set(files.map(({ path }) => path));
  const top = `${folder.split("/")[0]}/`;
  const paths = listed.flatMap(({ images, label }) => (label === null ? images : [...images, label]));
  return [...new Set(paths)].filter((path) => {
    // Variables of the environment and other folders are not known here.
    if (path.startsWith("/") || /[$\\]|^[A-Za-z]:/.test(path)) return false;
    const full = resolved(folder + path);
    return full?.startsWith(top) && !opened.has(full);
  });
}

/** Null where it leads out of what was opened. */
function resolved(path: string): string | null {
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== "..") parts.push(part);
    else if (parts.pop() === undefined) return null;
  }
  return parts.join("/");
}
