/** Files that operating systems leave beside others; they never belong to a case. */
import { baseName } from "../../base/file-path.ts";

/** Describes such a file by its name; null for others. */
export function sideFile(path: string): string | null {
  const name = baseName(path);
  const known = SIDE_FILES.find(([pattern]) => pattern.test(name));
  return known?.[1] ?? null;
}

const SIDE_FILES: readonly (readonly [name: RegExp, problem: string])[] = [
  [/^\.DS_Store$/i, "it holds folder settings of macOS (.DS_Store)"],
  [/^Icon\r$/, "it holds the icon of a folder of macOS"],
  [/^(\.localized|\.fseventsd|\.apdisk)$/, "it is a side file of macOS, without voxels"],
  [/^(eh)?thumbs(_vista)?\.db$/i, "it holds the small pictures of a folder of Windows (Thumbs.db)"],
  [/^desktop\.ini$/i, "it holds folder settings of Windows (desktop.ini)"],
  [/^\.directory$/, "it holds folder settings of KDE (.directory)"],
];
