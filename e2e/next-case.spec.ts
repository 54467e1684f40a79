/** Opens another case over one that was zoomed, scrolled and played: it begins whole, from the top. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { file, goto, grid, idle, openFiles, SAMPLES, settledUrl } from "./support/app.ts";
import { expect, type Page, test } from "./support/test.ts";

async function press(page: Page, ...keys: readonly string[]): Promise<void> {
  for (const key of keys) {
    await page.keyboard.press(key);
    await idle(page);
  }
}

async function openSpine(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Samples" }).click();
  await page.getByRole("menuitem", { name: /^Lumbar spine/ }).click();
  await expect(page.getByRole("banner")).toContainText("spine_002");
  await idle(page);
}

const ZOOMS = ["zoom", "pan", "pzoom", "pans"];

async function zooms(page: Page): Promise<string[]> {
  const { searchParams } = await settledUrl(page);
  return ZOOMS.filter((key) => searchParams.has(key));
}

test("another case shows whole slices, whoever magnified those before it", { tag: "@quick" }, async ({
  page,
}) => {
  await goto(page, "?sample=abdomen-regions&view=planes");
  await test.step("a step to a component", async () => {
    await press(page, "n", "n");
    expect(await zooms(page)).toEqual(ZOOMS);
    await page.getByRole("button", { name: /^Play through slices/ }).click();
    await openSpine(page);
    await expect(page.getByRole("button", { name: /^Play through slices/ })).toBeVisible();
    expect(await zooms(page)).toEqual([]);
  });
  await test.step("the wheel, and keys in the grid", async () => {
    const canvas = page.locator("canvas.slices-canvas");
    await canvas.hover({ position: { x: 150, y: 150 } });
    await page.keyboard.down("Control");
    for (let i = 0; i < 3; i++) await page.mouse.wheel(0, -300);
    await page.keyboard.up("Control");
    await press(page, "g", "+", "+");
    expect(await zooms(page)).toEqual(expect.arrayContaining(["zoom", "pzoom"]));
    await page.getByRole("button", { name: "Samples" }).click();
    await page.getByRole("menuitem", { name: /^Abdomen, 25 nested/ }).click();
    await idle(page);
    expect(await zooms(page)).toEqual([]);
  });
});

test("another case begins at the top of its lists, with no ruler begun", async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 720 });
  // Labels of the abdomen with the regions of the spine have findings to scroll through.
  const ofSpine = readFileSync(join(SAMPLES, "Dataset903_SpineRegions", "dataset.json"), "utf8");
  const labels = join(SAMPLES, "Dataset901_AbdomenRegions", "labelsTr", "abdomen_001.nii.gz");
  await goto(page);
  await openFiles(page, [labels, file("dataset.json", `${ofSpine}\n`)]);
  const scrollers = [grid(page), page.locator(".table-scroller"), page.locator(".findings-scroller")];
  for (const scroller of scrollers) {
    await scroller.hover();
    await page.keyboard.down("Shift");
    await page.mouse.wheel(0, 200);
    await page.keyboard.up("Shift");
    await page.mouse.wheel(0, 200);
  }
  const tops = () => Promise.all(scrollers.map((one) => one.evaluate((element) => element.scrollTop)));
  await expect.poll(async () => Math.min(...(await tops()))).toBeGreaterThan(0);
  await press(page, "d");
  await openSpine(page);
  await expect(page.getByRole("button", { name: /^Ruler \(/ })).toHaveAttribute("aria-pressed", "false");
  expect(await tops()).toEqual([0, 0, 0]);
});
