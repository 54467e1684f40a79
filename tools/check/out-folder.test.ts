/** Tests what the folder of a check holds when a disk is full or another process is faster. */

import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { CaseRecord } from "../../src/domain/dataset-check/case-record.ts";
import type { CheckFile } from "../../src/domain/dataset-check/check-file.ts";
import { OutFolder } from "./out-folder.ts";

/** Error of the next bytes that are written; null as long as there is room. */
let full: string | null = null;
/** Whether another process writes the same `check.json` first, and takes unfinished files away. */
let isLate = false;
/** Whether the file system has links. */
let hasLinks = true;
vi.mock("node:fs/promises", async (original) => {
  const real = await original<typeof import("node:fs/promises")>();
  const open = async (...args: Parameters<typeof real.open>): Promise<FileHandle> => {
    const file = await real.open(...args);
    const { writeFile } = file;
    file.writeFile = async (...content) => {
      if (full !== null) throw Object.assign(new Error(`${full}: write`), { code: full });
      return writeFile.apply(file, content);
    };
    return file;
  };
  const rename = async (from: string, to: string): Promise<void> => {
    if (isLate) await real.rename(from, to);
    return real.rename(from, to);
  };
  const link = async (from: string, to: string): Promise<void> => {
    if (!hasLinks) throw Object.assign(new Error("EPERM: link"), { code: "EPERM" });
    return real.link(from, to);
  };
  return { ...real, open, rename, link };
});

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "regionscope-out-"));
  [full, isLate, hasLinks] = [null, false, true];
});
afterEach(() => rmSync(folder, { recursive: true }));

const checkOf = (...names: readonly string[]) =>
  ({
    schema: "regionscope.check/1",
    options: {},
    cases: names.map((name) => ({ name, labels: "", images: [], prediction: null })),
  }) as unknown as CheckFile;
const record = { status: "ok", case: { name: "a" } } as unknown as CaseRecord;
const all = () => readdirSync(folder, { recursive: true, encoding: "utf8" }).sort();

test.each([
  ["ENOSPC", "the disk is full"],
  ["EDQUOT", "the quota is used up"],
])("%s leaves no half file and what was there", async (code, reason) => {
  const out = await OutFolder.open(folder, "out", checkOf("a"), false);
  await out.write("a", { record, picture: Buffer.from("picture") });
  const before = all();
  full = code;
  const again = out.write("a", { record, picture: Buffer.from("other") });
  await expect(again).rejects.toMatchObject({ exitCode: 2, message: `${folder}: ${reason}.` });
  expect(all()).toEqual(before);
  expect(before).toContain(join("cases", "a.json"));
});

test("a folder that is removed meanwhile ends it in one sentence", async () => {
  const out = await OutFolder.open(join(folder, "gone"), "gone", checkOf("a"), false);
  rmSync(join(folder, "gone"), { recursive: true });
  await expect(out.write("a", { record, picture: null })).rejects.toMatchObject({
    exitCode: 2,
    message: `${join(folder, "gone")}: this folder cannot be made, or has been removed.`,
  });
});

test.each([true, false])("another process may be faster with check.json; with links: %s", async (links) => {
  isLate = true;
  hasLinks = links;
  await OutFolder.open(folder, "out", checkOf("a"), false);
  await OutFolder.open(folder, "out", checkOf("a", "b"), true);
  expect(all()).toEqual(["cases", "check.json", "pictures"]);
  expect(JSON.parse(readFileSync(join(folder, "check.json"), "utf8"))).toEqual(checkOf("a", "b"));
});
