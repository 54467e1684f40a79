/**
 * Tests which of nnU-Net's readers places the volumes: shown and chosen on the page, set by the address, used
 * in a report.
 */
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "fflate";
import { writeNifti } from "../src/formats/testing/write-nifti.ts";
import { file, goto, idle, openFiles, probe } from "./support/app.ts";
import { reportBy } from "./support/report.ts";
import { openSecond, rowOf } from "./support/second-labels.ts";
import { expect, test } from "./support/test.ts";

const dims = [24, 20, 16];
const values = Float64Array.from({ length: 24 * 20 * 16 }, (_, i) => (i >> 5) % 3);
const dataset = JSON.stringify({
  channel_names: { 0: "CT" },
  labels: { background: 0, a: 1, b: 2 },
  numTraining: 1,
  file_ending: ".nii.gz",
});

/** ITK uses the qform, half a turn about z from (-1, -2, -3); nibabel the sform, RAS from (10, 20, 30). */
const TWO_FORMS = gzipSync(
  writeNifti({
    dims,
    values,
    sform: [1, 0, 0, 10, 0, 1, 0, 20, 0, 0, 1, 30],
    qform: [0, 0, 1, -1, -2, -3],
    spoil: { qformCode: 1, sformCode: 2 },
  }),
  { mtime: 0 },
);
const SHEARED = gzipSync(writeNifti({ dims, values, sform: [1, 0.02, 0, 0, 0, 1, 0.05, 0, 0, 0, 2.5, 0] }), {
  mtime: 0,
});

test("the reader is named, explained and changed on an open case", { tag: "@quick" }, async ({ page }) => {
  await goto(page);
  await openFiles(page, [file("case.nii.gz", TWO_FORMS), file("dataset.json", dataset)]);
  const fact = probe(page).getByRole("button", { name: /^Reader:/ });
  await expect(fact).toHaveText("SimpleITKIO · qform (code 1)");
  await expect(fact).toHaveAccessibleName("Reader: SimpleITKIO, by the qform (code 1)");
  const findings = page.getByRole("list", { name: "Findings" });
  await expect(findings).toContainText("SimpleITK uses the qform (code 1), nibabel the sform (code 2)");
  const mm = async () => ((await probe(page).textContent()) ?? "").match(/mm\s+(-?[\d.]+), (-?[\d.]+)/)?.[0];
  const before = await mm();

  await fact.click();
  const popup = page.getByRole("dialog", { name: "How nnU-Net reads these files" });
  await expect(popup).toContainText("SimpleITKIO is the first of nnU-Net's readers for .nii.gz files.");
  await expect(popup).toContainText("placed by the qform (code 1), LPS; qform_code 1, sform_code 2");
  const choice = popup.getByRole("combobox", { name: "Reader" });
  await expect(choice).toHaveText("As nnU-Net chooses: SimpleITKIO");
  await choice.click();
  await page.getByRole("option", { name: /^NibabelIO(?!With)/ }).click();
  await idle(page);
  await expect(fact).toHaveText("NibabelIO · sform (code 2)");
  await expect(popup).toContainText("It was chosen here.");
  await expect(popup).toContainText("placed by the sform (code 2), RAS");
  expect(await mm()).not.toBe(before);
  await expect.poll(() => new URL(page.url()).searchParams.get("reader")).toBe("NibabelIO");

  await choice.click();
  await page.getByRole("option", { name: /^As nnU-Net chooses: SimpleITKIO/ }).click();
  await idle(page);
  await expect(fact).toHaveText("SimpleITKIO · qform (code 1)");
  expect(await mm()).toBe(before);
  await expect.poll(() => new URL(page.url()).searchParams.get("reader")).toBeNull();

  // The address's reader applies to the files that are opened next.
  await goto(page, "?reader=NibabelIOWithReorient");
  await openFiles(page, [file("case.nii.gz", TWO_FORMS), file("dataset.json", dataset)]);
  await expect(fact).toHaveText("NibabelIOWithReorient · sform (code 2)");

  // Even the longest name fits into the popup.
  const named = JSON.stringify({
    ...JSON.parse(dataset),
    overwrite_image_reader_writer: "SimpleITKIOWithReorient",
  });
  await openFiles(page, [file("case.nii.gz", TWO_FORMS), file("dataset.json", named)]);
  await fact.click();
  await choice.click();
  await page.getByRole("option", { name: /^As nnU-Net chooses: SimpleITKIOWithReorient/ }).click();
  await idle(page);
  await expect(choice).toHaveText("As nnU-Net chooses: SimpleITKIOWithReorient");
  const [outer, inner] = [await popup.boundingBox(), await choice.boundingBox()];
  expect((inner?.x ?? 0) + (inner?.width ?? 0)).toBeLessThan((outer?.x ?? 0) + (outer?.width ?? 0) - 8);
});

test("second labels follow the case to another reader, or wait for one that places them on its grid", async ({
  page,
}) => {
  // Moves each label on by one (mod 3): where the two files align, no structure overlaps.
  const others = values.map((value) => (value + 1) % 3);
  const second = (qform: readonly number[]) =>
    gzipSync(
      writeNifti({
        dims,
        values: others,
        sform: [1, 0, 0, 10, 0, 1, 0, 20, 0, 0, 1, 30],
        qform,
        spoil: { qformCode: 1, sformCode: 2 },
      }),
    );
  const choose = async (name: RegExp) => {
    await page.getByRole("combobox", { name: "Reader" }).click();
    await page.getByRole("option", { name }).click();
    await idle(page);
  };
  const b = (name: string) => page.getByRole("group", { name: `B: ${name}` });
  const count = (of: Float64Array, label: number) => of.filter((value) => value === label).length;
  const cells = [count(values, 1).toLocaleString("en-US"), count(others, 1).toLocaleString("en-US"), "0"];
  const expectCounts = () =>
    expect(rowOf(page, "a").locator("td:nth-child(-n + 5)")).toHaveText([...cells, "0.0000"]);
  await goto(page, "?view=compare");
  await openFiles(page, [file("case.nii.gz", TWO_FORMS), file("dataset.json", dataset)]);
  await openSecond(page, file("second.nii.gz", second([0, 0, 1, -1, -2, -3])));
  await expect(b("second.nii.gz")).toBeVisible();
  await expectCounts();
  await probe(page)
    .getByRole("button", { name: /^Reader:/ })
    .click();
  await choose(/^SimpleITKIOWithReorient/);
  await expect(probe(page)).toContainText("SimpleITKIOWithReorient");
  await expect(b("second.nii.gz")).toBeVisible();
  await expectCounts();

  // nibabel uses the sform, which places it where the case is.
  await choose(/^NibabelIO(?!With)/);
  await page.keyboard.press("Escape");
  await openSecond(page, file("moved.nii.gz", second([0, 0, 1, 9, 9, 9])));
  await expect(b("moved.nii.gz")).toBeVisible();
  await probe(page)
    .getByRole("button", { name: /^Reader:/ })
    .click();
  await choose(/^As nnU-Net chooses/);
  await expect(
    page.getByText("This view compares with moved.nii.gz, whose position does not match the case"),
  ).toBeVisible();
  await expect(
    page.getByText(
      "moved.nii.gz: read by SimpleITKIO, it has the same size and spacing but a different position or orientation",
    ),
  ).toBeVisible();
  await choose(/^NibabelIOWithReorient/);
  await expect(b("moved.nii.gz")).toBeVisible();
  await expectCounts();
  await expect(page.getByText("moved.nii.gz: read by")).toHaveCount(0);
});

test("a report uses the reader that nnU-Net chooses, or the one that is given", async ({ reportPage }) => {
  const folder = mkdtempSync(join(tmpdir(), "regionscope-e2e-"));
  writeFileSync(join(folder, "two.nii.gz"), TWO_FORMS);
  writeFileSync(join(folder, "sheared.nii.gz"), SHEARED);
  writeFileSync(join(folder, "dataset.json"), dataset);
  const report = (...given: string[]) =>
    reportBy(reportPage, [...given, "--dataset", "dataset.json"], folder);
  const usual = await report("--labels", "two.nii.gz");
  expect([usual.reader, usual.case.orientation]).toEqual(["SimpleITKIO", "LPS"]);
  const asked = await report("--labels", "two.nii.gz", "--reader", "NibabelIO");
  expect([asked.reader, asked.case.orientation]).toEqual(["NibabelIO", "RAS"]);
  const refused = await report("--labels", "sheared.nii.gz");
  expect(refused.case.labels).toHaveLength(3);
  expect(refused.findings[0]).toMatchObject({ code: "reader-refuses", severity: "error" });
});
