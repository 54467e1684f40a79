/**
 * Opens files as other programs write them: gzip files with several members, label tables, and unsupported
 * formats.
 */
import { gzipSync } from "fflate";
import { randomFrom } from "../src/base/random.ts";
import { bgzip, gzipMembers, inParts } from "../src/formats/testing/write-gzip.ts";
import { concat, writeNifti } from "../src/formats/testing/write-nifti.ts";
import { writeNrrd } from "../src/formats/testing/write-nrrd.ts";
import { file, goto, idle, openFiles, problem } from "./support/app.ts";
import { expect, test } from "./support/test.ts";

const DIMS = [160, 140, 120];
const VOXELS = 160 * 140 * 120;

/** Stretches of three labels, and noise that compresses badly, so that the file takes more than one read. */
function labelValues(): Uint8Array {
  const random = randomFrom(1);
  return Uint8Array.from({ length: VOXELS }, (_, i) =>
    i < VOXELS / 2 ? Math.floor(i / 500_000) : random() * 8,
  );
}

test("gzip files of several members open in the browser, and damaged ones are refused", {
  tag: "@quick",
}, async ({ page }) => {
  // Compressed here and not at module level: every run of any spec loads this file, and compressing takes a
  // second.
  const values = labelValues();
  const nifti = writeNifti({ dims: DIMS, values });
  const labelled1 = values.reduce((sum, value) => sum + (value === 1 ? 1 : 0), 0).toLocaleString("en-US");
  const bgzipped = bgzip(nifti);
  const gzipped = gzipSync(nifti);
  const packed: readonly (readonly [what: string, bytes: Uint8Array])[] = [
    ["bgzip", bgzipped],
    ["two members, the first larger than one read", gzipMembers(inParts(nifti, 2_500_000))],
    ["thousands of members", gzipMembers(inParts(nifti, 700))],
    ["zeros after the last member", concat([gzipped, new Uint8Array(100_000)])],
  ];
  await goto(page);
  const regions = page.getByRole("table", { name: "Regions" });
  for (const [what, bytes] of packed) {
    await test.step(what, async () => {
      await openFiles(page, [file("case_seg.nii.gz", bytes)]);
      await expect(problem(page)).toHaveCount(0);
      await expect(regions.getByRole("row", { name: /label 1\b/ })).toContainText(labelled1);
    });
  }
  const damaged = bgzipped.slice();
  const half = damaged.length >> 1;
  damaged[half] = (damaged[half] ?? 0) ^ 0x10;
  await openFiles(page, [file("flipped.nii.gz", damaged)]);
  await expect(problem(page)).toContainText(/flipped\.nii\.gz: its gzip data (are damaged|end too early)/);
  await openFiles(page, [file("cut.nii.gz", bgzipped.subarray(0, half))]);
  await expect(problem(page)).toContainText("cut.nii.gz: its gzip data end too early");
  await openFiles(page, [file("more.nii.gz", concat([gzipped, new TextEncoder().encode("the end")]))]);
  await expect(problem(page)).toContainText("more.nii.gz: something other than gzip data or zeros follows");
});

test("an unknown file never keeps the others from opening, and a notice names it", async ({ page }) => {
  await goto(page);
  await openFiles(page, [
    file("README.pdf", "%PDF-1.7"),
    file("notes.txt", "x"),
    file("desktop.ini", "[.ShellClassInfo]"),
    file("dataset.json", '{"labels": {"background": 0,}}'),
    file("overview_seg.png", new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])),
    file("case_seg.nii", writeNifti({ dims: [4, 5, 6], values: new Uint8Array(120).fill(1, 0, 40) })),
  ]);
  await expect(problem(page)).toHaveCount(0);
  await expect(page.getByRole("table", { name: "Regions" })).toContainText("label 1");
  const notices = page.getByRole("list", { name: "Notices" });
  await expect(notices).toContainText("README.pdf was skipped: it is a PDF document.");
  await expect(notices).toContainText(
    /dataset\.json was skipped: it is not valid JSON at line 1, column \d+/,
  );
  await expect(notices).toContainText("overview_seg.png was skipped: it is a PNG picture");
  await expect(notices).toContainText("notes.txt was skipped: it is a text file");
  await expect(notices).toContainText("desktop.ini was skipped: it contains Windows folder settings");
  // With no other file to open, the page names each one.
  await openFiles(page, [
    file("README.pdf", "%PDF-1.7"),
    file("overview.png", new Uint8Array([0x89, 0x50, 0x4e, 0x47])),
  ]);
  await expect(problem(page)).toContainText(
    /^overview\.png: it is a PNG picture.* README\.pdf: it is a PDF document\./,
  );
});

test("a table of label names joins the labels that it is opened with, or that are open", async ({ page }) => {
  await goto(page);
  const labels = file(
    "case_seg.nii",
    writeNifti({ dims: [4, 5, 6], values: new Uint8Array(120).fill(7, 0, 40) }),
  );
  const regions = page.getByRole("table", { name: "Regions" });
  await openFiles(page, [
    labels,
    file("organs.ctbl", "# Color table file\n7 liver 221 130 101 255\n8 gall\n9 lung 0 9 9 255\n"),
  ]);
  await expect(regions.getByRole("row", { name: /liver/ })).toContainText("40");
  await expect(page.getByRole("list", { name: "Notices" })).toContainText("organs.ctbl: line 3 was skipped");
  await openFiles(page, [file("labels.txt", '0 0 0 0 0 0 0 "Clear Label"\n7 255 0 0 1 1 1 "Left lobe"\n')]);
  await expect(regions.getByRole("row", { name: /Left lobe/ })).toContainText("40");
  await expect(regions).not.toContainText("liver");
  // Opened before the labels, it waits for them.
  await goto(page);
  await openFiles(page, [file("labels.txt", '7 255 0 0 1 1 1 "Right lobe"\n')]);
  await expect(page.getByRole("list", { name: "Notices" })).toContainText("labels.txt is loaded");
  await openFiles(page, [labels]);
  await expect(regions.getByRole("row", { name: /Right lobe/ })).toContainText("40");
});

test("an empty segmentation of 3D Slicer gives one sentence, which lists its segments", async ({ page }) => {
  await goto(page);
  const pairs = {
    Segment0_ID: "liver",
    Segment0_Name: "liver",
    Segment0_LabelValue: "1",
    Segment0_Layer: "0",
  };
  const empty = writeNrrd({ bytes: new Uint8Array(1), fields: { sizes: "1 1 1" }, pairs });
  await openFiles(page, [file("empty.seg.nrrd", empty)]);
  const findings = page.getByRole("list", { name: "Findings" });
  await expect(findings.getByRole("listitem")).toHaveCount(1);
  await expect(findings).toContainText("This segmentation is empty: 3D Slicer writes a single voxel");
  await expect(
    page.getByRole("table", { name: "Regions" }).getByRole("row", { name: /liver/ }),
  ).toContainText("0");
  await idle(page);
});
