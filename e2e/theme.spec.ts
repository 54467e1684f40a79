/** Tests the light and dark themes: the system's choice, the user's, and colours over pictures. */
import { goto, openSample } from "./support/app.ts";
import { expect, type Page, test } from "./support/test.ts";

function theme(page: Page) {
  return page.evaluate(() => document.documentElement.dataset.theme);
}

function ground(page: Page) {
  return page.evaluate(() => getComputedStyle(document.body).backgroundColor);
}

async function choose(page: Page, name: string): Promise<void> {
  await page.getByRole("combobox", { name: "Theme" }).click();
  await page.getByRole("option", { name }).click();
}

test("the page follows the system, at once", { tag: "@quick" }, async ({ page }) => {
  await page.emulateMedia({ colorScheme: "light" });
  await goto(page);
  expect(await theme(page)).toBe("light");
  const light = await ground(page);
  await page.emulateMedia({ colorScheme: "dark" });
  await expect.poll(() => theme(page)).toBe("dark");
  expect(await ground(page)).not.toBe(light);
});

test("a theme chosen with the keyboard overrides the system's and is remembered", async ({ page }) => {
  await page.emulateMedia({ colorScheme: "dark" });
  await goto(page);
  const menu = page.getByRole("combobox", { name: "Theme" });
  await menu.focus();
  await page.keyboard.press("Enter");
  const option = (name: string) => page.getByRole("option", { name });
  await expect(option("System")).toHaveAttribute("aria-selected", "true");
  // A newly opened list takes keys only once it highlights an option and has moved the focus to it.
  await expect(option("System")).toHaveAttribute("data-highlighted");
  await expect(option("System")).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(option("System")).not.toHaveAttribute("data-highlighted");
  await page.keyboard.press("Enter");
  await expect.poll(() => theme(page)).toBe("light");
  await expect(menu).toBeFocused();
  await page.reload();
  expect(await theme(page)).toBe("light");
  await choose(page, "System");
  await expect.poll(() => theme(page)).toBe("dark");
});

test("without storage a choice lasts until the page is closed", async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, "localStorage", {
      get() {
        throw new DOMException("Access is denied.", "SecurityError");
      },
    });
  });
  await page.emulateMedia({ colorScheme: "dark" });
  await goto(page);
  await choose(page, "Light");
  await expect.poll(() => theme(page)).toBe("light");
  await page.emulateMedia({ colorScheme: "light" });
  await page.emulateMedia({ colorScheme: "dark" });
  expect(await theme(page)).toBe("light");
});

test("text over pictures keeps its colours, and the relations are redrawn", async ({ page }) => {
  await page.emulateMedia({ colorScheme: "dark" });
  await openSample(page, "abdomen-regions");
  const count = page.locator(".tile-count").first();
  const color = (locator: typeof count) => locator.evaluate((element) => getComputedStyle(element).color);
  const before = await color(count);
  const dark = await color(page.locator("body"));
  await choose(page, "Light");
  expect(await color(page.locator("body"))).not.toBe(dark);
  expect(await color(count)).toBe(before);

  await page.getByRole("radio", { name: "Relations" }).click();
  const canvas = page.locator(".matrix-canvas");
  await expect(canvas).toBeVisible();
  const picture = () => canvas.evaluate((element: HTMLCanvasElement) => element.toDataURL());
  const drawnLight = await picture();
  await choose(page, "Dark");
  await expect.poll(picture).not.toBe(drawnLight);
});
