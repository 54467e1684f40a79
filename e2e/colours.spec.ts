/**
 * Tests where colours come from: segmentation files, labels, the automatic palette, addresses and saved
 * views.
 */
import { readFileSync } from "node:fs";

import { writeLayers } from "../src/formats/testing/write-layers.ts";
import { file, goto, idle, openFiles, problem, settledUrl } from "./support/app.ts";
import { canvasPixels, differingPixels, type Picture, pixelAt } from "./support/pixels.ts";
import { paneBox } from "./support/planes.ts";
import { expect, type Page, test } from "./support/test.ts";

const ORGANS = file(
  "organs.seg.nrrd",
  readFileSync(new URL("../src/formats/fixtures/organs.seg.nrrd", import.meta.url)),
);
/** The file's colours; the spleen's is lightened a little to stand out from the dark background. */
const COLOURS = { liver: "#dd8265", spleen: "#a372a8", "left kidney": "#d48767" } as const;

const legend = (page: Page) => page.getByRole("button", { name: "Legend and styles" });
const choose = async (page: Page, name: string) => {
  await legend(page).click();
  await page.getByRole("radio", { name }).check({ force: true });
  await page.keyboard.press("Escape");
  await idle(page);
};
const swatch = (page: Page, name: string) =>
  page
    .getByRole("table", { name: "Regions" })
    .getByRole("row", { name })
    .locator(".swatch")
    .first()
    .evaluate((element) => getComputedStyle(element).backgroundColor);
const rgb = (hex: string) => {
  const n = Number.parseInt(hex.slice(1), 16);
  return `rgb(${n >> 16}, ${(n >> 8) & 255}, ${n & 255})`;
};

test("a segmentation of 3D Slicer opens with the names and colours of its segments", {
  tag: "@quick",
}, async ({ page }) => {
  await goto(page);
  await openFiles(page, [ORGANS]);
  const rows = page.getByRole("table", { name: "Regions" }).getByRole("row");
  await expect(rows.filter({ hasText: "tumour" })).toHaveCount(1);
  for (const [name, hex] of Object.entries(COLOURS)) expect(await swatch(page, name)).toBe(rgb(hex));
  await page.getByRole("button", { name: /Colours from the file/ }).click();
  for (const [name, hex] of Object.entries(COLOURS)) expect(await swatch(page, name)).not.toBe(rgb(hex));
  await page.getByRole("button", { name: /Automatic colours/ }).click();
  expect(await swatch(page, "liver")).toBe(rgb(COLOURS.liver));
});

/**
 * Three segments in two layers, 8 × 8 × 8 voxels: a cube of 4, half of it again in the other layer, and an
 * empty one.
 */
function overlapping(lesionLayer = "1"): Uint8Array {
  const voxels = Array.from({ length: 512 }, (_, i) => [i & 7, (i >> 3) & 7, i >> 6] as const);
  const inCube = voxels.map((voxel) => voxel.every((at) => at >= 2 && at < 6));
  return writeLayers({
    sizes: [8, 8, 8],
    layers: [
      inCube.map((inside) => (inside ? 3 : 0)),
      inCube.map((inside, i) => (inside && i < 256 ? 1 : 0)),
    ],
    segments: [
      { Name: "organ", Color: "0.866667 0.509804 0.396078", Layer: "0", LabelValue: "3" },
      { Name: "lesion", Color: "0.4 0.9 0.4", Layer: lesionLayer, LabelValue: "1" },
      { Name: "nothing", Color: "0.5 0.6 1", Layer: "1", LabelValue: "2" },
    ],
  });
}

test("overlapping segments: refused and opened", async ({ page }) => {
  await goto(page);
  await test.step("a segment in a missing layer is refused in one sentence, and the open case stays", async () => {
    await openFiles(page, [ORGANS]);
    await openFiles(page, [file("two.seg.nrrd", overlapping("2"))]);
    await expect(problem(page)).toContainText(
      "two.seg.nrrd: its segment “lesion” belongs in layer 2, but its layers are 0 to 1.",
    );
    await expect(page.getByRole("table", { name: "Regions" })).toContainText("spleen");
  });

  await test.step("overlapping segments open as masks with their names, colours and voxels", async () => {
    await openFiles(page, [file("two.seg.nrrd", overlapping())]);
    const rows = page.getByRole("table", { name: "Regions" }).getByRole("row");
    const expected = [
      ["organ", "#dd8265", "64"],
      ["lesion", "#66e666", "32"],
      ["nothing", "#8099ff", "0"],
    ] as const;
    for (const [name, hex, voxels] of expected) {
      expect(await swatch(page, name)).toBe(rgb(hex));
      const cells = rows.filter({ hasText: name }).getByRole("cell");
      await expect(cells.filter({ hasText: /^\d+$/ })).toHaveText(voxels);
    }
    await page.getByRole("button", { name: /Colours from the file/ }).click();
    for (const [name, hex] of expected) expect(await swatch(page, name)).not.toBe(rgb(hex));
    await page.getByRole("button", { name: /Automatic colours/ }).click();
    expect(await swatch(page, "lesion")).toBe(rgb("#66e666"));
  });
});

test("by label, voxels of one region have the colours of their labels, in slices and in 3D", async ({
  page,
}) => {
  const labels = { background: 0, organs: [1, 2, 3, 4], tumour: 4 };
  const definition = JSON.stringify({
    labels,
    regions_class_order: [1, 4],
    channel_names: { 0: "CT" },
    numTraining: 1,
    file_ending: ".nrrd",
  });
  await goto(page, "?view=planes&outline=0&opacity=1&cross=0");
  await openFiles(page, [ORGANS, file("dataset.json", definition)]);
  const [axial, view3dBox] = [whole(await paneBox(page, "Axial")), whole(await paneBox(page, "3D"))];
  const hasColour = (picture: Picture, hex: string) => countOf(picture, axial, rgb(hex)) > 50;
  const byRegion = await canvasPixels(page);
  await choose(page, "Colour by label");
  const byLabel = await canvasPixels(page);
  for (const name of ["liver", "spleen"] as const) {
    expect(hasColour(byRegion, COLOURS[name]), name).toBe(name === "liver");
    expect(hasColour(byLabel, COLOURS[name]), name).toBe(true);
  }
  expect(differingPixels(byRegion, byLabel, view3dBox)).toBeGreaterThan(500);
  await expect(page).toHaveURL(/by=label/);

  await legend(page).click();
  const listed = page.getByRole("list", { name: "Labels in shown regions" }).getByRole("listitem");
  await expect(listed).toHaveText(["liver1", "spleen2", "left kidney3", "tumour4"]);
  await page.keyboard.press("Escape");

  // Another scale draws its voxels by label too; switching back to regions restores the first picture.
  await page.getByRole("combobox", { name: "Scale" }).click();
  await page.getByRole("option", { name: /scale 1/ }).click();
  await idle(page);
  const coarse = await canvasPixels(page);
  expect(hasColour(coarse, COLOURS.spleen)).toBe(true);
  await page.getByRole("combobox", { name: "Scale" }).click();
  await page.getByRole("option", { name: /^scale 0/ }).click();
  await choose(page, "Colour by region");
  expect(differingPixels(byRegion, await canvasPixels(page), axial)).toBe(0);
});

test("one region of a sample in Planes, coloured by label", async ({ page }) => {
  await goto(page, "?sample=abdomen-regions&view=planes&by=label&solo=kidney_left");
  await test.step("an address opens a sample coloured by label", async () => {
    await legend(page).click();
    await expect(page.getByRole("radio", { name: "Colour by label" })).toBeChecked();
    await page.keyboard.press("Escape");
  });

  await test.step("the button, and a second press of 0, fit 3D to the shown regions", async () => {
    const box = whole(await paneBox(page, "3D"));
    const before = await canvasPixels(page);
    const fit = page.getByRole("button", { name: "Fit the shown regions" });
    await fit.click();
    await idle(page);
    const fitted = await canvasPixels(page);
    const fill = filledPart(fitted, box);
    expect(fill).toBeGreaterThan(0.6);
    expect(fill).toBeLessThanOrEqual(1);
    expect(filledPart(before, box)).toBeLessThan(0.6 * fill);

    const surface = page.getByRole("application", { name: /3D view/ });
    await surface.press("0");
    await idle(page);
    expect(differingPixels(before, await canvasPixels(page), box)).toBe(0);
    await surface.press("0");
    await idle(page);
    expect(differingPixels(fitted, await canvasPixels(page), box)).toBe(0);
  });

  await test.step("Compare colours by region and says so", async () => {
    await page.keyboard.press("6");
    await idle(page);
    await legend(page).click();
    await expect(page.getByRole("radio", { name: "Colour by label" })).toBeDisabled();
    await expect(page.getByText("Compare colours by region on both sides.")).toBeVisible();
  });
});

test("the choice of automatic colours over the file's is restored from an address and from a saved view", async ({
  page,
}) => {
  await goto(page, "?view=planes");
  await openFiles(page, [ORGANS]);
  expect((await settledUrl(page)).href).not.toContain("palette");
  await choose(page, "Automatic colours");
  await expect(page).toHaveURL(/palette=1/);
  const automatic = await swatch(page, "liver");
  expect(automatic).not.toBe(rgb(COLOURS.liver));
  await page.getByRole("button", { name: "Share", exact: true }).click();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("menuitem", { name: /^Save view/ }).click(),
  ]);
  const view = file("organs.view.json", readFileSync(await download.path()));

  await goto(page, (await settledUrl(page)).search);
  await openFiles(page, [ORGANS]);
  expect(await swatch(page, "liver")).toBe(automatic);
  await choose(page, "Colours from the file");
  expect(await swatch(page, "liver")).toBe(rgb(COLOURS.liver));
  await expect(page).not.toHaveURL(/palette/);

  await openFiles(page, [view]);
  expect(await swatch(page, "liver")).toBe(automatic);
  // None of this counted as the user's own choice of colours: the switch still leads back.
  await choose(page, "Colours from the file");
  expect(await swatch(page, "liver")).toBe(rgb(COLOURS.liver));
});

function countOf(picture: Picture, box: Box, color: string): number {
  let count = 0;
  for (let y = box.y; y < box.y + box.height; y++)
    for (let x = box.x; x < box.x + box.width; x++)
      if (`rgb(${pixelAt(picture, x, y).join(", ")})` === color) count++;
  return count;
}

/** Share of a pane that the drawing spans, in width or height, whichever is larger. */
function filledPart(picture: Picture, box: Box): number {
  const ground = pixelAt(picture, box.x + 2, box.y + 2);
  const xs: number[] = [];
  const ys: number[] = [];
  for (let y = box.y + 1; y < box.y + box.height - 1; y++)
    for (let x = box.x + 1; x < box.x + box.width - 1; x++) {
      if (pixelAt(picture, x, y).every((value, i) => Math.abs(value - (ground[i] ?? 0)) <= 8)) continue;
      xs.push(x);
      ys.push(y);
    }
  const span = (all: readonly number[]) =>
    all.reduce((a, b) => Math.max(a, b), 0) -
    all.reduce((a, b) => Math.min(a, b), Number.MAX_SAFE_INTEGER) +
    1;
  return Math.max(span(xs) / box.width, span(ys) / box.height);
}

type Box = Awaited<ReturnType<typeof paneBox>>;

function whole({ x, y, width, height }: Box): Box {
  return { x: Math.ceil(x), y: Math.ceil(y), width: Math.floor(width) - 1, height: Math.floor(height) - 1 };
}
