/** Tests what a page is asked to read of a case, without a browser. */
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { StartCheckRequest } from "../../src/workers/case-check.ts";
import type { CaseToRead } from "../../src/workers/case-check-protocol.ts";
import { type CheckerOptions, checkerOn } from "./browser-checker.ts";
import { writeFiles } from "./testing/dataset.ts";

const OPTIONS: CheckerOptions = {
  workers: 1,
  definition: null,
  plans: null,
  configuration: null,
  trainer: "default",
  reader: null,
  mode: "nearest-exact",
  grid: "stored",
  predictions: true,
  toleranceMm: 1,
  firstImage: null,
};

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "regionscope-browser-checker-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const at = (path: string) => join(folder, path);

/** A page that reads what it is given, and finds that the second file of a case is no volume. */
function page() {
  const open = new Map<string, readonly string[]>();
  const started: StartCheckRequest[] = [];
  const asked: CaseToRead[] = [];
  const texts: string[] = [];
  const app = {
    page: { on: () => undefined } as unknown as Page,
    startCheck: async (request: StartCheckRequest) => {
      started.push(request);
    },
    async checkCase(one: CaseToRead) {
      asked.push(one);
      texts.push(...(open.get(one.files.url.slice(1)) ?? []).map((path) => readFileSync(path, "utf8")));
      const sentence = `${one.files.files[1]?.path}: it is no volume. Copy it again.`;
      return { record: JSON.stringify({ status: "unreadable", sentence }), picture: null };
    },
    close: async () => {},
  };
  return { app, open, started, asked, texts };
}

test("labels, channels and prediction of one name in different folders stay apart", async () => {
  const files = ["labels", "ct", "pet", "predicted"].map((name) => `${name}/a.nii.gz`);
  writeFiles(folder, Object.fromEntries(files.map((path) => [path, path])));
  const [labels = "", ct = "", pet = "", prediction = ""] = files.map(at);
  const { app, open, asked, texts } = page();
  const checker = await checkerOn(app, open, OPTIONS);
  const { record } = await checker.check({ name: "a", labels, images: [ct, pet], prediction, inputs: [] });
  expect(asked[0]?.files.files.map(({ path }) => path)).toEqual([
    "a.nii.gz",
    "2-a.nii.gz",
    "3-a.nii.gz",
    "a.nii.gz",
  ]);
  expect(asked[0]).toMatchObject({
    labels: "a.nii.gz",
    images: ["2-a.nii.gz", "3-a.nii.gz"],
    predictionFiles: 1,
  });
  expect(texts).toEqual(files);
  expect(record).toMatchObject({ sentence: `${ct}: it is no volume. Copy it again.` });
  expect(open.size).toBe(0);
});

test("a header comes with the file of its voxels", async () => {
  writeFiles(folder, { "a.hdr": "header", "a.img": "voxels", "a_0000.hdr": "", "a_0000.img.gz": "" });
  const { app, open, asked } = page();
  const checker = await checkerOn(app, open, OPTIONS);
  const files = { labels: at("a.hdr"), images: [at("a_0000.hdr")], prediction: at("a.hdr") };
  await checker.check({ name: "a", ...files, inputs: [] });
  expect(asked[0]?.files.files.map(({ path, bytes }) => `${path} ${bytes}`)).toEqual([
    "a.hdr 6",
    "a.img 6",
    "a_0000.hdr 0",
    "a_0000.img.gz 0",
    "a.hdr 6",
    "a.img 6",
  ]);
  expect(asked[0]).toMatchObject({ labels: "a.hdr", images: ["a_0000.hdr"], predictionFiles: 2 });
});

test("a first image that cannot be read is left out, and no reason to stop", async () => {
  const image = at("a_0000.nii.gz");
  writeFiles(folder, { "a_0000.nii.gz": "image" });
  mkdirSync(at("folder.nii.gz"));
  const { app, open, started } = page();
  for (const firstImage of [image, at("gone.nii.gz"), at("folder.nii.gz")])
    await checkerOn(app, open, { ...OPTIONS, firstImage });
  expect(started.map(({ firstImage }) => firstImage?.files ?? null)).toEqual([
    [{ path: "a_0000.nii.gz", bytes: 5 }],
    null,
    null,
  ]);
});

test.skipIf(process.getuid?.() === 0)("so is one without permission", async () => {
  writeFiles(folder, { "a_0000.nii.gz": "image" });
  chmodSync(at("a_0000.nii.gz"), 0);
  const { app, open, started } = page();
  await checkerOn(app, open, { ...OPTIONS, firstImage: at("a_0000.nii.gz") });
  expect(started[0]?.firstImage).toBeNull();
});
