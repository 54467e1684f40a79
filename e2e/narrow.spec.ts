/** Checks that tools, captions, tables and the header stay readable on narrow and wide pages. */
import { readFileSync } from "node:fs";
import { gzipSync } from "fflate";
import { writeNifti } from "../src/formats/testing/write-nifti.ts";
import { file, goto, idle, openFiles, openSample, resize, sampleFiles } from "./support/app.ts";
import { choose } from "./support/keys/on-page.ts";
import { expect, type Page, test } from "./support/test.ts";

test("the abdomen: popups, tools, captions and the header are never cut off", async ({ page }) => {
  await openSample(page, "abdomen-regions");
  await test.step("popups are no wider than their content", async () => {
    await page.getByRole("button", { name: "Window and level" }).click();
    const popup = page.locator(".popup", { has: page.getByText("Soft tissue") });
    const [box, preset] = [
      await popup.boundingBox(),
      await popup.getByRole("button", { name: /Soft tissue/ }).boundingBox(),
    ];
    if (!box || !preset) throw new Error("The popup is not there.");
    const margins = [preset.x - box.x, box.x + box.width - preset.x - preset.width];
    for (const px of margins) expect(px).toBeLessThan(20);
    for (const px of margins) expect(px).toBeGreaterThan(4);
    await page.keyboard.press("Escape");
  });

  await test.step("at 1024 px every tool of every view is on the page", () => expectTools(page));

  await test.step("captions and the downsampling mode are not cut off", async () => {
    await choose(page, "View", "Lightbox");
    await expect(page.locator(".lightbox-caption > span")).not.toHaveCount(0);
    const overflows = (selector: string) =>
      page
        .locator(selector)
        .evaluateAll((elements) =>
          elements.some(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth),
        );
    for (const width of [1024, 1440])
      await test.step(`${width} px`, async () => {
        await resize(page, { width, height: 900 });
        expect(await overflows(".lightbox-caption > span")).toBe(false);
        expect(await overflows(".header .select > :first-child")).toBe(false);
      });
  });

  await test.step("the case's name, the mode and the switch of the grid are whole, beside a configuration too", async () => {
    await resize(page, { width: 1280, height: 720 });
    for (const size of SIZES) await expectHeader(page, size);
    const [labels = "", image = "", definition = "", plans = ""] = sampleFiles(
      "Dataset901_AbdomenRegions",
      "abdomen_001",
    );
    const parsed = JSON.parse(readFileSync(plans, "utf8")) as { configurations: Record<string, unknown> };
    parsed.configurations = { ...parsed.configurations, "3d_lowres": parsed.configurations["3d_fullres"] };
    await openFiles(page, [labels, image, definition, file("nnUNetPlans.json", JSON.stringify(parsed))]);
    await expect(page.getByRole("combobox", { name: "Plans configuration" })).toBeVisible();
    for (const size of SIZES) await expectHeader(page, size);
    await openSample(page, "abdomen-regions");
  });

  await test.step("at every width the whole header is on the page, every control by its name", async () => {
    await choose(page, "View", "Grid");
    await page.getByRole("combobox", { name: "Downsampling mode" }).click();
    await page.getByRole("option", { name: /^resize-segmentation/ }).click();
    await idle(page);
    const button = (name: string) => page.getByRole("banner").getByRole("button", { name });
    const controls = [
      button("Export report"),
      button("Printable report"),
      button("Samples"),
      button("Open…"),
      button("Targets verified"),
      page.getByRole("combobox", { name: "Theme" }),
      page.getByRole("button", { name: "Keyboard shortcuts (?)" }),
    ];
    for (const width of [1024, 1100, 1300, 1440, 1600, 1880])
      await test.step(`${width} px`, async () => {
        await resize(page, { width, height: 700 });
        for (const control of controls) await expect(control, `${width} px`).toBeInViewport({ ratio: 1 });
        const wrapped = await page
          .getByRole("radiogroup", { name: "View" })
          .evaluate((group) => group.clientHeight);
        expect(wrapped, `${width} px`).toBeLessThan(32);
      });
  });
});

const SIZES = [
  { width: 1280, height: 720 },
  { width: 1440, height: 900 },
  { width: 1920, height: 1080 },
] as const;

/**
 * Expects the header to show whole what tells cases apart; the dataset's name is there at length or not at
 * all.
 */
async function expectHeader(page: Page, size: (typeof SIZES)[number]): Promise<void> {
  await test.step(`${size.width} px`, async () => {
    await resize(page, size);
    const cut = await page
      .locator(".case-name .elided-head, .header .select-value")
      .evaluateAll((elements) =>
        elements.filter((e) => e.scrollWidth > e.clientWidth).map((e) => e.textContent),
      );
    expect(cut).toEqual([]);
    await expect(page.locator(".case-name .elided")).toBeInViewport({ ratio: 1 });
    await expect(page.getByRole("switch", { name: "Training grid" })).toBeInViewport({ ratio: 1 });
    const dataset = await page.locator(".case-name > span").evaluate((span) => {
      const [own, line] = [span.getBoundingClientRect(), span.parentElement?.getBoundingClientRect()];
      return line && own.bottom > line.top ? own.width : null;
    });
    if (dataset !== null) expect(dataset).toBeGreaterThan(80);
  });
}

// The spine has wide grey-window values, and tools show their text where there is room.
test("the spine: tools of every view at 1024 px, of the grid at 1440 and 1880 px", async ({ page }) => {
  await openSample(page, "spine-regions");
  await test.step("at 1024 px every tool of every view is on the page", () => expectTools(page));

  await test.step("at 1440 and 1880 px every tool of the grid is on the page", async () => {
    await choose(page, "View", "Grid");
    for (const width of [1440, 1880])
      await test.step(`${width} px`, async () => {
        await resize(page, { width, height: 700 });
        const tools = page.locator("[role=toolbar] button, [role=toolbar] .segmented");
        expect(await tools.count()).toBeGreaterThan(8);
        for (const tool of await tools.all()) await expect(tool).toBeInViewport({ ratio: 1 });
      });
  });
});

/** Expects every tool of each view with a toolbar to fit on a page of 1024 px. */
async function expectTools(page: Page): Promise<void> {
  await resize(page, { width: 1024, height: 700 });
  for (const view of ["Grid", "Planes", "Lightbox", "Compare"])
    await test.step(view, async () => {
      await choose(page, "View", view);
      const tools = page.locator("[role=toolbar] button");
      expect(await tools.count(), view).toBeGreaterThan(8);
      for (const tool of await tools.all()) await expect(tool, view).toBeInViewport({ ratio: 1 });
    });
}

test("at 1024 px the survival table fits without scrolling, with shares of components too", async ({
  page,
}) => {
  await page.setViewportSize({ width: 1024, height: 700 });
  await goto(page, "?sample=abdomen-organs&view=survival");
  const overflowing = () =>
    page.locator(".survival-outcome, .survival-parts, .survival-scale").evaluateAll((cells) => {
      const right = document.querySelector(".survival-scroller")?.getBoundingClientRect().right ?? 0;
      return cells
        .filter(
          (cell) => cell.scrollWidth > cell.clientWidth + 1 || cell.getBoundingClientRect().right > right,
        )
        .map((cell) => cell.textContent);
    });
  await test.step("every tool is on the page, in one row", async () => {
    const tools = page.locator("[role=toolbar] button, [role=toolbar] .segmented");
    for (const width of [1440, 1024]) {
      await resize(page, { width, height: 700 });
      expect(await tools.count(), `${width} px`).toBeGreaterThan(7);
      for (const tool of await tools.all()) await expect(tool, `${width} px`).toBeInViewport({ ratio: 1 });
    }
  });
  expect(await page.locator("tbody .survival-outcome").count()).toBeGreaterThan(5);
  expect(await overflowing()).toEqual([]);
  await page.getByRole("button", { name: "Compute shares of components" }).click();
  await expect(page.getByRole("button", { name: "Clear results" })).toBeVisible();
  await page.getByRole("button", { name: "Expand all regions" }).click();
  expect(await overflowing()).toEqual([]);
});

test("nine scales of a large slice at 1280 px: text stays in its tiles, and the list is not cut off", async ({
  page,
}) => {
  await page.setViewportSize({ width: 1280, height: 720 });
  await goto(page);
  const edge = 2048;
  // Squares of 64 voxels, so that the coarsest scales miss some labels.
  const values = Uint8Array.from({ length: edge ** 2 }, (_, i) => ((i >> 6) + (i >> 17)) % 4);
  const slice = gzipSync(writeNifti({ dims: [edge, edge, 1], values, type: "uint8" }), { level: 1 });
  await openFiles(page, [file("slice.nii.gz", slice)]);
  await expect(page.locator(".column-head")).toHaveCount(9);
  const outside = await page.locator(".tile-count, .tile-state").evaluateAll((allText) =>
    allText
      .filter((text) => {
        const [own, tile] = [text.getBoundingClientRect(), text.parentElement?.getBoundingClientRect()];
        return !tile || own.left < tile.left || own.right > tile.right;
      })
      .map((text) => text.textContent),
  );
  expect(outside).toEqual([]);
  await expect(page.locator(".tile-count").first()).toHaveText("1.05M1,048,576 voxels");
  await expect(page.locator(".tile-state").last()).toHaveText("no voxelno voxel here");
  const overflowing = await page
    .locator(".cell-size, .cell-dots")
    .evaluateAll((cells) => cells.filter((cell) => cell.scrollWidth > cell.clientWidth + 1).length);
  expect(overflowing).toBe(0);
});
