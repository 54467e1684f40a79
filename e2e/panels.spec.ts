/** Side panels: their widths, and what the browser remembers from visit to visit. */
import { goto, idle, openSample } from "./support/app.ts";
import { expect, type Page, test } from "./support/test.ts";

const left = (page: Page) => page.getByRole("separator", { name: "Width of the left panel" });
const right = (page: Page) => page.getByRole("separator", { name: "Width of the right panel" });
const widthOf = async (page: Page, selector: ".left" | ".right" | ".centre") =>
  Math.round((await page.locator(selector).boundingBox())?.width ?? 0);

async function drag(page: Page, border: ReturnType<typeof left>, dx: number): Promise<void> {
  const box = await border.boundingBox();
  if (!box) throw new Error("There is no border.");
  const [x, y] = [box.x + box.width / 2, box.y + 200];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + dx / 2, y);
  await page.mouse.move(x + dx, y);
  await page.mouse.up();
  await idle(page);
}

/** Whether the name of a region is written without a cut. */
const isWhole = (page: Page, name: string) =>
  page
    .getByRole("table", { name: "Regions" })
    .locator(".elided", { hasText: name })
    .locator(".elided-head")
    .evaluate((head) => head.scrollWidth <= head.clientWidth);

test("a wider panel shows long names whole; pictures follow; the width is remembered", async ({ page }) => {
  await page.setViewportSize({ width: 1300, height: 900 });
  await openSample(page, "abdomen-regions");
  const [panel, centre] = [await widthOf(page, ".left"), await widthOf(page, ".centre")];
  expect(await isWhole(page, "small_intestine")).toBe(false);
  await drag(page, left(page), 90);
  expect(await widthOf(page, ".left")).toBe(panel + 90);
  expect(await widthOf(page, ".centre")).toBe(centre - 90);
  expect(await isWhole(page, "small_intestine")).toBe(true);
  const canvas = await page.locator("canvas").first().boundingBox();
  expect(Math.abs((canvas?.x ?? 0) - (panel + 90))).toBeLessThan(200);

  await openSample(page, "spine-regions");
  expect(await widthOf(page, ".left")).toBe(panel + 90);
  await left(page).dblclick();
  await idle(page);
  expect(await widthOf(page, ".left")).toBe(panel);
});

test("borders of panels are moved by keys, within limits", async ({ page }) => {
  await openSample(page, "abdomen-regions");
  const [first, second] = [await widthOf(page, ".left"), await widthOf(page, ".right")];
  await left(page).press("ArrowRight");
  await expect.poll(() => widthOf(page, ".left")).toBe(first + 16);
  await expect(left(page)).toHaveAttribute("aria-valuetext", `${first + 16} px`);
  await right(page).press("ArrowLeft");
  await expect.poll(() => widthOf(page, ".right")).toBe(second + 16);
  await right(page).press("Enter");
  await expect.poll(() => widthOf(page, ".right")).toBe(second);
  await drag(page, left(page), -600);
  expect(await widthOf(page, ".left")).toBe(260);
  await expect(page.getByRole("table", { name: "Regions" })).toBeVisible();
});

test("in a narrow window wide panels give way to pictures, and come back", async ({ page }) => {
  await openSample(page, "abdomen-regions");
  await drag(page, left(page), 250);
  await drag(page, right(page), -150);
  const wide = await widthOf(page, ".left");
  await page.setViewportSize({ width: 1024, height: 700 });
  await idle(page);
  expect(await widthOf(page, ".centre")).toBeGreaterThanOrEqual(340);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(1024);
  await page.setViewportSize({ width: 1440, height: 900 });
  await idle(page);
  expect(await widthOf(page, ".left")).toBe(wide);
});

test("the convention is remembered, and an address that says another one is followed", async ({ page }) => {
  await goto(page, "?sample=abdomen-regions&view=planes");
  await page.getByRole("button", { name: /^Convention: radiological/ }).click();
  await expect.poll(() => page.url()).toContain("conv=n");
  await goto(page, "?sample=spine-regions&view=planes");
  await expect(page.getByRole("button", { name: /^Convention: neurological/ })).toBeVisible();
  await goto(page, "?sample=abdomen-regions&view=planes&conv=r");
  await expect(page.getByRole("button", { name: /^Convention: radiological/ })).toBeVisible();
});
