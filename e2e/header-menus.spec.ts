/** Tests the menus and popups of the header beside one another, with real mouse and keys. */
import { goto, idle, probedVoxel } from "./support/app.ts";
import { expect, type Page, test } from "./support/test.ts";

const POPUPS = [
  { role: "combobox", name: "Downsampling mode" },
  { role: "button", name: /verified|verify/i },
  { role: "button", name: "Share" },
  { role: "button", name: "Samples" },
  { role: "button", name: "Open…" },
  { role: "combobox", name: "Theme" },
] as const;

const trigger = (page: Page, { role, name }: (typeof POPUPS)[number]) =>
  page.getByRole("banner").getByRole(role, { name });
const popups = (page: Page) => page.locator(".popup-positioner .popup").filter({ visible: true });

/** Clicks where the element is, whatever lies over it. */
async function clickAt(page: Page, popup: (typeof POPUPS)[number]): Promise<void> {
  const box = await trigger(page, popup).boundingBox();
  await page.mouse.click((box?.x ?? 0) + (box?.width ?? 0) / 2, (box?.y ?? 0) + (box?.height ?? 0) / 2);
}

test("with one popup of the header open, a click on another button reaches it, and one beside only closes", {
  tag: "@quick",
}, async ({ page }) => {
  await goto(page, "?sample=abdomen-regions&plane=axial&voxel=59,47,60");
  await test.step("one click goes from each to the next; Escape gives its button the focus", async () => {
    for (const popup of [...POPUPS, ...[...POPUPS].reverse().slice(1)]) {
      await clickAt(page, popup);
      await expect(trigger(page, popup)).toHaveAttribute("aria-expanded", "true");
      await expect(popups(page)).toHaveCount(1);
      await expect(page.getByRole("banner").locator("[aria-expanded=true]")).toHaveCount(1);
    }
    const [first] = POPUPS;
    await page.keyboard.press("Escape");
    await expect(popups(page)).toHaveCount(0);
    await expect(trigger(page, first)).toBeFocused();
    for (const popup of POPUPS) {
      await trigger(page, popup).press("Enter");
      await expect(popups(page)).toHaveCount(1);
      await page.keyboard.press("Escape");
      await expect(popups(page)).toHaveCount(0);
      await expect(trigger(page, popup)).toBeFocused();
    }
  });

  await test.step("a button that opens nothing takes the click too", async () => {
    await trigger(page, POPUPS[2]).click();
    const waiting = page.waitForEvent("download");
    await page.getByRole("button", { name: "Export report" }).click();
    await waiting;
    await expect(popups(page)).toHaveCount(0);
    await idle(page);
  });

  await test.step("a click on its own button or on the picture closes it, and does nothing else", async () => {
    const canvas = await page.locator(".grid-canvas").boundingBox();
    const [before, url] = [await probedVoxel(page), page.url()];
    for (const popup of POPUPS) {
      await clickAt(page, popup);
      await expect(popups(page)).toHaveCount(1);
      await clickAt(page, popup);
      await expect(popups(page)).toHaveCount(0);
      await clickAt(page, popup);
      await expect(popups(page)).toHaveCount(1);
      await page.mouse.click((canvas?.x ?? 0) + 60, (canvas?.y ?? 0) + (canvas?.height ?? 0) - 40);
      await expect(popups(page)).toHaveCount(0);
    }
    await page.mouse.move(2, 2);
    await idle(page);
    expect(await probedVoxel(page)).toEqual(before);
    expect(page.url()).toBe(url);
    await expect(page.locator('.region-row[aria-selected="true"]')).toHaveCount(0);
  });
});

test("in a wide window the mode has its caption, beside it and with room for the rest", async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await goto(page, "?sample=abdomen-regions");
  const banner = page.getByRole("banner");
  const caption = banner.getByText("Downsampling", { exact: true });
  const mode = banner.getByRole("combobox", { name: "Downsampling mode" });
  const [dataset, name] = [banner.locator(".case-name > span"), banner.locator(".case-name > b")];
  for (const width of [1280, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    await expect(caption).toBeHidden();
  }
  await page.setViewportSize({ width: 1920, height: 1080 });
  await expect(caption).toBeVisible();
  const [left, right] = [await caption.boundingBox(), await mode.boundingBox()];
  const gap = (right?.x ?? 0) - (left?.x ?? 0) - (left?.width ?? 0);
  expect(gap).toBeGreaterThanOrEqual(4);
  expect(gap).toBeLessThan(12);
  for (const part of [dataset, name]) {
    await expect(part).toBeVisible();
    expect(await part.evaluate((e) => e.scrollWidth <= e.clientWidth)).toBe(true);
    // Without room for both, the dataset's name would be on a line above, out of sight.
    const [line, box] = [await banner.locator(".case-name").boundingBox(), await part.boundingBox()];
    expect(box?.y).toBeGreaterThanOrEqual((line?.y ?? 0) - 1);
  }
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(1920);
});
