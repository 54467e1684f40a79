/** Loses the GPU: the case, the view and the edits stay, and the page describes the state correctly. */
import { findBrowser, testFlags } from "../tools/browser.ts";
import { grid, idle, openSample, probedVoxel, settledUrl } from "./support/app.ts";
import { canvasPixels, differingPixels } from "./support/pixels.ts";
import { line } from "./support/regions.ts";
import { expect, type Page, test } from "./support/test.ts";
import { exportedReport } from "./support/without-gpu.ts";

// Uses its own browser, so that a crash of its GPU process does not affect other specs.
const browser = await findBrowser();
test.use({
  launchOptions: {
    ...(browser ? { executablePath: browser.executablePath } : {}),
    args: testFlags(browser),
    env: { ...process.env, REGIONSCOPE_SPEC: "gpu-loss" },
  },
});

const LOSSES = 30;

const lose = (page: Page) => page.evaluate(() => window.regionscope?.loseDevice());
const panel = (page: Page) => page.locator(".gpu-panel");

async function editSpine(page: Page): Promise<void> {
  await line(page, "spine").getByRole("rowheader").click();
  await page.getByRole("button", { name: "Remove label 15 from spine" }).click();
  await idle(page);
}

/** Steps one slice forward and waits for the address, which updates a little later. */
async function nextSlice(page: Page): Promise<void> {
  await page.keyboard.press("]");
  await idle(page);
  const voxel = encodeURIComponent((await probedVoxel(page)).join(","));
  await expect.poll(() => page.url()).toContain(`voxel=${voxel}`);
}

test("after thirty lost devices in a row, picture, view and edits are the same", async ({ page }) => {
  test.setTimeout(400_000);
  // On one grid: the other is uploaded only when it is shown again.
  await openSample(page, "abdomen-regions&grid=stored");
  await editSpine(page);
  await nextSlice(page);
  const address = (await settledUrl(page)).href;
  const [voxel, before] = [await probedVoxel(page), await canvasPixels(page)];
  const bytes = await page.evaluate(() => window.regionscope?.gpuBytes());
  for (let lost = 0; lost < LOSSES; lost++) {
    await lose(page);
    await idle(page);
    await expect(panel(page)).toHaveCount(0);
  }
  expect(await probedVoxel(page)).toEqual(voxel);
  expect((await settledUrl(page)).href).toBe(address);
  await expect(line(page, "spine")).toContainText("5,884");
  await expect(grid(page)).toContainText("60,703 voxels");
  const all = { x: 0, y: 0, width: before.width, height: before.height };
  expect(differingPixels(before, await canvasPixels(page), all)).toBe(0);
  expect(await page.evaluate(() => window.regionscope?.gpuBytes())).toBe(bytes);
});

test("after two crashes of the GPU process the page works without a GPU and asks for a restart of the browser", async ({
  page,
}) => {
  test.setTimeout(240_000);
  await openSample(page, "abdomen-regions");
  await editSpine(page);
  await nextSlice(page);
  const voxel = await probedVoxel(page);
  const address = (await settledUrl(page)).href;
  const before = await canvasPixels(page);
  const cdp = await page.context().browser()?.newBrowserCDPSession();

  const gone = page.evaluate(() => window.regionscope?.gpuLost());
  await cdp?.send("Browser.crashGpuProcess");
  await gone;
  await idle(page);
  await expect(panel(page)).toHaveCount(0);
  const all = { x: 0, y: 0, width: before.width, height: before.height };
  expect(differingPixels(before, await canvasPixels(page), all)).toBe(0);

  const goneAgain = page.evaluate(() => window.regionscope?.gpuLost());
  await cdp?.send("Browser.crashGpuProcess");
  await goneAgain;
  await idle(page);
  await expect(page.getByRole("heading", { name: "The browser has switched the GPU off" })).toBeVisible();
  await expect(panel(page)).toContainText("After crashes of its GPU process, Chrome switches the GPU off");
  await expect(panel(page)).not.toContainText("Turn on hardware acceleration");
  await expect(panel(page)).not.toContainText("graphics acceleration when available");
  await expect(page.locator("[data-announcer]")).toContainText("Voxels are counted on the CPU.");

  // The case, view and edits are still there, and the page works without a GPU.
  expect(await probedVoxel(page)).toEqual(voxel);
  expect((await settledUrl(page)).href).toBe(address);
  await expect(line(page, "spine")).toContainText("5,884");
  await page.keyboard.press("Control+z");
  await idle(page);
  await expect(line(page, "spine")).toContainText("21,446");
  const report = await exportedReport(page);
  expect([report.adapter, report.verified]).toEqual([null, null]);
  expect(report.scales.map((scale) => scale.regionVoxels?.[0])).toEqual([60703, 7505, 927, 115]);

  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByText("Tried again: still no GPU.")).toBeVisible();
  await expect(page.getByRole("heading", { name: "The browser has switched the GPU off" })).toBeVisible();
});
