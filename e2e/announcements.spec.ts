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

test("an opened case is announced once, with its regions, scales and findings", async ({ page }) => {
  await goto(page);
  await expect(announced(page)).toHaveText("");
  await page.getByRole("button", { name: /^Abdomen, 25 nested regions/ }).press("Enter");
  await expect(announced(page)).toHaveText("Opened abdomen_001: 25 regions at 4 scales. Findings: none.");
  await expect(grid(page)).toBeFocused();
  await page.keyboard.press("b");
  await expect(
    page.locator("[aria-live]").filter({ hasText: /channels packed into one 32-bit word/ }),
  ).toHaveAttribute("aria-live", "off");
});

test("the progress bar of a load has a value, and its percentage is not announced repeatedly", async ({
  page,
}) => {
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

test("changes made by keys in the grid are announced", async ({ page }) => {
  await openSample(page, SAMPLE);
  await expect(announced(page)).toContainText("Opened");

  await test.step("moving the crosshair by keys announces its voxel or slice, label and regions", async () => {
    await grid(page).focus();
    await page.keyboard.press("ArrowRight");
    await expect(announced(page)).toHaveText("voxel 59, 47, 59, label 15 spine, in skeleton, spine");
    await page.keyboard.press("]");
    await expect(announced(page)).toHaveText(/^slice \d+ of 100, label 15 spine, in skeleton, spine\s?$/);
    await page.keyboard.press("1");
    await expect(announced(page)).toHaveText("Plane: axial.");
    await page.keyboard.press("2");
    await expect(announced(page)).toHaveText("Plane: coronal.");
  });

  await test.step("the slice slider announces its slice, and the page announces what lies there", async () => {
    const slider = page.getByRole("slider", { name: "Slice, coronal" });
    await slider.focus();
    await page.keyboard.press("ArrowUp");
    await expect(slider).toHaveAttribute("aria-valuetext", /^slice \d+ of 100$/);
    await expect(announced(page)).toHaveText("label 15 spine, in skeleton, spine");
  });

  await test.step("bits are announced only for keys", async () => {
    const bits = page.getByRole("application", { name: "Bits of this voxel" });
    await page.keyboard.press("b");
    const allText = bits.locator("[aria-live]");
    await expect(allText).toHaveAttribute("aria-live", "off");
    await bits.focus();
    await expect(allText).toHaveAttribute("aria-live", "polite");
    await page.keyboard.press("ArrowRight");
    await expect(allText).toHaveText(/^scale 0, word 0, bit 1 \(spine\): /);
  });

  await test.step("the focus ring of the region list surrounds its visible part", async () => {
    const list = page.getByRole("group", { name: /^List of regions/ });
    await expect(list).not.toHaveCSS("outline-style", "solid");
    await page.keyboard.press("Tab");
    await regions(page).focus();
    await expect(list).toHaveCSS("outline-style", "solid");
  });

  await test.step("selecting a region by keys announces its labels, voxels and what is left at each scale", async () => {
    await regions(page).focus();
    await page.keyboard.press("ArrowDown");
    await expect(announced(page)).toHaveText(
      "skeleton selected, labels 14–18, 60,703 voxels, scales 0 to 3 never gone, region 1 of 25.",
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

  await test.step("showing and hiding a patch is announced", async () => {
    await page.keyboard.press("l");
    await expect(announced(page)).toHaveText(/^Showing one training patch of \d+×\d+×\d+ voxels at /);
    await page.keyboard.press("l");
    await expect(announced(page)).toContainText("Showing the whole case.");
  });

  await test.step("findings of an edit are announced next to the focus, and so is its undo", async () => {
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

test("changes made by keys in the views are announced", async ({ page }) => {
  await openSample(page, SAMPLE);
  await expect(announced(page)).toContainText("Opened");

  await test.step("another view is announced and takes over the focus of the previous one", async () => {
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

  await test.step("every element with keys of its own is inside an application role", async () => {
    for (const key of ["g", "4", "6"]) {
      await page.keyboard.press(key);
      await idle(page);
      const outside = page.locator("[role=application][tabindex='0']:not([role=application] *)");
      await expect(outside, `view of ${key}`).toHaveCount(0);
      expect(await page.locator("[role=application][tabindex='0']").count()).toBeGreaterThan(0);
    }
  });

  await test.step("turning and zooming the 3D view by keys announces its direction and its zoom", async () => {
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

  await test.step("a row of Survival is read with the names of its columns", async () => {
    await page.keyboard.press("v");
    await idle(page);
    const sacrum = page
      .getByRole("row", { level: 1 })
      .filter({ has: page.getByRole("rowheader", { name: "sacrum" }) });
    const heard = ["5,884 voxels", /^4 components ?, 3 lost$/];
    const left = [
      "scale 0: 5,884",
      "scale 1: 733 gone 1 %",
      "scale 2: 92 gone 3 %",
      "scale 3: 8 gone 5 %",
      "gone in 3 % of patches scale 2; 5 % at weight 0",
    ];
    for (const [i, name] of [...heard, ...left].entries())
      await expect(sacrum.getByRole("gridcell").nth(i)).toHaveAccessibleName(name);
  });
});

test("a dataset.json opened alone and an unreadable file are announced", async ({ page }) => {
  await goto(page);
  await openFiles(
    page,
    sampleFiles("Dataset901_AbdomenRegions", "abdomen_001").filter((path) => path.endsWith("dataset.json")),
  );
  await expect(announced(page)).toHaveText("Opened dataset.json: 25 regions. Findings: none.");
  await openFiles(page, [file("broken.nii.gz", "no volume")]);
  await expect(page.getByRole("alert").first()).toContainText("broken.nii.gz");
});
