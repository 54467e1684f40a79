/** Checks keys that work in one place only (rulers, picking, the region list), and defines these places. */
import { expect, type Locator, type Page } from "@playwright/test";
import { KEYS, type Scope } from "../../../src/ui/keys.ts";
import { grid, idle, probe } from "../app.ts";
import { type Check, choice, choose, current, pressable, regionCount, select, undo } from "./on-page.ts";

/** The element that has the focus while the keys of each scope are pressed. */
export const SCOPES: Readonly<Record<Scope, (page: Page) => Locator>> = {
  view3d: (page) => page.getByRole("application", { name: /^3D view/ }),
  ruler: grid,
  picking: grid,
  compare: (page) => page.getByRole("application", { name: "Compare" }),
  "region-list": (page) => page.getByRole("group", { name: /^List of regions/ }),
};

export const SCOPED_KEYS = {
  "difference-next": stepsDifference("1", "2"),
  "difference-before": stepsDifference("2", "1"),
  "ruler-mark": async (page, press) => {
    await measure(page, true);
    await press();
    await expect(page.getByRole("status", { name: "Ruler" })).toContainText("0.0 mm so far");
    await page.keyboard.press("ArrowRight");
    await press();
    await expect(rulers(page)).toBeVisible();
    await clearRulers(page);
  },
  "ruler-end": async (page, press) => {
    await measure(page, true);
    await page.keyboard.press(pressable(KEYS["ruler-mark"][0] ?? ""));
    await press();
    await expect(page.getByRole("status", { name: "Ruler" })).toContainText("cancelled");
    await expect(tool(page)).toHaveAttribute("aria-pressed", "true");
    await press();
    await expect(tool(page)).toHaveAttribute("aria-pressed", "false");
  },
  "ruler-remove": async (page, press) => {
    await measure(page, true);
    for (const key of [KEYS["ruler-mark"], ["ArrowRight"], KEYS["ruler-mark"]]) {
      await grid(page).press(pressable(key[0] ?? ""));
    }
    await expect(rulers(page)).toHaveText(/^1 ruler/);
    await press();
    await expect(rulers(page)).toHaveCount(0);
    await measure(page, false);
  },
  "pick-here": async (page, press) => {
    await pickIntoSpine(page);
    const hint = page.getByRole("status").filter({ hasText: "Under the crosshair" });
    await expect(hint).toContainText(/(?<!not )in the region\./);
    await expect(hint).not.toContainText("not in the region");
    await press();
    await expect(hint).toContainText("not in the region");
    await press();
    await expect(hint).not.toContainText("not in the region");
    await picking(page).click();
  },
  "pick-end": async (page, press) => {
    await pickIntoSpine(page);
    await press();
    await expect(picking(page)).toHaveAttribute("aria-pressed", "false");
    // Escape ended nothing else: the region is still selected.
    await expect(current(page)).toHaveCount(1);
  },
  "region-remove": async (page, press) => {
    const before = await regionCount(page);
    await select(page, "spine");
    await press();
    await expect.poll(() => regionCount(page)).toBe(before - 1);
    await undo(page);
    expect(await regionCount(page)).toBe(before);
  },
} satisfies Record<string, Check>;

/** Compares full size with scale 1, and steps from one difference to another, largest first. */
function stepsDifference(from: string, to: string): Check {
  return async (page, press) => {
    if (!(await choice(page, "View", "Compare").isChecked())) await choose(page, "View", "Compare");
    const line = page.getByRole("region", { name: "Differences" });
    const next = line.getByRole("button", { name: /^Go to the next difference/ });
    while (!((await line.textContent()) ?? "").startsWith(`${from} of `)) {
      await next.click();
      await idle(page);
    }
    await SCOPES.compare(page).focus();
    await press();
    await expect(line).toContainText(new RegExp(`^${to} of `));
  };
}

const tool = (page: Page) => page.getByRole("button", { name: /^Ruler \(/ });
const rulers = (page: Page) => page.getByRole("button", { name: /^\d+ rulers?$/ });
const picking = (page: Page) => page.getByRole("button", { name: "Pick from viewer" });

async function measure(page: Page, on: boolean): Promise<void> {
  if ((await tool(page).getAttribute("aria-pressed")) !== String(on)) await tool(page).click();
  await grid(page).focus();
  await expect(tool(page)).toHaveAttribute("aria-pressed", String(on));
}

async function clearRulers(page: Page): Promise<void> {
  await rulers(page).click();
  await page.getByRole("button", { name: "Remove all rulers", exact: true }).click();
  await expect(rulers(page)).toHaveCount(0);
  await measure(page, false);
}

async function pickIntoSpine(page: Page): Promise<void> {
  await select(page, "spine");
  await page.keyboard.press(pressable(KEYS["region-centre"][0] ?? ""));
  await idle(page);
  await expect(probe(page)).toContainText("spine");
  await picking(page).click();
  await expect(picking(page)).toHaveAttribute("aria-pressed", "true");
}
