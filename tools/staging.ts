/**
 * Passes files to the page under distinct names. A browser's file input sees base names only, so
 * `labelsTr/case.nii.gz` and `imagesTr/case.nii.gz` would share one.
 */
import { accessSync, constants, existsSync, mkdtempSync, rmSync, statSync, symlinkSync } from "node:fs";
import { copyFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, extname, join, resolve } from "node:path";

/** A file named by the user that cannot be read; the message is one line. */
export class UnreadableFile extends Error {}

export interface StagedFile {
  /** The path as the user wrote it. */
  readonly given: string;
  readonly absolute: string;
  /** Base name that the page sees. */
  readonly name: string;
}

/**
 * Names the files, most important first: the first of several equal base names keeps it, and later ones get a
 * number in front. A file named twice counts once. The second file of an .hdr/.img pair is added
 * automatically.
 *
 * @param given paths as the user wrote them
 * @param base the folder for relative paths
 * @throws UnreadableFile
 */
export function planStaging(given: readonly string[], base: string): StagedFile[] {
  const staged: StagedFile[] = [];
  const taken = new Set<string>();
  for (const path of given) {
    const absolute = resolve(base, path);
    assertReadable(path, absolute);
    if (staged.some((file) => file.absolute === absolute)) continue;
    const partner = partnerOf(absolute);
    const names = [basename(absolute), ...(partner ? [basename(partner)] : [])];
    let prefix = "";
    for (let n = 2; names.some((name) => taken.has(prefix + name)); n++) prefix = `${n}-`;
    for (const name of names) taken.add(prefix + name);
    staged.push({ given: path, absolute, name: prefix + basename(absolute) });
    if (!partner) continue;
    const asGiven = given.find((other) => resolve(base, other) === partner);
    staged.push({
      given: asGiven ?? join(dirname(path), basename(partner)),
      absolute: partner,
      name: prefix + basename(partner),
    });
  }
  return staged;
}

/** Drops paths that only complete a pair with an earlier path. */
export function withoutPartners(given: readonly string[], base: string): string[] {
  const absolute = given.map((path) => resolve(base, path));
  return given.filter((_, i) => !absolute.slice(0, i).some((earlier) => partnerOf(earlier) === absolute[i]));
}

/** The other file of an .hdr/.img pair, either of which may be gzipped; null if there is none. */
export function partnerOf(absolute: string): string | null {
  const plain = absolute.toLowerCase().endsWith(".gz") ? absolute.slice(0, -3) : absolute;
  const extension = extname(plain);
  const other = { ".hdr": ".img", ".img": ".hdr" }[extension.toLowerCase()];
  if (!other) return null;
  const stem = plain.slice(0, -extension.length);
  const cased = extension === extension.toUpperCase() ? other.toUpperCase() : other;
  return [`${stem}${cased}`, `${stem}${cased}.gz`].find((path) => existsSync(path)) ?? null;
}

/** True for `X.nii.gz` with an `X.nii` beside it, whose voxels ITK takes for both. */
export function isBesidePlain(absolute: string): boolean {
  return /\.(nii\.gz|NII\.GZ)$/.test(absolute) && existsSync(absolute.slice(0, -".gz".length));
}

/** Returns absolute paths whose base names are the staged names; `dispose` removes links and copies. */
export async function linkFiles(files: readonly StagedFile[]): Promise<{ paths: string[]; dispose(): void }> {
  const renamed = files.filter((file) => file.name !== basename(file.absolute));
  if (renamed.length === 0) return { paths: files.map((file) => file.absolute), dispose() {} };
  const folder = mkdtempSync(join(tmpdir(), "regionscope-"));
  for (const file of renamed) {
    try {
      symlinkSync(file.absolute, join(folder, file.name));
    } catch {
      await copyFile(file.absolute, join(folder, file.name));
    }
  }
  const paths = files.map((file) => (renamed.includes(file) ? join(folder, file.name) : file.absolute));
  return { paths, dispose: () => rmSync(folder, { recursive: true, force: true }) };
}

/**
 * Replaces the file name in a sentence of the page ("name: problem. remedy.") with the path that the user
 * gave.
 */
export function nameAsGiven(sentence: string, files: readonly StagedFile[]): string {
  const subject = files
    .filter((file) => sentence.startsWith(file.name))
    .sort((a, b) => b.name.length - a.name.length)[0];
  const head = subject?.given ?? "";
  let rest = subject ? sentence.slice(subject.name.length) : sentence;
  for (const file of files) {
    if (file.name !== basename(file.absolute)) rest = rest.replaceAll(file.name, file.given);
  }
  return head + rest;
}

/** @throws UnreadableFile for a folder, a missing file and one that this user may not read */
function assertReadable(given: string, absolute: string): void {
  const found = statSync(absolute, { throwIfNoEntry: false });
  if (!found) throw new UnreadableFile(`${given}: there is no such file.`);
  if (found.isDirectory()) throw new UnreadableFile(`${given}: this is a folder. Name a file in it.`);
  try {
    accessSync(absolute, constants.R_OK);
  } catch {
    throw new UnreadableFile(`${given}: there is no permission to read it.`);
  }
}
