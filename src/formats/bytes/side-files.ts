/** Files that operating systems leave beside others; they never belong to a case. */
import { baseName } from "../../base/file-path.ts";

/** Describes such a file by its name; null for others. */
export function sideFile(path: string): string | null {
  const name = baseName(path);
  const known = SIDE_FILES.find(([pattern]) => pattern.test(name));
  return known?.[1] ?? null;
}

const SIDE_FILES: readonly (readonly [name: RegExp, problem: string])[] = [
  [/^\.DS_Store$/i, "it contains macOS folder settings (.DS_Store)"],
  [/^Icon\r$/, "it contains a macOS folder icon"],
  [/^(\.localized|\.fseventsd|\.apdisk)$/, "it is a macOS metadata file without voxels"],
  [/^(eh)?thumbs(_vista)?\.db$/i, "it contains Windows thumbnails (Thumbs.db)"],
  [/^desktop\.ini$/i, "it contains Windows folder settings (desktop.ini)"],
  [/^\.directory$/, "it contains KDE folder settings (.directory)"],
];
