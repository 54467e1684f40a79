/**
 * The folder that `check` writes: `check.json`, `cases/<case>.json`, `pictures/<case>.png`.
 *
 * A file appears under its name only when it is complete: it is written beside under another name, brought to
 * the disk and renamed. Several processes, on one machine or on several with a shared file system, may write
 * at once.
 */
import { randomUUID } from "node:crypto";
import { rmSync, statSync } from "node:fs";
import { link, mkdir, open, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import type { CaseRecord } from "../../src/domain/dataset-check/case-record.ts";
import type { CheckFile } from "../../src/domain/dataset-check/check-file.ts";
import { recordNames } from "../../src/domain/dataset-check/record-names.ts";
import { Failure } from "../run.ts";
import type { CheckedFiles } from "./case-checker.ts";
import { checkFileDifferences } from "./check-file-differences.ts";

const CHECK_FILE = "check.json";
const CASES = "cases";
const PICTURES = "pictures";
/** Another process may have taken away a file that was not yet renamed. */
const TRIES = 5;
/** A name while a file is written: the case's name, the ending and what no other process uses. */
const UNFINISHED = /^\.(?<file>.+)\.(?:json|png)\.[0-9a-f-]{36}\.tmp$/;

export class OutFolder {
  readonly #folder: string;
  readonly #names: ReadonlyMap<string, string>;
  /** Files that this process is writing. */
  readonly #unfinished = new Set<string>();

  private constructor(folder: string, names: ReadonlyMap<string, string>) {
    this.#folder = folder;
    this.#names = names;
  }

  /**
   * Makes the folder and its `check.json`, or compares with the one there.
   *
   * @param folder absolute path
   * @param given the path as the user wrote it
   * @param continues whether a dataset that got or lost cases since may take the place of the one in
   * `check.json`
   * @throws Failure with exit code 2 if the folder cannot be written, or was made of another dataset or with
   * other options
   */
  static async open(folder: string, given: string, check: CheckFile, continues: boolean): Promise<OutFolder> {
    const out = new OutFolder(folder, recordNames(check.cases.map(({ name }) => name)));
    try {
      for (const name of [CASES, PICTURES]) await mkdir(join(folder, name), { recursive: true });
      await out.#agree(given, check, continues);
    } catch (error) {
      out.dropUnfinished();
      throw notWritable(error, given, folder);
    }
    return out;
  }

  /**
   * Writes a case's picture and then its record, so that a case with a record is complete. @throws Failure
   */
  async write(name: string, { record, picture }: CheckedFiles): Promise<void> {
    const file = this.#fileOf(name);
    const image = join(this.#folder, PICTURES, `${file}.png`);
    try {
      if (picture) await this.#replace(image, `${file}.png`, picture);
      else await rm(image, { force: true });
      await this.#replace(
        join(this.#folder, CASES, `${file}.json`),
        `${file}.json`,
        `${JSON.stringify(record, null, 2)}\n`,
      );
    } catch (error) {
      throw notWritable(error, this.#folder, this.#folder);
    }
  }

  /** Returns a case's complete record with its picture; null without one, or with a damaged one. */
  async read(name: string): Promise<CaseRecord | null> {
    const file = this.#fileOf(name);
    const record = await readFile(join(this.#folder, CASES, `${file}.json`), "utf8").then(
      recordFrom,
      () => null,
    );
    if (record?.case.name !== name) return null;
    if (record.status === "unreadable") return record;
    const picture = await stat(join(this.#folder, PICTURES, `${file}.png`)).catch(() => null);
    return picture && picture.size > 0 ? record : null;
  }

  /** Removes a case's record and then its picture, if they are there. @throws Failure */
  async remove(name: string): Promise<void> {
    const file = this.#fileOf(name);
    try {
      await rm(join(this.#folder, CASES, `${file}.json`), { force: true });
      await rm(join(this.#folder, PICTURES, `${file}.png`), { force: true });
    } catch (error) {
      throw notWritable(error, this.#folder, this.#folder);
    }
  }

  /**
   * Removes what an ended process left of these cases, which are this process's own: files that were not yet
   * renamed.
   */
  async clear(names: readonly string[]): Promise<void> {
    const own = new Set(names.map((name) => this.#fileOf(name)));
    for (const folder of [CASES, PICTURES].map((name) => join(this.#folder, name))) {
      for (const entry of await readdir(folder)) {
        const file = UNFINISHED.exec(entry)?.groups?.file;
        if (file !== undefined && own.has(file)) await rm(join(folder, entry), { force: true });
      }
    }
  }

  /** Removes, at once, the files that this process has not yet renamed. */
  dropUnfinished(): void {
    for (const path of this.#unfinished) rmSync(path, { force: true });
  }

  #fileOf(name: string): string {
    const file = this.#names.get(name);
    if (file === undefined) throw new Error(`${name} is not a case of this check.`);
    return file;
  }

  /** All processes want the same bytes in `check.json`; the first to link its file has written it. */
  async #agree(given: string, check: CheckFile, continues: boolean): Promise<void> {
    const path = join(this.#folder, CHECK_FILE);
    const text = `${JSON.stringify(check, null, 2)}\n`;
    let there = await readFile(path, "utf8").catch(unlessMissing);
    for (let tries = 1; there !== text; tries++) {
      if (tries > TRIES)
        throw new Failure(`${given}: other processes keep writing another ${CHECK_FILE}.`, 2);
      if (there === null) await this.#createCheckFile(path, text);
      else {
        assertContinues(there, check, given, continues);
        // Only a process that has found its own text there takes unfinished files away.
        await this.#put(path, CHECK_FILE, text).catch(unlessMissing);
      }
      there = await readFile(path, "utf8").catch(unlessMissing);
    }
    for (const entry of await readdir(this.#folder)) {
      // Left by a process that ended; one that still needs it makes another and finds `check.json`.
      if (UNFINISHED.exec(entry)?.groups?.file === "check")
        await rm(join(this.#folder, entry), { force: true });
    }
  }

  /**
   * Leaves the file of another process that was faster, and does nothing if one took the unfinished file
   * away.
   */
  async #createCheckFile(path: string, text: string): Promise<void> {
    const unfinished = await this.#writeBeside(path, CHECK_FILE, text);
    try {
      await link(unfinished, path);
    } catch (error) {
      // On a file system without links, the last process to rename has written the file. All compare
      // afterwards.
      if (!["EEXIST", "ENOENT"].includes(codeOf(error))) await rename(unfinished, path).catch(unlessMissing);
    } finally {
      await this.#forget(unfinished);
    }
  }

  /** Tries again where another process of the same part, which had just started, took the file away. */
  async #replace(path: string, name: string, content: string | Uint8Array): Promise<void> {
    for (let tries = 1; ; tries++) {
      try {
        return await this.#put(path, name, content);
      } catch (error) {
        if (codeOf(error) !== "ENOENT" || tries >= TRIES) throw error;
      }
    }
  }

  /** @throws ENOENT if another process took the unfinished file away */
  async #put(path: string, name: string, content: string | Uint8Array): Promise<void> {
    const unfinished = await this.#writeBeside(path, name, content);
    try {
      await rename(unfinished, path);
      this.#unfinished.delete(unfinished);
    } catch (error) {
      await this.#forget(unfinished);
      throw error;
    }
  }

  /** Leaves nothing where it fails. @returns the path of the complete file, under a name of its own */
  async #writeBeside(path: string, name: string, content: string | Uint8Array): Promise<string> {
    const unfinished = join(path, "..", `.${name}.${randomUUID()}.tmp`);
    this.#unfinished.add(unfinished);
    try {
      const file = await open(unfinished, "wx");
      try {
        await file.writeFile(content);
        await file.datasync();
      } finally {
        await file.close();
      }
      return unfinished;
    } catch (error) {
      await this.#forget(unfinished);
      throw error;
    }
  }

  async #forget(unfinished: string): Promise<void> {
    await rm(unfinished, { force: true });
    this.#unfinished.delete(unfinished);
  }
}

function assertContinues(there: string, check: CheckFile, given: string, continues: boolean): void {
  const { others, cases } = checkFileDifferences(there, check);
  if (others.length > 0) {
    throw new Failure(
      `${given} was made of another dataset or with other options: ${others.join("; ")}. Name another folder, or give the same.`,
      2,
    );
  }
  if (!continues) {
    throw new Failure(
      `${given} was made when the dataset was another: ${cases.join("; ")}. Give --continue to bring it up to date, or name another folder.`,
      2,
    );
  }
}

/** Null for anything but a whole record. */
function recordFrom(text: string): CaseRecord | null {
  try {
    const record = JSON.parse(text) as Partial<CaseRecord> | null;
    const isWhole =
      record?.schema === "regionscope.report/1" &&
      Array.isArray(record.inputs) &&
      typeof record.case?.name === "string" &&
      (record.status === "unreadable"
        ? typeof record.sentence === "string"
        : record.status === "ok" && Array.isArray(record.findings));
    return isWhole ? (record as CaseRecord) : null;
  } catch {
    return null;
  }
}

const codeOf = (error: unknown): string =>
  error instanceof Error && "code" in error ? String(error.code) : "";

function unlessMissing(error: unknown): null {
  if (codeOf(error) === "ENOENT") return null;
  throw error;
}

/**
 * @param given the folder as the user wrote it
 * @param folder its absolute path
 */
function notWritable(error: unknown, given: string, folder: string): unknown {
  if (error instanceof Failure || codeOf(error) === "") return error;
  const problem: Readonly<Record<string, string>> = {
    EACCES: "there is no permission to write there",
    EPERM: "there is no permission to write there",
    EROFS: "this disk cannot be written",
    // As Node says of a folder that it cannot make on such a disk.
    ENOENT: "this folder cannot be made, or has been removed",
    ENOSPC: "the disk is full",
    EDQUOT: "the quota is used up",
    ENOTDIR: fileInPlace(given, folder),
    EEXIST: fileInPlace(given, folder),
  };
  const reason = problem[codeOf(error)] ?? (error instanceof Error ? error.message : codeOf(error));
  return new Failure(`${given}: ${reason}.`, 2);
}

/** Says which file is where a folder has to be: this one, a part of its path, or a folder in it. */
function fileInPlace(given: string, folder: string): string {
  for (const inside of [CASES, PICTURES])
    if (isFile(join(folder, inside))) return `${join(given, inside)} is a file, not a folder`;
  for (let above = dirname(folder); above !== dirname(above) && !isFile(folder); above = dirname(above))
    if (isFile(above)) return `${join(given, relative(folder, above))} is a file, not a folder`;
  return "this is a file, not a folder";
}

/** Links are followed; false where nothing is, or something else. */
function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
