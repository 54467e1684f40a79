/** Counts frames and uploads: a change costs one redraw and a few bytes, and an idle page draws nothing. */
import { grid, idle, openSample } from "./support/app.ts";
import { countGpuCalls, gpuCalls } from "./support/gpu-calls.ts";
import { expect, type Locator, type Page, test } from "./support/test.ts";

/** Room for uniforms, columns and rows, but not for a table, let alone a volume. */
const MAX_BYTES = 4096;

test.beforeEach(async ({ page }) => {
  await countGpuCalls(page);
  await openSample(page, "abdomen-regions");
});

const drawn = (page: Page) => page.evaluate(() => window.regionscope?.frames().drawn ?? -1);

/** Expects a change to cost one redraw and upload nothing but a few numbers. */
async function costsOneRedraw(page: Page, change: () => Promise<void>): Promise<void> {
  await idle(page);
  const before = await drawn(page);
  await gpuCalls(page);
  await change();
  await idle(page);
  const calls = await gpuCalls(page);
  expect(calls.created).toEqual([]);
  expect(calls.submits).toBe(1);
  expect(calls.uploadedBytes).toBeGreaterThan(0);
  expect(calls.uploadedBytes).toBeLessThan(MAX_BYTES);
  expect(await drawn(page)).toBe(before + 1);
}

/** Expects no drawing during half a second of animation frames. */
async function drawsNothing(page: Page): Promise<void> {
  await idle(page);
  const before = await drawn(page);
  await gpuCalls(page);
  await page.evaluate(async () => {
    const end = performance.now() + 500;
    while (performance.now() < end) await new Promise(requestAnimationFrame);
  });
  expect(await gpuCalls(page)).toEqual({ created: [], uploadedBytes: 0, submits: 0 });
  expect(await drawn(page)).toBe(before);
}

test("opacity, outline, visibility, colour and window are one redraw each, of a few bytes", async ({
  page,
}) => {
  const regions = page.getByRole("table", { name: "Regions" });
  const press = (on: Locator, key: string) => () => on.press(key);
  const click = (on: Locator) => () => on.click();
  await test.step("opacity", () =>
    costsOneRedraw(page, press(page.getByRole("slider", { name: "Fill opacity" }), "ArrowRight")));
  await test.step("outline", () =>
    costsOneRedraw(page, click(page.getByRole("button", { name: "Show outlines" }))));
  await test.step("hiding", () =>
    costsOneRedraw(page, click(regions.getByRole("checkbox", { name: "Show skeleton" }))));
  await test.step("showing", () =>
    costsOneRedraw(page, click(regions.getByRole("checkbox", { name: "Show skeleton" }))));
  await test.step("colour", async () => {
    await regions.getByText("skeleton", { exact: true }).click();
    const color = page.getByLabel("Colour of skeleton");
    await expect(color).toBeVisible();
    await costsOneRedraw(page, () => color.fill("#12ab34"));
  });
  await test.step("window", async () => {
    await page.getByRole("button", { name: "Window and level" }).click();
    await costsOneRedraw(page, click(page.getByRole("button", { name: "bone" })));
  });
});

test("scrubbing twenty slices creates nothing and uploads a few bytes a slice", async ({ page }) => {
  for (let i = 0; i < 20; i++) await costsOneRedraw(page, () => page.keyboard.press("]"));
});

test("an idle page draws nothing, with and without frame times", { tag: "@quick" }, async ({ page }) => {
  await drawsNothing(page);
  await page.keyboard.press("f");
  await expect(page.getByRole("region", { name: "Frame times" })).toBeVisible();
  await drawsNothing(page);
});

test("a key and a menu item show frame times, which follow the frames", async ({ page }) => {
  const times = page.getByRole("region", { name: "Frame times" });
  await expect(times).toHaveCount(0);
  await page.keyboard.press("f");
  await expect(times).toContainText(/CPU, last frame[\d.]+ ms/);
  await expect(times).toContainText("Draw calls1");
  await page.keyboard.press("]");
  await idle(page);
  await expect(times).toContainText(/Uploaded(\d|,)+ bytes/);
  const uploaded = (await times.textContent()) ?? "";
  expect(Number(/Uploaded([\d,]+) bytes/.exec(uploaded)?.[1]?.replace(",", ""))).toBeLessThan(MAX_BYTES);
  await page.getByRole("button", { name: "Open…" }).click();
  const item = page.getByRole("menuitemcheckbox", { name: /Frame times/ });
  await expect(item).toBeChecked();
  await item.click();
  await expect(times).toHaveCount(0);
  await expect(grid(page)).toBeVisible();
  await page.keyboard.press("Shift+?");
  await expect(page.getByRole("dialog")).toContainText("Show frame times over the grid");
});
