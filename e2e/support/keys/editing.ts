/** Checks the keys of the editor. */
import { expect } from "@playwright/test";
import { type Check, movesRegion, regionCount, select, undo } from "./on-page.ts";

export const EDITING_KEYS = {
  rename: async (page, press) => {
    await select(page, "spine");
    await press();
    await expect(page.getByLabel("Region name")).toBeFocused();
    await expect(page.getByLabel("Region name")).toHaveValue("spine");
  },
  "new-region": async (page, press) => {
    const before = await regionCount(page);
    await press();
    await expect.poll(() => regionCount(page)).toBe(before + 1);
    await expect(page.getByLabel("Region name")).toHaveValue("new region");
    await undo(page);
  },
  "move-up": movesRegion((from) => from - 1),
  "move-down": movesRegion((from) => from + 1),
  "move-first": movesRegion(() => 0),
  "move-last": movesRegion((_, count) => count - 1),
  pick: async (page, press) => {
    const toggle = page.getByRole("button", { name: "Pick from viewer" });
    await select(page, "spine");
    await press();
    await expect(toggle).toHaveAttribute("aria-pressed", "true");
    await press();
    await expect(toggle).toHaveAttribute("aria-pressed", "false");
  },
  undo: async (page, press) => {
    const before = await regionCount(page);
    await page.getByRole("button", { name: "Add region" }).click();
    await expect.poll(() => regionCount(page)).toBe(before + 1);
    await press();
    await expect.poll(() => regionCount(page)).toBe(before);
  },
  redo: async (page, press) => {
    const before = await regionCount(page);
    await page.getByRole("button", { name: "Add region" }).click();
    await undo(page);
    expect(await regionCount(page)).toBe(before);
    await press();
    await expect.poll(() => regionCount(page)).toBe(before + 1);
    await undo(page);
  },
  save: async (page, press) => {
    const [download] = await Promise.all([page.waitForEvent("download"), press()]);
    expect(download.suggestedFilename()).toBe("dataset.json");
    await expect(page.getByText("Saved dataset.json to the browser's downloads. No errors")).toBeVisible();
  },
} satisfies Record<string, Check>;
