/** Turns masks into the single label file that nnU-Net needs: saves it, or opens it in their place. */
import { readFileSync } from "node:fs";
import { labelsOf, open, valuesOf } from "../src/formats/testing/opening.ts";
import { inputFile, writeNifti } from "../src/formats/testing/write-nifti.ts";
import { file, goto, idle, openFiles, plansFile } from "./support/app.ts";
import { expect, type Page, test } from "./support/test.ts";

const DIMS = [9, 8, 7];
const SFORM = [-2, 0, 0, 30, 0, 3, 0, -40, 0, 0, 4, 50];

/** A mask of the voxels with from ≤ i < to. */
function between(from: number, to: number) {
  return Uint8Array.from({ length: 9 * 8 * 7 }, (_, at) => Number(at % 9 >= from && at % 9 < to));
}

const mask = (name: string, values: Uint8Array) =>
  file(name, writeNifti({ dims: DIMS, values, sform: SFORM }));
/** Each has voxels that the other lacks, and both share those with i = 3 and 4. */
const LIVER = between(0, 5);
const TUMOUR = between(3, 6);
const OPENED = [mask("liver.nii", LIVER), mask("tumour.nii", TUMOUR)];
const DATASET = file(
  "dataset.json",
  JSON.stringify({
    channel_names: { 0: "CT" },
    labels: { background: 0, liver: 1, tumour: 2 },
    numTraining: 1,
    file_ending: ".nii.gz",
  }),
);

const dialog = (page: Page) => page.getByRole("dialog", { name: "Make a label map" });

async function make(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Make a label map…" }).click();
  await idle(page);
  await expect(dialog(page)).toContainText("Combinations");
}

async function saved(page: Page, button: string): Promise<{ name: string; bytes: Uint8Array<ArrayBuffer> }> {
  const download = page.waitForEvent("download");
  await dialog(page).getByRole("button", { name: button }).click();
  const made = await download;
  return { name: made.suggestedFilename(), bytes: new Uint8Array(readFileSync(await made.path())) };
}

const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

test("two masks that overlap: the finding leads to a label map, which is saved and opened", {
  tag: "@quick",
}, async ({ page }) => {
  await goto(page);
  await openFiles(page, [...OPENED, DATASET]);
  await expect(page.getByText("Select a mask to change its colour or save it, or press")).toBeVisible();
  const finding = page.getByRole("list", { name: "Findings" }).getByRole("listitem").first();
  await expect(finding).toContainText("one-label-file-needed");
  await expect(finding).toContainText("2 masks that overlap in 112 voxels");
  await expect(finding).toContainText("“liver” would lose 112 voxels to “tumour”");
  await make(page);
  await expect(dialog(page)).toContainText("3 (1 overlap)");
  await expect(dialog(page)).toContainText("with 2 regions it cannot tell 3 combinations apart");
  await expect(dialog(page)).toContainText("changes 56 voxels");

  const labels = await saved(page, "Save 2_masks.nii.gz");
  expect(labels.name).toBe("2_masks.nii.gz");
  const opened = await open([inputFile("case.nii.gz", labels.bytes)]);
  const expected = Array.from(LIVER, (inLiver, at) =>
    inLiver && TUMOUR[at] ? 3 : inLiver ? 1 : TUMOUR[at] ? 2 : 0,
  );
  expect(valuesOf(labelsOf(opened))).toEqual(expected);
  expect(labelsOf(opened).grid.toWorld).toEqual([0, 0, -2, 30, 0, 3, 0, -40, 4, 0, 0, 50]);

  const lossless = dialog(page).getByRole("radio", { name: /1 extra region/ });
  await expect(lossless).toBeChecked();
  await dialog(page)
    .getByRole("radio", { name: /One region per mask/ })
    .check();
  const plain = JSON.parse(textOf((await saved(page, "Save dataset.json")).bytes)) as Record<string, unknown>;
  expect(plain.labels).toEqual({ background: 0, liver: [1, 3], tumour: [2, 3] });
  await lossless.check();
  const further = textOf((await saved(page, "Save dataset.json")).bytes);
  expect(JSON.parse(further)).toEqual({
    channel_names: { 0: "CT" },
    labels: { background: 0, liver: [1, 3], tumour: [2, 3], "liver + tumour": 3 },
    regions_class_order: [1, 2, 3],
    numTraining: 1,
    file_ending: ".nii.gz",
  });

  await dialog(page).getByRole("button", { name: "Open here" }).click();
  await idle(page);
  await expect(dialog(page)).toHaveCount(0);
  const rows = page.getByRole("table", { name: "Regions" }).getByRole("row");
  for (const [row, name, voxels] of [
    [1, "liver", "280"],
    [2, "tumour", "168"],
    [3, "liver + tumour", "112"],
  ] as const) {
    await expect(rows.nth(row)).toContainText(name);
    await expect(rows.nth(row)).toContainText(voxels);
  }
  await expect(page.getByRole("list", { name: "Findings" })).not.toContainText("one-label-file-needed");
  await expect(page.getByRole("list", { name: "Findings" })).not.toContainText("round-trip");
});

test("a label map is made by keyboard, and transposed plans and the image stay open", async ({ page }) => {
  await goto(page);
  const ct = writeNifti({
    dims: DIMS,
    values: Int16Array.from({ length: 504 }, (_, at) => (at * 7) % 900),
    type: "int16",
    sform: SFORM,
  });
  const plans = JSON.parse(plansFile(2).buffer.toString()) as Record<string, unknown>;
  await openFiles(page, [
    ...OPENED,
    file("ct_0000.nii", ct),
    file("nnUNetPlans.json", JSON.stringify({ ...plans, transpose_forward: [2, 0, 1] })),
  ]);
  await page.getByRole("button", { name: "Open…" }).press("Enter");
  await page.getByRole("menuitem", { name: /Make a label map/ }).press("Enter");
  await idle(page);
  // The label map takes the image's name.
  const labels = await saved(page, "Save ct.nii.gz");
  // In the masks' own axis order, not the one that the plans transpose to.
  const { grid } = labelsOf(await open([inputFile("case.nii.gz", labels.bytes)]));
  expect([grid.shape, grid.toWorld]).toEqual([
    [7, 8, 9],
    [0, 0, -2, 30, 0, 3, 0, -40, 4, 0, 0, 50],
  ]);
  await page.keyboard.press("Escape");
  await expect(dialog(page)).toHaveCount(0);
  await expect(
    page.getByRole("table", { name: "Regions" }).getByRole("row", { name: /liver/ }),
  ).toContainText("280");

  const button = page.getByRole("button", { name: "Make a label map…" });
  await button.press("Enter");
  await expect(dialog(page).getByRole("button", { name: "Save ct.nii.gz" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(button).toBeFocused();
  await button.press("Enter");
  const openHere = dialog(page).getByRole("button", { name: "Open here" });
  await expect(openHere).toBeEnabled();
  // The dialog stays until its animations end, so the masks are gone before it returns the focus.
  await dialog(page).evaluate((popup) => void popup.animate([{ opacity: 1 }, { opacity: 0.9 }], 1500));
  await openHere.press("Enter");
  await expect(dialog(page)).toHaveCount(0);
  await idle(page);
  // The button that had the focus disappears with the masks.
  await expect(page.locator("main:focus, main :focus")).toHaveCount(1);
  const regions = page.getByRole("table", { name: "Regions" });
  // The extra region for the overlap is also listed.
  await expect(regions.getByRole("row", { name: /^Show liver liver/ })).toContainText("280");
  await expect(page.getByText("9×7×8").first()).toBeVisible();
  await expect(page.getByRole("region", { name: "Probe" })).toContainText("image");
});

test("identical masks and one named ignore are reported beforehand; the open map can still be saved", async ({
  page,
}) => {
  await goto(page);
  const rest = between(7, 9);
  await openFiles(page, [
    mask("liver.nii", LIVER),
    mask("z_liver.nii", LIVER),
    mask("tumour.nii", between(3, 5)),
    mask("Ignore.nii", rest),
  ]);
  // Pressing the button counts as work immediately, before its script has loaded.
  const idleAfter = await page.getByRole("button", { name: "Make a label map…" }).evaluate((button) => {
    (button as HTMLElement).click();
    return document.documentElement.dataset.idle;
  });
  expect(idleAfter).toBe("false");
  await idle(page);
  await expect(dialog(page)).toContainText("The masks “liver” and “z_liver” are identical in every voxel.");
  await expect(dialog(page)).toContainText("The mask “Ignore” becomes nnU-Net's ignore label, 4");
  await dialog(page).getByRole("button", { name: "Open here" }).click();
  await idle(page);
  const regions = page.getByRole("table", { name: "Regions" });
  for (const [name, voxels] of [
    ["liver", "280"],
    ["z_liver", "280"],
    ["tumour", "112"],
    ["ignore", "112"],
  ] as const) {
    await expect(regions.getByRole("row", { name: new RegExp(`^Show ${name} ${name}`) })).toContainText(
      voxels,
    );
  }
  const findings = page.getByRole("list", { name: "Findings" });
  for (const code of ["region-duplicate", "ignore-", "order-", "round-trip"])
    await expect(findings).not.toContainText(code);
  await expect(page.getByRole("list", { name: "Notices" })).toContainText("is open but not saved yet");

  const close = async () => {
    await page.getByRole("button", { name: "Open…" }).click();
    await page.getByRole("menuitem", { name: "Close case" }).click();
  };
  await close();
  const question = page.getByRole("alertdialog");
  await expect(question).toContainText("dataset.json and 4_masks.nii.gz have not been saved.");
  await question.getByRole("button", { name: "Cancel" }).click();
  await page.getByRole("button", { name: "Open…" }).click();
  const download = page.waitForEvent("download");
  await page.getByRole("menuitem", { name: /Save 4_masks\.nii\.gz/ }).click();
  const bytes = new Uint8Array(readFileSync(await (await download).path()));
  await expect(page.getByRole("list", { name: "Notices" })).toHaveCount(0);
  const values = valuesOf(labelsOf(await open([inputFile("case.nii.gz", bytes)])));
  expect([1, 2, 3, 4].map((label) => values.filter((value) => value === label).length)).toEqual([
    0, 168, 112, 112,
  ]);
  await page.getByRole("button", { name: "Save dataset.json" }).click();
  await close();
  await expect(question).toHaveCount(0);
  await expect(regions).toHaveCount(0);
});
