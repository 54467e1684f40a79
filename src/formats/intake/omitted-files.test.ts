/** Notices and errors for files that are not understood. */
import { describe, expect, it } from "vitest";
import type { InputFile } from "../bytes/input-file.ts";
import { labelsOf, open, valuesOf } from "../testing/opening.ts";
import { gzip, inputFile, writeNifti } from "../testing/write-nifti.ts";

const VALUES = Array.from({ length: 24 }, (_, i) => i % 4);
const volume = (path: string, values = VALUES) =>
  inputFile(path, gzip(writeNifti({ dims: [4, 3, 2], values, type: "int16" })));
const labels = volume("case_seg.nii.gz");
const image = volume(
  "case_0000.nii.gz",
  VALUES.map((_, i) => i * 10 - 100),
);
const PDF = inputFile("README.pdf", "%PDF-1.7 and so on");
const png = (path: string) => inputFile(path, Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a));
const PNG = png("overview.png");
const STORE = inputFile(".DS_Store", new TextEncoder().encode("\0\0\0\x01Bud1\0\0\x10\0"));
const SIDE = inputFile("._case_seg.nii.gz", Uint8Array.of(0, 5, 0x16, 7, 0, 2, 0, 0));

describe("a file that is not understood", () => {
  it.each<[string, InputFile, RegExp]>([
    ["a PDF document", PDF, /^README\.pdf was skipped: it is a PDF document\.$/],
    ["a picture", PNG, /^overview\.png was skipped: it is a PNG picture/],
    ["a picture named like labels", png("seg_overview.png"), /^seg_overview\.png was skipped/],
    ["folder settings", STORE, /^\.DS_Store was skipped: it contains macOS folder settings/],
    [
      "a macOS metadata file named like the labels",
      SIDE,
      /^\._case_seg\.nii\.gz was skipped: it is a macOS metadata file/,
    ],
    ["text", inputFile("notes.txt", "x"), /^notes\.txt was skipped: it is a text file/],
    [
      "folder settings of another kind",
      inputFile(".DS_Store", "x"),
      /^\.DS_Store was skipped: it contains macOS folder settings/,
    ],
    [
      "folder settings of Windows",
      inputFile("desktop.ini", "[.ShellClassInfo]\r\n"),
      /^desktop\.ini was skipped: it contains Windows folder settings/,
    ],
    [
      "thumbnails of Windows",
      inputFile("Thumbs.db", Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0)),
      /^Thumbs\.db was skipped: it contains Windows thumbnails/,
    ],
    [
      "an empty macOS metadata file",
      inputFile(".localized", ""),
      /^\.localized was skipped: it is a macOS metadata file/,
    ],
    ["settings", inputFile("run.cfg", "[network]\nlr = 0.1\n"), /^run\.cfg was skipped: it is a text file/],
    [
      "text of Windows",
      inputFile("notes.txt", Uint8Array.of(0xff, 0xfe, 0x68, 0, 0x69, 0)),
      /^notes\.txt was skipped: it is a text file/,
    ],
    [
      "text in Chinese",
      inputFile("读我.txt", "请先阅读本文件。".repeat(90)),
      /^读我\.txt was skipped: it is a text file/,
    ],
    [
      "text in Latin-1",
      inputFile(
        "notes.txt",
        Uint8Array.from("Größe der Läsion", (c) => c.charCodeAt(0)),
      ),
      /^notes\.txt was skipped: it is a text file/,
    ],
    [
      "one byte that is not text",
      inputFile("x", Uint8Array.of(1)),
      /^x was skipped: it is not a NIfTI file \(1 byte, but/,
    ],
    ["an empty file", inputFile("Icon", ""), /^Icon was skipped: it is empty/],
  ])("never blocks the others: %s", async (_, file, notice) => {
    for (const files of [
      [labels, image, file],
      [file, image, labels],
    ]) {
      const opened = await open(files);
      expect(valuesOf(labelsOf(opened))).toEqual(VALUES);
      expect(opened.image?.max).toBe(130);
      expect(opened.notices).toEqual([expect.stringMatching(notice)]);
    }
    const alone = await open([volume("case.nii.gz"), file]);
    expect(valuesOf(labelsOf(alone))).toEqual(VALUES);
    expect(alone.notices).toEqual([expect.stringMatching(notice)]);
  });

  it.each<[string, string, RegExp]>([
    [
      "broken JSON",
      '{"labels": {',
      /^d\.json was skipped: it is not valid JSON at line 1, column 13 .* Correct it there and open it again\.$/,
    ],
    ["JSON of another kind", '{"a": 1}', /^d\.json was skipped: it is JSON, but neither/],
    [
      "a dataset.json without labels",
      '{"channel_names": {}}',
      /^d\.json was skipped: its field "labels" is missing/,
    ],
    ["an empty JSON file", "", /^d\.json was skipped: it is empty/],
    [
      "plans with broken strides",
      '{"configurations": {"3d_fullres": {"pool_op_kernel_sizes": [2, 2]}}}',
      /^d\.json was skipped: the strides of configuration "3d_fullres" are not one list/,
    ],
    [
      "plans of version 1",
      '{"plans_per_stage": {}}',
      /^d\.json was skipped: it contains plans of nnU-Net version 1/,
    ],
    [
      "a view of another version",
      '{"schema": "regionscope.view/9"}',
      /^d\.json was skipped: its field "schema"/,
    ],
  ])("never blocks the others: %s", async (_, text, notice) => {
    const opened = await open([labels, inputFile("d.json", text)]);
    expect(valuesOf(labelsOf(opened))).toEqual(VALUES);
    expect([opened.definition, opened.plans, opened.view]).toEqual([null, null, null]);
    expect(opened.notices).toEqual([expect.stringMatching(notice)]);
    await expect(open([inputFile("d.json", text)])).rejects.toThrow(/^d\.json: /);
  });

  it("is reported if it is a dataset folder's definition or plans", async () => {
    const files = [
      volume("D/labelsTr/a.nii.gz"),
      inputFile("D/dataset.json", '{"labels": {"background": 0,}}'),
      inputFile("D/nnUNetPlans.json", "[]"),
    ];
    const opened = await open(files, { caseName: "a" });
    expect(valuesOf(labelsOf(opened))).toEqual(VALUES);
    expect(opened.notices).toEqual([
      expect.stringMatching(/^D\/dataset\.json was skipped: it is not valid JSON at line 1/),
      expect.stringMatching(/^D\/nnUNetPlans\.json was skipped: it is JSON, but not an nnU-Net plans/),
    ]);
    const named = { caseName: "a", dataset: "D/dataset.json" };
    await expect(open(files, named)).rejects.toThrow(/^D\/dataset\.json: it is not valid JSON/);
  });

  it("is reported once for many of the same kind", async () => {
    const dicom = (i: number) => {
      const bytes = new Uint8Array(200);
      bytes.set(new TextEncoder().encode("DICM"), 128);
      return inputFile(`IM${i}`, bytes);
    };
    const three = [1, 2, 3].map(dicom);
    expect((await open([labels, ...three])).notices).toEqual([
      "IM1 was skipped, as were 2 more files like it: it is a DICOM file, which is not supported yet.",
    ]);
    expect((await open([labels, ...three.slice(1)])).notices).toEqual([
      "IM2 was skipped, as was 1 more file like it: it is a DICOM file, which is not supported yet.",
    ]);
  });

  it("does not stop a definition from opening without a volume", async () => {
    const dataset = inputFile("dataset.json", '{"labels": {"background": 0, "a": 1}}');
    const opened = await open([PDF, dataset]);
    expect(opened.definition?.labels).toHaveLength(2);
    expect(opened.notices).toEqual([expect.stringMatching(/^README\.pdf was skipped/)]);
  });

  it("is an error with a remedy if no file can be opened", async () => {
    const failure = (...files: InputFile[]) => open(files).then(String, (error: Error) => error.message);
    expect(await failure(STORE)).toMatch(/^\.DS_Store: it contains macOS folder settings/);
    expect(await failure(PNG, PDF)).toBe(
      "overview.png: it is a PNG picture, which is not supported yet. Convert it to NIfTI (.nii.gz), for example with 3D Slicer or SimpleITK. " +
        "README.pdf: it is a PDF document. Choose the label file, or dataset.json and the plans.",
    );
    expect(await failure(png("a.png"), png("b.png"), png("c.png"), inputFile("d.json", "{"))).toMatch(
      /^d\.json: it is not valid JSON .* a\.png and 2 more files like it: it is a PNG picture/,
    );
    const many = [PNG, PDF, STORE, inputFile("a.txt", "x"), inputFile("b", Uint8Array.of(1))];
    // Files that operating systems leave behind are named only if there are no others.
    expect(await failure(...many)).toMatch(
      /^a\.txt: .* b: .* overview\.png: .* 1 more file cannot be opened either\.$/,
    );
    expect(await failure(PDF, SIDE)).toMatch(
      /^README\.pdf: it is a PDF document\. Choose [^.]*, or dataset\.json and the plans\.$/,
    );
    expect(await failure(PDF, inputFile("a.txt", "x"))).toMatch(
      /^a\.txt: it is a text file, [^.]*\. README\.pdf: it is a PDF document\. Choose the label file, /,
    );
  });

  it("is an error that names each if no volume can be read", async () => {
    const files = [inputFile("a.nii", "no volume"), inputFile("b.nii", "")];
    await expect(open(files)).rejects.toThrow(/^a\.nii: it is a text file, .* b\.nii: it is empty/);
  });

  it("is an error if it is the label file", async () => {
    const truncated = inputFile(
      "case_seg.nii.gz",
      gzip(writeNifti({ dims: [4, 3, 2], values: VALUES })).slice(0, 40),
    );
    await expect(open([truncated, image])).rejects.toThrow(/^case_seg\.nii\.gz: its gzip data end too early/);
    const foreign = inputFile("labels.mha", "ObjectType = Image\nNDims = 3\n");
    await expect(open([foreign, image])).rejects.toThrow(/^labels\.mha: it is a MetaImage file/);
    const both = [foreign, inputFile("seg.zip", "PK\x03\x04"), image, SIDE];
    await expect(open(both)).rejects.toThrow(
      /^labels\.mha: .* seg\.zip: it is a zip archive\. Unpack it [^.]*\.nii\.gz inside\.$/,
    );
    await expect(open([labels, PDF], { labels: ["README.pdf"] })).rejects.toThrow(/^README\.pdf: /);
  });
});
