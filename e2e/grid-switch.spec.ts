/** Switches between the stored grid and the training grid, as a user does. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expectAnnounced, keepAnnouncements } from "./support/announcements.ts";
import { file, goto, idle, openFiles, openSample, probe, SAMPLES, sampleFiles } from "./support/app.ts";
import { countGpuCalls, gpuCalls } from "./support/gpu-calls.ts";
import { longestTaskMs } from "./support/main-thread.ts";
import { expect, type Page, test } from "./support/test.ts";

const DATASET = "Dataset903_SpineRegions";
/** Of the spine on its stored grid, and resampled to 4.4×1.2×1.2 mm by nnU-Net's own functions. */
const STORED = { shape: "17×346×384", spacing: "4.79×0.75×0.68 mm" };
const TRAINED = { shape: "19×217×217", spacing: "4.4×1.2×1.2 mm" };

const toggle = (page: Page) => page.getByRole("switch", { name: "Training grid" });
const summary = (page: Page) => page.locator(".grid-summary");
const fullSize = (page: Page) => page.locator(".column-head").first();
const popup = (page: Page) => page.getByRole("dialog", { name: "Stored grid and training grid" });

/** Opens the spine with plans at another spacing, and with further configurations. */
async function openSpine(
  page: Page,
  spacing: readonly number[],
  more: Readonly<Record<string, readonly number[]>> = {},
): Promise<void> {
  const plans = JSON.parse(readFileSync(join(SAMPLES, DATASET, "nnUNetPlans.json"), "utf8"));
  const first = { ...plans.configurations["3d_fullres"], spacing };
  plans.configurations["3d_fullres"] = first;
  for (const [name, its] of Object.entries(more)) plans.configurations[name] = { ...first, spacing: its };
  const files = sampleFiles(DATASET, "spine_002").slice(0, -1);
  await openFiles(page, [...files, file("nnUNetPlans.json", JSON.stringify(plans))]);
}

test("the switch, its key and the popup show the grid that nnU-Net trains on, at the same place", async ({
  page,
}) => {
  await keepAnnouncements(page);
  await goto(page);
  await openSpine(page, [4.4, 1.2, 1.2]);
  const line = `${STORED.shape} at ${STORED.spacing} → ${TRAINED.shape} at ${TRAINED.spacing}`;
  await expect(summary(page)).toHaveText(line);
  await expect(toggle(page)).toBeChecked();
  await expect(fullSize(page)).toContainText(TRAINED.shape);
  await expectAnnounced(page, "Opened");
  await toggle(page).click();
  await idle(page);
  await expect(toggle(page)).not.toBeChecked();
  await expect(fullSize(page)).toContainText(STORED.shape);
  await expectAnnounced(page, `Stored grid: ${STORED.shape} at ${STORED.spacing}.`);
  const mm = async () =>
    ((await page.locator(".probe-line .typed > b").last().textContent()) ?? "").split(",").map(Number);
  const before = await mm();

  await toggle(page).click();
  await idle(page);
  await expect(toggle(page)).toBeChecked();
  await expect(fullSize(page)).toContainText(TRAINED.shape);
  await expectAnnounced(page, `Training grid: ${TRAINED.shape} at ${TRAINED.spacing}.`);
  const named = probe(page).getByRole("button", { name: /^Training grid: / });
  await expect(named).toBeVisible();
  for (const [axis, at] of (await mm()).entries())
    expect(Math.abs(at - (before[axis] ?? 0))).toBeLessThanOrEqual(2.2);

  await page.keyboard.press("x");
  await idle(page);
  await expect.poll(() => new URL(page.url()).searchParams.get("grid")).toBe("stored");
  await expect(fullSize(page)).toContainText(STORED.shape);
  expect(await mm()).toEqual(before);

  await probe(page)
    .getByRole("button", { name: /^Stored grid: / })
    .click();
  await expect(popup(page)).toContainText(`${TRAINED.shape} at ${TRAINED.spacing}, int8`);
  // 17 slices of 4.79 mm become 19.
  await expect(popup(page)).toContainText(
    /4\.28\d×1\.\d+×1\.\d+ mm, to fit whole voxels; 4\.4×1\.2×1\.2 mm in the plans/,
  );
  await popup(page).getByRole("button", { name: "Show the training grid" }).click();
  await idle(page);
  await expect(fullSize(page)).toContainText(TRAINED.shape);

  await page.keyboard.press("Escape");
  // Until the popup has closed, keys are its own.
  await expect(popup(page)).toHaveCount(0);
  await page.keyboard.press("Alt+ArrowLeft");
  await idle(page);
  await expect(fullSize(page)).toContainText(STORED.shape);
  expect(await mm()).toEqual(before);
});

test("says why the training grid is not cropped, and why there is none", async ({ page }) => {
  await goto(page);
  await openFiles(page, sampleFiles(DATASET, "spine_002", false));
  await expect(summary(page)).toHaveText(/ → .* mm, not cropped: no image is open\.$/);
  await openFiles(page, sampleFiles(DATASET, "spine_002").slice(0, -1));
  await expect(summary(page)).toHaveText(/^No training grid: without plans, the spacing/);
  await expect(toggle(page)).toHaveAttribute("aria-disabled", "true");
  await toggle(page).focus();
  await page.keyboard.press("Enter");
  await expect(popup(page)).toContainText(
    "Without plans, the spacing that nnU-Net resamples to is not known.",
  );
  await expect(toggle(page)).not.toBeChecked();
});

test("making it leaves frames and keys in, and Cancel holds until it is chosen again", {
  tag: "@alone",
}, async ({ page }) => {
  await goto(page);
  // The second takes longer to make than it takes to press a button.
  await openSpine(page, [4.4, 1.2, 1.2], { "3d_fine": [1, 0.6, 0.6], "3d_finest": [0.4, 0.3, 0.3] });
  const configuration = page.getByRole("combobox", { name: "Plans configuration" });
  const choose = async (name: string) => {
    await configuration.click();
    await page.getByRole("option", { name, exact: true }).click();
  };
  const longest = await longestTaskMs(page, async () => {
    await choose("3d_fine");
    await idle(page);
  });
  await expect(summary(page)).toContainText(" at 1×0.6×0.6 mm");
  expect(longest).toBeLessThan(100);

  const cancel = summary(page).getByRole("button", { name: "Cancel" });
  const make = summary(page).getByRole("button", { name: "Make the training grid" });
  await choose("3d_finest");
  await cancel.click();
  await expect(summary(page)).toContainText(" → training grid at 0.4×0.3×0.3 mm, cancelled");
  await expect(make).toBeFocused();
  await idle(page);
  await page.keyboard.press("Enter");
  await expect(toggle(page)).toBeChecked();
  await expect(summary(page)).toContainText("% made");
  await expect(cancel).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(make).toBeFocused();
  await expect(toggle(page)).not.toBeChecked();

  await probe(page)
    .getByRole("button", { name: /^Stored grid: / })
    .click();
  await expect(popup(page)).toContainText("Making the training grid was cancelled.");
  await popup(page).getByRole("button", { name: "Make the training grid" }).click();
  await expect(popup(page)).toContainText("Making the training grid: ");
  await popup(page).getByRole("button", { name: "Cancel" }).click();
  await expect(popup(page).getByRole("button", { name: "Make the training grid" })).toBeFocused();
  await expect(toggle(page)).not.toBeChecked();
  await expect(fullSize(page)).toContainText(STORED.shape);
});

test("switching back and forth afterwards is one redraw", async ({ page }) => {
  await countGpuCalls(page);
  await openSample(page, "abdomen-regions");
  const drawn = () => page.evaluate(() => window.regionscope?.frames().drawn ?? -1);
  await toggle(page).click();
  await idle(page);
  await toggle(page).click();
  await idle(page);
  for (const _ of [1, 2, 3]) {
    const before = await drawn();
    await gpuCalls(page);
    await page.keyboard.press("x");
    await idle(page);
    expect(await drawn()).toBe(before + 1);
    expect((await gpuCalls(page)).uploadedBytes).toBeLessThan(65_536);
  }
});
