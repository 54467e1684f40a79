/** Compares real label files of the same scan. */
import { existsSync, readFileSync } from "node:fs";
import { file, goto, openFiles, sampleFiles } from "./support/app.ts";
import { DEFINITION, expectRecount, LABELS, nifti, openSecond } from "./support/second-labels.ts";
import { expect, test } from "./support/test.ts";

/** Real files that are not bundled. */
const SHARED = new URL("../../shared/data/labels/", import.meta.url).pathname;

test("Dice of 25 regions on two real label files of the same scan", async ({ page }) => {
  // Both are bundled: one CT, with its classes merged and numbered in two ways.
  const [organs = ""] = sampleFiles("Dataset902_AbdomenOrgans", "abdomen_001", false);
  await goto(page, "?sample=abdomen-regions&view=compare");
  await openSecond(page, file("organs.nii.gz", readFileSync(organs)));
  await expect(page.getByRole("group", { name: "B: organs.nii.gz" })).toBeVisible();
  await expectRecount(page, DEFINITION.labels, nifti(LABELS).read(), nifti(organs).read(), 25);
});

test("Dice on two real segmentations of one scan: whole vertebrae, and their parts", async ({ page }) => {
  test.skip(!existsSync(SHARED), "the real files are not beside the project");
  const at = (kind: string) => `${SHARED}sub-ct_seg-${kind}_label-22_msk.nii.gz`;
  const [a, b] = [nifti(at("vert")).read(), nifti(at("subreg")).read()];
  const found = (of: Uint8Array) => [...new Set(of)].filter((label) => label !== 0).sort((p, q) => p - q);
  const both = [...new Set([...found(a), ...found(b)])].sort((p, q) => p - q);
  // All bones together are one region of both files, and so is each single label.
  const labels = { background: 0, bone: both, ...Object.fromEntries(both.map((n) => [`label ${n}`, n])) };
  const definition = {
    labels,
    regions_class_order: both.map((_, i) => i).concat(both.length),
    channel_names: { 0: "CT" },
    numTraining: 1,
    file_ending: ".nii.gz",
  };
  await goto(page, "?view=compare");
  await openFiles(page, [at("vert"), file("dataset.json", JSON.stringify(definition))]);
  await openSecond(page, file("parts.nii.gz", readFileSync(at("subreg"))));
  await expect(page.getByRole("group", { name: "B: parts.nii.gz" })).toBeVisible();
  await expectRecount(page, labels, a, b, both.length + 1);
});
