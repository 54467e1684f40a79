/**
 * Tests the table of what resampling changed and stepping through it, against a comparison voxel by voxel.
 */
import { readFileSync } from "node:fs";
import { regionSetFromDefinition } from "../src/domain/dataset/region-set.ts";
import type { Triple } from "../src/domain/geometry/grid.ts";
import { plainChanges } from "../src/domain/testing/plain-changes.ts";
import { plainCrop, plainNonzero, plainResample } from "../src/domain/training-grid/plain.ts";
import { chooseResampling, DEFAULT_SEG_RESAMPLING } from "../src/domain/training-grid/resampling.ts";
import { volumeFromLabels } from "../src/domain/volume/volume-from-labels.ts";
import { labelsOf, open, valuesOf } from "../src/formats/testing/opening.ts";
import { inputFile } from "../src/formats/testing/write-nifti.ts";
import { expectAnnounced, keepAnnouncements } from "./support/announcements.ts";
import {
  file,
  goto,
  idle,
  openFiles,
  openSample,
  probedVoxel,
  sampleFiles,
  settledUrl,
} from "./support/app.ts";
import { choose } from "./support/keys/on-page.ts";
import { expect, type Locator, type Page, test } from "./support/test.ts";

const [LABELS = "", IMAGE = "", DATASET = "", PLANS = ""] = sampleFiles(
  "Dataset901_AbdomenRegions",
  "abdomen_001",
);

function plansAt(mm: number) {
  const plans = JSON.parse(readFileSync(PLANS, "utf8"));
  plans.configurations["3d_fullres"].spacing = [mm, mm, mm];
  return file("nnUNetPlans.json", JSON.stringify(plans));
}

const compared = new Map<number, ReturnType<typeof compare>>();

function plainCase(mm: number): ReturnType<typeof compare> {
  const known = compared.get(mm) ?? compare(mm);
  compared.set(mm, known);
  return known;
}

/** What nnU-Net makes of the sample at a spacing of the plans, voxel by voxel and label by label. */
async function compare(mm: number) {
  const files = [LABELS, IMAGE, DATASET, PLANS].map((path) =>
    inputFile(path, new Uint8Array(readFileSync(path))),
  );
  const { image, definition, ...opened } = await open(files);
  if (!image || !definition) throw new Error("The sample has an image and a definition.");
  const volume = labelsOf(opened);
  const { shape } = volume.grid;
  const nonzero = plainNonzero([{ shape, values: Float64Array.from(image.data) }], shape);
  const { first, cropped } = plainCrop({ shape, values: Float64Array.from(valuesOf(volume)) }, nonzero);
  const resampling = chooseResampling(cropped.shape, [3, 3, 3], [mm, mm, mm], DEFAULT_SEG_RESAMPLING);
  if (resampling.kind === "refused") throw new Error(resampling.reason);
  const trained = volumeFromLabels(
    { shape: resampling.shape, toWorld: volume.grid.toWorld },
    plainResample(cropped, resampling).values,
  );
  // No label is 0 here, so that 0 is only where none reaches one half.
  const shifted = { ...cropped, values: cropped.values.map((label) => label + 100) };
  const gaps = plainResample(shifted, resampling).values;
  const { regions } = regionSetFromDefinition(definition);
  const [, height, width] = resampling.shape;
  const at = ([z = 0, y = 0, x = 0]: readonly number[]) => (z * height + y) * width + x;
  return {
    shape: resampling.shape,
    regions: regions.map(({ name, labels }) => ({
      name,
      labels,
      ...plainChanges(
        volume,
        { first: first as Triple, shape: cropped.shape },
        trained,
        (i) => gaps[i] === 0,
        labels,
      ),
    })),
    isGap: (voxel: readonly number[]) => gaps[at(voxel)] === 0,
    labelAt: (voxel: readonly number[]) => trained.palette[trained.indices[at(voxel)] ?? 0],
  };
}

async function openAt(page: Page, mm: number): Promise<void> {
  await keepAnnouncements(page);
  await goto(page);
  await openFiles(page, [LABELS, IMAGE, DATASET, plansAt(mm)]);
  // A key that is pressed before it would be announced with the case.
  await expectAnnounced(page, "Opened abdomen_001");
  await page.keyboard.press("Shift+V");
  await idle(page);
}

const table = (page: Page): Locator => page.getByRole("grid", { name: "What resampling changed" });
const row = (page: Page, region: string): Locator =>
  table(page)
    .getByRole("row")
    .filter({ has: page.getByRole("rowheader", { name: region, exact: true }) });
const names = (page: Page): Promise<string[]> => table(page).getByRole("rowheader").allTextContents();
const line = (page: Page): Locator => page.getByRole("region", { name: "Place that resampling changed" });
const said = async (page: Page) => (await line(page).getByRole("status").textContent()) ?? "";

const count = (n: number) => n.toLocaleString("en-US");

test("every region's changes are those of a comparison voxel by voxel", async ({ page }) => {
  const expected = await plainCase(8);
  await openAt(page, 8);
  const present = expected.regions.filter(({ inside }) => inside > 0);
  await test.step("the worst comes first", async () => {
    const byDice = present.toSorted((a, b) => (a.dice ?? 1) - (b.dice ?? 1));
    expect(await names(page)).toEqual(byDice.map(({ name }) => name));
    await expect(table(page).getByRole("columnheader", { name: "Dice" })).toHaveAttribute(
      "aria-sort",
      "ascending",
    );
  });
  await test.step("numbers", async () => {
    for (const { name, inside, trained, gained, lost, gaps, dice } of present) {
      const volume = 100 * ((trained * gridMl(expected.shape)) / (inside * 0.027) - 1);
      const sign = volume > 0 ? "+" : "−";
      await expect(row(page, name).getByRole("gridcell")).toHaveText([
        `Stored: ${count(inside)}`,
        `Trained: ${count(trained)}`,
        `Volume: ${sign}${Math.abs(volume).toFixed(1)} %`,
        `Gained: ${count(gained)}`,
        `Lost: ${count(lost)}`,
        `Gaps: ${count(gaps)}`,
        `Dice: ${Math.min(0.9999, dice ?? 1).toFixed(4)}`,
      ]);
    }
  });
  await test.step("bars of 1 − Dice are those of Compare: the longer, the more the grids differ", async () => {
    await expect(table(page).getByRole("columnheader", { name: "Dice" })).toContainText(
      "1 − Dice, log scale",
    );
    for (const { name, dice } of present) {
      const bar = row(page, name).locator(".dice-bar");
      const [all, filled] = [await bar.boundingBox(), await bar.locator("i").boundingBox()];
      const share = (filled?.width ?? 0) / (all?.width ?? 1);
      expect(share, name).toBeCloseTo(Math.max(0.02, 1 + Math.log10(1 - (dice ?? 1)) / 4), 1);
    }
  });
  await test.step("any column sorts", async () => {
    await table(page).getByRole("button", { name: "Lost" }).click();
    const lost = present.toSorted((a, b) => b.lost - a.lost);
    expect(await names(page)).toEqual(lost.map(({ name }) => name));
    await table(page).getByRole("button", { name: "Region" }).click();
    expect(await names(page)).toEqual(present.map(({ name }) => name));
  });
  await test.step("search, and millilitres", async () => {
    await page.getByRole("searchbox", { name: "Search regions that resampling changed" }).fill("adrenal");
    await expect(table(page).getByRole("rowheader")).toHaveText(["adrenal_glands"]);
    await choose(page, "Size of regions on both grids", "Size in mL");
    await expect(row(page, "adrenal_glands")).toContainText("Stored: 10.2");
  });
  expect((await settledUrl(page)).searchParams.get("survival")).toBe("resampling");
});

/** Volume of a training voxel of the sample. */
function gridMl(shape: Triple): number {
  const mm = [112, 101, 122].map((n, axis) => (3 * n) / (shape[axis] ?? 1));
  return mm.reduce((a, b) => a * b, 1) / 1000;
}

test("keys step through gaps and losses, where they are on the training grid", async ({ page }) => {
  const expected = await plainCase(8);
  await openAt(page, 8);
  const visited: string[] = [];
  await test.step("a screen reader hears which part of Survival it is", async () => {
    await page.keyboard.press("g");
    await expectAnnounced(page, "View: Grid.");
    await page.keyboard.press("Shift+V");
    await expectAnnounced(page, "View: Survival, resampling.");
  });
  await test.step("U begins with components that are gone, on the stored grid", async () => {
    await page.keyboard.press("u");
    await idle(page);
    expect(await said(page)).toMatch(
      /^1 of \d+: \w+: component \d+ of \d+ is gone, \d+ voxels?stored grid, before resampling$/,
    );
    await page.keyboard.press("Shift+V");
  });
  await test.step("U goes from gap to gap, in a view that shows slices", async () => {
    for (let step = 1; step <= 3; step++) {
      if (step === 1) await page.getByRole("button", { name: "gaps (93 voxels)" }).click();
      else await page.keyboard.press("u");
      await idle(page);
      const voxel = await probedVoxel(page);
      expect(expected.isGap(voxel), voxel.join()).toBe(true);
      visited.push(voxel.join());
      expect(await said(page)).toMatch(
        new RegExp(
          `^${step} of \\d+ gaps: gap of \\d+ voxels? between .* and .*training grid, after resampling$`,
        ),
      );
    }
    await expect(page.getByRole("radio", { name: "Planes", exact: true })).toBeChecked();
    await expect(page.locator(".place-mark")).toHaveCount(3);
    expect(new Set(visited).size).toBe(3);
  });
  await test.step("⇧U goes back", async () => {
    await page.keyboard.press("Shift+U");
    await idle(page);
    expect((await probedVoxel(page)).join()).toBe(visited[1]);
    expect(await said(page)).toMatch(/^2 of \d+ gaps: /);
  });
  await test.step("the outline stays while the stored grid is shown", async () => {
    await line(page).getByRole("button", { name: "Show before" }).click();
    await idle(page);
    expect(await said(page)).toContain("stored grid, before resampling");
    await expect(page.locator(".place-mark")).toHaveCount(3);
    await line(page).getByRole("button", { name: "Show after" }).click();
    await idle(page);
    expect((await probedVoxel(page)).join()).toBe(visited[1]);
  });
  await test.step("a number in the table leads to the region's largest loss, in the grid too", async () => {
    await page.keyboard.press("Shift+V");
    await row(page, "liver")
      .or(row(page, "hepatobiliary"))
      .first()
      .getByTitle(/^Show the largest loss/)
      .click();
    await idle(page);
    await page.keyboard.press("g");
    await idle(page);
    const its = /^1 of \d+ losses in (\w+): \1 loses (\d+) voxels?/.exec(await said(page));
    expect(its, await said(page)).not.toBeNull();
    const region = expected.regions.find(({ name }) => name === its?.[1]);
    expect(region?.labels).not.toContain(expected.labelAt(await probedVoxel(page)));
    expect(await page.locator(".place-mark").count()).toBeGreaterThan(3);
  });
  await test.step("Escape closes the line and its outline, and leaves the region selected", async () => {
    const selected = page.getByRole("table", { name: "Regions" }).locator("[aria-selected=true]");
    await expect(selected).toHaveCount(1);
    await page.keyboard.press("Escape");
    await expect(line(page)).toHaveCount(0);
    await expect(selected).toHaveCount(1);
    await expect(page.locator(".place-mark")).toHaveCount(0);
  });
});

test("regions that are gone come first, and are shown on the stored grid", async ({ page }) => {
  const expected = await plainCase(24);
  const gone = expected.regions.filter(({ inside, trained }) => inside > 0 && trained === 0);
  expect(gone.map(({ name }) => name)).toContain("pancreas");
  await openAt(page, 24);
  expect((await names(page)).slice(0, gone.length).sort()).toEqual(gone.map(({ name }) => name).sort());
  await expect(row(page, "pancreas")).toContainText("Dice: gone");
  await expect(page.getByText(/^Gone before any scale: pancreas \(8\)/)).toBeVisible();
  await table(page).focus();
  await page.keyboard.press("Home");
  await page.keyboard.press("Enter");
  await idle(page);
  const text = await said(page);
  expect(text).toMatch(/^1 of \d+ places in \w+: \w+ is gone: .* voxels?stored grid, before resampling$/);
  expect((await settledUrl(page)).searchParams.get("grid")).not.toBe("trained");
  await expect(page.locator(".place-mark")).toHaveCount(3);
});

test("without changes or without a training grid, words say so", { tag: "@quick" }, async ({ page }) => {
  await openSample(page, "abdomen-regions");
  await page.keyboard.press("Shift+V");
  await idle(page);
  await expect(page.getByText("Nothing changed: no region of 25 gains or loses a voxel.")).toBeVisible();
  await choose(page, "Step", "Scales: what is left at each");
  await expect(page.getByRole("treegrid", { name: "Survival of regions and components" })).toBeVisible();
  await goto(page);
  await openFiles(page, [LABELS, DATASET]);
  await page.keyboard.press("Shift+V");
  await expect(page.getByText(/^There is no training grid to compare with\. Without plans/)).toBeVisible();
});
