/** Checks the keys of regions and of components with no voxel at a scale. */
import { expect } from "@playwright/test";
import { KEYS } from "../../../src/ui/keys.ts";
import { goto, probe } from "../app.ts";
import {
  type Check,
  component,
  current,
  gridRows,
  noComponent,
  nthComponent,
  nthVanishing,
  patchNote,
  place,
  pressable,
  scrolls,
  select,
  showAll,
  shown,
  slice,
  toSlice,
  VANISHING,
} from "./on-page.ts";

/** The sample's plans have its own spacing, so there is no place to step to. */
const stepsToNoPlace: Check = async (page, press) => {
  const line = page.getByRole("region", { name: "Place that resampling changed" });
  await expect(line).toHaveCount(0);
  await press();
  await expect(line).toContainText("Resampling changed nothing.");
  await line.getByRole("button", { name: "Close the line and its outline" }).click();
  await expect(line).toHaveCount(0);
};

/** Opens the panel of the list; Escape clears the field, then returns the focus. */
const searchAndLeave: Check = async (page, press) => {
  const search = page.getByRole("searchbox", { name: "Search regions or labels" });
  const panel = page.getByRole("button", { name: "Show regions and findings" });
  await select(page, "skeleton");
  await panel.click();
  await expect(search).toHaveCount(0);
  await press();
  await expect(search).toBeFocused();
  await page.keyboard.type("/h");
  await expect(search).toHaveValue("/h");
  await page.keyboard.press("Escape");
  await expect(search).toHaveValue("");
  await expect(search).toBeFocused();
  await panel.focus();
  await page.keyboard.press("/");
  await expect(search).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(panel).toBeFocused();
  await expect(current(page)).toContainText("skeleton");
};

export const REGIONS_KEYS = {
  "region-next": async (page, press) => {
    await select(page, "skeleton");
    await press();
    expect(await place(page)).toBe(1);
  },
  "region-before": async (page, press) => {
    await select(page, "spine");
    const before = await place(page);
    await press();
    expect(await place(page)).toBe(before - 1);
  },
  search: searchAndLeave,
  "region-centre": async (page, press) => {
    await toSlice(page, "first");
    await select(page, "kidneys");
    await expect(probe(page)).not.toContainText("kidneys");
    await press();
    await expect(probe(page)).toContainText("kidneys");
  },
  "region-slice-back": async (page, press) => {
    await toSlice(page, "last");
    await select(page, "kidneys");
    const before = await slice(page);
    await press();
    expect(await slice(page)).toBeLessThan(before - 1);
  },
  "region-slice-on": async (page, press) => {
    await toSlice(page, "first");
    await select(page, "kidneys");
    await press();
    expect(await slice(page)).toBeGreaterThan(2);
  },
  "component-before": async (page, press) => {
    const before = await nthComponent(page);
    await press();
    expect(await nthComponent(page, before)).toBe(before === 1 ? 4 : before - 1);
  },
  "component-next": async (page, press) => {
    const before = await nthComponent(page);
    await press();
    expect(await nthComponent(page, before)).toBe((before % 4) + 1);
  },
  solo: async (page, press) => {
    await select(page, "kidneys");
    await press();
    expect(await gridRows(page)).toEqual(["kidneys"]);
    await showAll(page);
  },
  hide: async (page, press) => {
    await select(page, "kidneys");
    await press();
    await expect(shown(page, "kidneys")).not.toBeChecked();
    await press();
    await expect(shown(page, "kidneys")).toBeChecked();
  },
  "hide-others": async (page, press) => {
    await select(page, "kidneys");
    await press();
    expect(await gridRows(page)).toEqual(["kidneys"]);
    // The list shows only rows near the selected one.
    await expect(shown(page, "urinary_system")).not.toBeChecked();
    await showAll(page);
  },
  "show-all": async (page, press) => {
    await select(page, "kidneys");
    await shown(page, "kidneys").click();
    await expect(shown(page, "kidneys")).not.toBeChecked();
    await press();
    await expect(shown(page, "kidneys")).toBeChecked();
  },
  "rows-page-up": scrolls(Number.POSITIVE_INFINITY, ({ top, page, last }) => [top, last - page]),
  "rows-page-down": scrolls(0, ({ top, page }) => [top, page]),
  "rows-first": scrolls(Number.POSITIVE_INFINITY, ({ top }) => [top, 0]),
  "rows-last": scrolls(0, ({ top, last }) => [top, last]),
  "vanishing-next": async (page, press) => {
    await noComponent(page);
    await press();
    await expect(component(page)).toContainText("no voxel at scale");
    const first = await nthVanishing(page);
    await press();
    await expect.poll(() => nthVanishing(page)).toBe((first % VANISHING) + 1);
  },
  "vanishing-before": async (page, press) => {
    await noComponent(page);
    await page.keyboard.press(pressable(KEYS["vanishing-next"][0] ?? ""));
    await expect(component(page)).toContainText("no voxel at scale");
    const first = await nthVanishing(page);
    await component(page)
      .getByRole("button", { name: /next component with no voxel at a scale/ })
      .click();
    await expect.poll(() => nthVanishing(page)).toBe((first % VANISHING) + 1);
    await press();
    await expect.poll(() => nthVanishing(page)).toBe(first);
  },
  "change-next": stepsToNoPlace,
  "change-before": stepsToNoPlace,
  patch: async (page, press) => {
    await expect(patchNote(page)).toHaveCount(0);
    await press();
    await expect(patchNote(page)).toBeVisible();
    await press();
    await expect(patchNote(page)).toHaveCount(0);
  },
  "patch-here": async (page, press) => {
    await goto(page, "?sample=abdomen-regions&voxel=59,47,60&patch=0,0,0&psize=48,32,64");
    await expect(patchNote(page)).toContainText("at 0, 0, 0");
    await press();
    await expect(patchNote(page)).toContainText("at 35, 31, 28");
    await page.getByRole("button", { name: "Show the whole case" }).click();
  },
  "toggle-vanishing": async (page, press) => {
    const toggle = page.getByRole("button", { name: "Mark components with no voxel at a scale" });
    const marked = page.getByRole("region", { name: "Components with no voxel at a scale" });
    await press();
    await expect(toggle).toHaveAttribute("aria-pressed", "true");
    await expect(marked).toBeVisible();
    await press();
    await expect(toggle).toHaveAttribute("aria-pressed", "false");
    await expect(marked).toHaveCount(0);
  },
} satisfies Record<string, Check>;
