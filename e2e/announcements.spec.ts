/**
 * Tests what screen readers announce: the texts of live regions, and where the focus lands when a view
 * closes.
 */
import { file, goto, grid, idle, openFiles, openSample, sampleFiles } from "./support/app.ts";
import { expect, type Page, test } from "./support/test.ts";

const SAMPLE = "abdomen-regions";

/** The live region that announces changes elsewhere on the page. */
const announced = (page: Page) => page.locator("[data-announcer]");
const regions = (page: Page) => page.getByRole("table", { name: "Regions" });

async function select(page: Page, name: string): Promise<void> {
  await regions(page).getByRole("rowheader", { name, exact: true }).click();
  await expect(announced(page)).toContainText(`${name} selected`);
}

test("an opened case is said with its regions, scales and findings, once", async ({ page }) => {
  await goto(page);
  await expect(announced(page)).toHaveText("");
  await page.getByRole("button", { name: /^Abdomen, 25 nested regions/ }).press("Enter");
  await expect(announced(page)).toHaveText("Opened abdomen_001: 25 regions at 4 scales. Findings: none.");
  await expect(grid(page)).toBeFocused();
  await expect(
    page.locator("[aria-live]").filter({ hasText: /channels packed into one 32-bit word/ }),
  ).toHaveAttribute("aria-live", "off");
});

test("the progress of a load has a value, and its percent is not said again and again", async ({ page }) => {
  await goto(page);
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route("**/*.nii.gz", async (route) => {
    await held;
    await route.continue();
  });
  await page.getByRole("button", { name: /^Abdomen, 25 nested regions/ }).click();
  const status = page.getByRole("status").filter({ hasText: "Opening" });
  await expect(status.getByRole("progressbar", { name: "Progress" })).toBeVisible();
  await expect(status.locator(".loading-percent")).toHaveAttribute("aria-hidden", "true");
  release();
  await expect(announced(page)).toContainText("Opened");
});

test("what keys change in the grid is said", async ({ page }) => {
  await openSample(page, SAMPLE);
  await expect(announced(page)).toContainText("Opened");

  await test.step("the crosshair that keys move says its voxel or slice, label and regions", async () => {
    await grid(page).focus();
    await page.keyboard.press("ArrowRight");
    await expect(announced(page)).toHaveText("voxel 59, 47, 59, label 15 spine, in skeleton, spine");
    await page.keyboard.press("]");
    await expect(announced(page)).toHaveText(/^slice \d+ of 101, label 15 spine, in skeleton, spine\s?$/);
    await page.keyboard.press("1");
    await expect(announced(page)).toHaveText("Plane: axial.");
    await page.keyboard.press("2");
    await expect(announced(page)).toHaveText("Plane: coronal.");
  });

  await test.step("the slider of slices says its slice, and the page what lies there", async () => {
    const slider = page.getByRole("slider", { name: "Slice", exact: true });
    await slider.focus();
    await page.keyboard.press("ArrowRight");
    await expect(slider).toHaveAttribute("aria-valuetext", /^\d+ of 101$/);
    await expect(announced(page)).toHaveText("label 15 spine, in skeleton, spine");
  });

  await test.step("bits are said to keys alone", async () => {
    const bits = page.getByRole("application", { name: "Bits of this voxel" });
    const allText = bits.locator("[aria-live]");
    await expect(allText).toHaveAttribute("aria-live", "off");
    await bits.focus();
    await expect(allText).toHaveAttribute("aria-live", "polite");
    await page.keyboard.press("ArrowRight");
    await expect(allText).toHaveText(/^scale 0, word 0, bit 1 \(spine\): /);
  });

  await test.step("the focus ring of the list of regions is around what is seen of it", async () => {
    const list = page.getByRole("group", { name: /^List of regions/ });
    await expect(list).not.toHaveCSS("outline-style", "solid");
    await page.keyboard.press("Tab");
    await regions(page).focus();
    await expect(list).toHaveCSS("outline-style", "solid");
  });

  await test.step("a region that keys select is said with labels, voxels and what is left at each scale", async () => {
    await regions(page).focus();
    await page.keyboard.press("ArrowDown");
    await expect(announced(page)).toHaveText(
      "skeleton selected, labels 14–18, 60,703 voxels, scales 0 to 3 present, region 1 of 25.",
    );
    await page.keyboard.press("Shift+ArrowDown");
    await expect(announced(page)).toHaveText(/^2 regions selected: /);
    await page.keyboard.press("h");
    await expect(announced(page)).toHaveText("23 of 25 regions shown.");
    await page.keyboard.press("a");
    await expect(announced(page)).toHaveText("All regions shown.");
    await page.keyboard.press("s");
    await expect(announced(page)).toHaveText(/^Showing only: /);
    await page.keyboard.press("Escape");
    await expect(announced(page)).toHaveText("All regions shown.");
    await page.keyboard.press("Escape");
    await expect(announced(page)).toHaveText("No region selected.");
  });

  await test.step("a patch that is shown is said, and that it no longer is", async () => {
    await page.keyboard.press("l");
    await expect(announced(page)).toHaveText(/^Showing one training patch of \d+×\d+×\d+ voxels at /);
    await page.keyboard.press("l");
    await expect(announced(page)).toContainText("Showing the whole case.");
  });

  await test.step("findings that an edit brings are said where the focus is, and so is the undo", async () => {
    await select(page, "spine");
    const chips = page.getByRole("list", { name: "Labels of spine" }).getByRole("button");
    await chips.first().focus();
    while ((await chips.count()) > 0) {
      const left = await chips.count();
      await page.keyboard.press("Delete");
      await expect(chips).toHaveCount(left - 1);
    }
    await idle(page);
    // Expects the last edit: an earlier one may already have been announced, and the undo reverts the last
    // one.
    await expect(announced(page)).toContainText(
      /Done: remove label 16 from spine\. .*New finding, \w+: .*Findings now: \d/,
    );
    await page.keyboard.press("Control+z");
    await expect(announced(page)).toContainText(/Undone: .*1 finding resolved\./);
  });
});

test("what keys change in the views is said", async ({ page }) => {
  await openSample(page, SAMPLE);
  await expect(announced(page)).toContainText("Opened");

  await test.step("another view is said and takes the focus of the one that went", async () => {
    await grid(page).focus();
    await page.keyboard.press("4");
    await expect(page.getByRole("application", { name: "Planes" })).toBeFocused();
    await expect(announced(page)).toHaveText("View: Planes.");
    await page.keyboard.press("v");
    await expect(page.getByRole("treegrid")).toBeFocused();
    await expect(announced(page)).toHaveText("View: Survival.");
    await page.keyboard.press("t");
    await expect(page.getByRole("main")).toBeFocused();
    await page.keyboard.press("g");
    await expect(grid(page)).toBeFocused();
  });

  await test.step("sliders have values with units", async () => {
    const value = (name: string) => page.getByRole("slider", { name });
    await expect(value("Fill opacity")).toHaveAttribute("aria-valuetext", /^\d+ %$/);
    await expect(value("Row height")).toHaveAttribute("aria-valuetext", /^\d+ pixels$/);
    await page.keyboard.press("4");
    await idle(page);
    for (const splitter of await page.getByRole("separator").all())
      await expect(splitter).toHaveAttribute("aria-valuetext", /^\d+ (%|px)$/);
    await page.keyboard.press("5");
    await expect(value("Maximum number of tiles")).toHaveAttribute("aria-valuetext", /^up to \d+ tiles$/);
  });

  await test.step("whatever takes keys of its own lies in an application", async () => {
    for (const key of ["g", "4", "6"]) {
      await page.keyboard.press(key);
      await idle(page);
      const outside = page.locator("[role=application][tabindex='0']:not([role=application] *)");
      await expect(outside, `view of ${key}`).toHaveCount(0);
      expect(await page.locator("[role=application][tabindex='0']").count()).toBeGreaterThan(0);
    }
  });

  await test.step("the 3D view that keys turn and zoom says from where it is seen, and how much of it", async () => {
    await page.keyboard.press("4");
    await idle(page);
    const surface = page.getByRole("application", { name: /3D view/ });
    await page.getByRole("button", { name: "View from anterior" }).click();
    await surface.focus();
    for (let i = 0; i < 3; i++) await page.keyboard.press("ArrowRight");
    await expect(announced(page)).toHaveText(/3D seen from anterior and (left|right), \d+ mm across\./);
    const before = await announced(page).textContent();
    await page.keyboard.press("+");
    await expect(announced(page)).toHaveText(/^3D seen from .*, \d+ mm across\./);
    await expect(announced(page)).not.toHaveText(before ?? "");
  });

  await test.step("a line of Survival is heard with the names of its columns", async () => {
    await page.keyboard.press("v");
    await idle(page);
    const sacrum = page
      .getByRole("row", { level: 1 })
      .filter({ has: page.getByRole("rowheader", { name: "sacrum" }) });
    const heard = ["5,884 voxels", /^4 components ?, 3 vanish$/];
    const left = ["scale 0: 5,884", "scale 1: 733", "scale 2: 92", "scale 3: 8", "kept at every scale"];
    for (const [i, name] of [...heard, ...left].entries())
      await expect(sacrum.getByRole("gridcell").nth(i)).toHaveAccessibleName(name);
  });
});

test("dataset.json alone is said, and a file that cannot be read", async ({ page }) => {
  await goto(page);
  await openFiles(
    page,
    sampleFiles("Dataset901_AbdomenRegions", "abdomen_001").filter((path) => path.endsWith("dataset.json")),
  );
  await expect(announced(page)).toHaveText("Opened dataset.json: 25 regions. Findings: none.");
  await openFiles(page, [file("broken.nii.gz", "no volume")]);
  await expect(page.getByRole("alert").first()).toContainText("broken.nii.gz");
});
