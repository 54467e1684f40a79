/** Tests the Lightbox: which slices it shows, how tiles are reached, and that leaving it frees GPU memory. */
import { goto, idle, openSample, probedVoxel, settledUrl } from "./support/app.ts";
import { canvasPixels, pixelAt } from "./support/pixels.ts";
import { expect, type Page, test } from "./support/test.ts";

const tiles = (page: Page) => page.getByRole("button", { name: /^Slice \d+ of \d+$/ });

test("a key and the address show only slices within the extent of the selected region", {
  tag: "@quick",
}, async ({ page }) => {
  const errors: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") errors.push(message.text());
  });
  await openSample(page, "abdomen-regions");
  await page.keyboard.press("5");
  await idle(page);
  await expect(page.getByRole("group", { name: "Lightbox" })).toBeVisible();
  await expect(page).toHaveURL(/view=lightbox/);
  // Without a selection all regions are shown, and the choice says so.
  await expect(page.getByRole("radio", { name: "All shown regions" })).toBeChecked();
  await expect(page.getByRole("radio", { name: "Only the selected region" })).toBeDisabled();
  await goto(page, "?sample=abdomen-regions&view=lightbox&selected=spine&plane=coronal");
  // Slices without the spine are left out, so the range is not 0–100.
  await expect(page.getByText("slices 11–51 of 0–100, every 2nd")).toBeVisible();
  await expect(tiles(page)).toHaveCount(21);
  await page.getByRole("radio", { name: "All shown regions" }).click();
  await idle(page);
  await expect(page.getByText("all shown regions", { exact: true })).toBeVisible();
  await page.getByRole("slider", { name: "Maximum number of tiles" }).fill("9");
  await idle(page);
  expect(await tiles(page).count()).toBeLessThanOrEqual(9);
  await page.keyboard.press("1");
  await idle(page);
  await expect(page.getByText(/^Axial/)).toBeVisible();
  expect(errors).toEqual([]);
});

test("arrows and Enter, a click and a double click lead to tiles", async ({ page }) => {
  await goto(page, "?sample=abdomen-regions&view=lightbox&selected=spine&plane=coronal");
  await test.step("arrows move between tiles, Enter goes there", async () => {
    const before = await probedVoxel(page);
    await page.getByRole("button", { name: "Slice 19 of 100" }).focus();
    await page.keyboard.press("ArrowRight");
    await expect(page.getByRole("button", { name: "Slice 21 of 100" })).toBeFocused();
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("ArrowLeft");
    await expect(page.getByRole("button", { name: "Slice 17 of 100" })).toBeFocused();
    await page.keyboard.press("Enter");
    await idle(page);
    expect(await probedVoxel(page)).toEqual([before[0], 17, before[2]]);
  });

  await test.step("a click goes to the tile's own slice, a double click to the planes", async () => {
    const tile = page.getByRole("button", { name: "Slice 29 of 100" });
    const box = await tile.boundingBox();
    if (!box) throw new Error("no tile");
    await page.mouse.click(box.x + box.width / 2, box.y + box.height * 0.3);
    await page.mouse.move(2, 2);
    await idle(page);
    expect((await probedVoxel(page))[1]).toBe(29);
    await expect(tile).toHaveAttribute("aria-current", "true");
    // Some pixels of this tile are coloured, so the region is drawn in it.
    await page.getByRole("button", { name: "Show crosshair" }).click();
    await idle(page);
    const picture = await canvasPixels(page);
    const canvas = await page.locator("canvas.slices-canvas").boundingBox();
    let coloured = 0;
    for (let y = 2; y < box.height - 2; y++)
      for (let x = 2; x < box.width - 2; x++) {
        const [r, g, b] = pixelAt(
          picture,
          Math.round(box.x - (canvas?.x ?? 0) + x),
          Math.round(box.y - (canvas?.y ?? 0) + y),
        );
        if (Math.max(r, g, b) - Math.min(r, g, b) > 40) coloured++;
      }
    expect(coloured).toBeGreaterThan(100);
    await page.mouse.dblclick(box.x + box.width / 2, box.y + box.height * 0.3);
    await idle(page);
    await expect(page.getByRole("application", { name: "Planes" })).toBeVisible();
  });
});

test("GPU memory returns to what it was when the lightbox is left", async ({ page }) => {
  await openSample(page, "abdomen-regions");
  const bytes = () => page.evaluate(() => window.regionscope?.gpuBytes() ?? 0);
  const before = await bytes();
  await page.keyboard.press("5");
  await idle(page);
  expect(await bytes()).toBeGreaterThan(0);
  await page.keyboard.press("g");
  await idle(page);
  expect(await bytes()).toBe(before);
});

test("an address and Alt+arrows restore the number of tiles and what they show", async ({ page }) => {
  await goto(page, "?sample=abdomen-regions&view=lightbox&selected=spine&plane=coronal&tiles=9&pscale=2");
  expect(await tiles(page).count()).toBeLessThanOrEqual(9);
  await expect(page.getByText("spine", { exact: true }).first()).toBeVisible();
  const few = await tiles(page).count();
  await page.getByRole("radio", { name: "All shown regions" }).click();
  await page.getByRole("slider", { name: "Maximum number of tiles" }).fill("30");
  await idle(page);
  await expect(page).toHaveURL(/tiles=30&lightbox=all/);
  const many = await tiles(page).count();
  expect(many).toBeGreaterThan(few);
  const { search } = await settledUrl(page);
  await page.goto("/");
  await goto(page, search);
  await expect(tiles(page)).toHaveCount(many);
  await expect(page.getByRole("radio", { name: "All shown regions" })).toBeChecked();

  await page.getByRole("radio", { name: "Only the selected region" }).click();
  await idle(page);
  // A focused radio button would consume the arrow keys.
  await page.getByRole("radio", { name: "Only the selected region" }).blur();
  await page.keyboard.press("Alt+ArrowLeft");
  await expect(page.getByRole("radio", { name: "All shown regions" })).toBeChecked();
  await page.keyboard.press("Alt+ArrowRight");
  await expect(page.getByRole("radio", { name: "Only the selected region" })).toBeChecked();
});
