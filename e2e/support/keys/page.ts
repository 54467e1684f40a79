/** Checks the keys of the page as a whole. */
import { expect } from "@playwright/test";
import { capsOf, KEY_GROUPS, KEYS } from "../../../src/ui/keys.ts";
import { probe } from "../app.ts";
import {
  type Check,
  choice,
  choose,
  chooses,
  current,
  gridRows,
  opens,
  pressable,
  select,
} from "./on-page.ts";

export const PAGE_KEYS = {
  grid: chooses("View", "Grid", "Relations", "grid"),
  planes: chooses("View", "Planes", "Grid", "planes"),
  lightbox: chooses("View", "Lightbox", "Grid", "lightbox"),
  compare: chooses("View", "Compare", "Grid", "compare"),
  "round-trip": chooses("View", "Round trip", "Grid", "round-trip"),
  relations: chooses("View", "Relations", "Grid", "relations"),
  survival: chooses("View", "Survival", "Grid", "survival"),
  resampling: async (page, press) => {
    await choose(page, "View", "Grid");
    await press();
    await expect(choice(page, "View", "Survival")).toBeChecked();
    await expect(choice(page, "Step", "What resampling changed")).toBeChecked();
    await choose(page, "Step", "Scales: what is left at each");
    await choose(page, "View", "Grid");
  },
  "view-before": async (page, press) => {
    await choose(page, "View", "Grid");
    await choose(page, "View", "Relations");
    await press();
    await expect(choice(page, "View", "Grid")).toBeChecked();
  },
  "view-after": async (page, press) => {
    await choose(page, "View", "Grid");
    await choose(page, "View", "Relations");
    await page.keyboard.press(pressable(KEYS["view-before"][0] ?? ""));
    await expect(choice(page, "View", "Grid")).toBeChecked();
    await press();
    await expect(choice(page, "View", "Relations")).toBeChecked();
    await choose(page, "View", "Grid");
  },
  "training-grid": async (page, press) => {
    const grid = page.getByRole("switch", { name: "Training grid" });
    const before = await grid.getAttribute("aria-checked");
    await press();
    await expect(grid).toHaveAttribute("aria-checked", before === "true" ? "false" : "true");
    await press();
    await expect(grid).toHaveAttribute("aria-checked", before ?? "");
  },
  "open-files": opens(null),
  "open-folder": opens(""),
  bits: async (page, press) => {
    const toggle = probe(page).getByRole("button", { name: "Bits" });
    const before = await toggle.getAttribute("aria-expanded");
    await press();
    await expect(toggle).toHaveAttribute("aria-expanded", before === "true" ? "false" : "true");
    await press();
    await expect(toggle).toHaveAttribute("aria-expanded", before ?? "");
  },
  "frame-times": async (page, press) => {
    const times = page.getByRole("region", { name: "Frame times" });
    await press();
    await expect(times).toBeVisible();
    await press();
    await expect(times).toHaveCount(0);
  },
  escape: async (page, press) => {
    await select(page, "kidneys");
    await page.getByRole("button", { name: "Solo kidneys" }).click();
    expect(await gridRows(page)).toEqual(["kidneys"]);
    await press();
    await expect.poll(async () => (await gridRows(page)).length).toBeGreaterThan(1);
    await expect(current(page)).toHaveCount(1);
    await press();
    await expect(current(page)).toHaveCount(0);
  },
  help: async (page, press) => {
    await press();
    const sheet = page.getByRole("dialog", { name: "Keyboard and mouse shortcuts" });
    const caps = KEY_GROUPS.flatMap(({ entries }) => entries.flatMap(capsOf));
    await expect(sheet.locator("kbd")).toHaveText(caps);
    await sheet.getByRole("button", { name: "Close" }).click();
    await expect(sheet).toHaveCount(0);
  },
} satisfies Record<string, Check>;
