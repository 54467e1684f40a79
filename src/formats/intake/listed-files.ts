/** Finds files that dataset.json lists but that were not opened with it. */
import type { DatasetDefinition } from "../../domain/dataset/dataset-definition.ts";
import { folderOf, type InputFile } from "../bytes/input-file.ts";

/**
 * Returns paths as written in dataset.json, restricted to paths inside the opened folder, because absence
 * elsewhere cannot be detected.
 */
export function notAmong(definition: DatasetDefinition | null, files: readonly InputFile[]): string[] {
  const { listed = [], file = "" } = definition ?? {};
  const folder = folderOf(file);
  if (folder === "" || listed.length === 0) return [];
  const opened = new Set(files.map(({ path }) => path));
  const top = `${folder.split("/")[0]}/`;
  const paths = listed.flatMap(({ images, label }) => (label === null ? images : [...images, label]));
  return [...new Set(paths)].filter((path) => {
    // Environment variables and other folders are unknown here.
    if (path.startsWith("/") || /[$\\]|^[A-Za-z]:/.test(path)) return false;
    const full = resolved(folder + path);
    return full?.startsWith(top) && !opened.has(full);
  });
}

/** Null if the path leads out of the opened files. */
function resolved(path: string): string | null {
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== "..") parts.push(part);
    else if (parts.pop() === undefined) return null;
  }
  return parts.join("/");
}
