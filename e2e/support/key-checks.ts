/** What each key of the page does, as a user sees it. */
import { expect, type Locator, type Page } from "@playwright/test";
import type { Command } from "../../src/ui/keys.ts";
import { capsOf, KEY_GROUPS, KEYS } from "../../src/ui/keys.ts";
import { goto, grid, idle, probe, probedVoxel } from "./app.ts";

/** Presses the key that is checked, from no control, and waits until all is drawn. */
export type Press = () => Promise<void>;
type Check = (page: Page, press: Press) => Promise<void>;

/** A key as the table has it, as Playwright presses it. */
export function pressable(key: string): string {
  return key.replace("$mod", "ControlOrMeta");
}

/** A command without a check is an error of types, and fails the spec. Each check brings about what it needs. */
export const CHECKS: Readonly<Record<Command, Check>> = {
  // Coronal, by radiological convention: the patient's right is on the left.
  "slice-back": moves(1, [0, -1, 0]),
  "slice-on": moves(1, [0, 1, 0]),
  "ten-slices-back": moves(10, [0, -1, 0]),
  "ten-slices-on": moves(10, [0, 1, 0]),
  "crosshair-left": moves(1, [1, 0, 0]),
  "crosshair-right": moves(1, [-1, 0, 0]),
  "crosshair-up": moves(1, [0, 0, 1]),
  "crosshair-down": moves(1, [0, 0, -1]),
  axial: chooses("Plane", "Axial", "Coronal"),
  coronal: chooses("Plane", "Coronal", "Axial"),
  sagittal: chooses("Plane", "Sagittal", "Coronal"),

  "zoom-in": async (page, press) => {
    const before = await zoom(page);
    await press();
    await expect.poll(() => zoom(page)).toBeCloseTo(before * 1.25, 2);
  },
  "zoom-out": async (page, press) => {
    const before = await zoomed(page);
    await press();
    await expect.poll(() => zoom(page)).toBeCloseTo(before * 0.8, 2);
  },
  whole: async (page, press) => {
    await zoomed(page);
    await press();
    await expect.poll(() => zoom(page)).toBe(1);
    await expect(page).not.toHaveURL(/[?&]pan=/);
  },

  ruler: async (page, press) => {
    const toggle = page.getByRole("button", { name: "Ruler" });
    await press();
    await expect(toggle).toHaveAttribute("aria-pressed", "true");
    await press();
    await expect(toggle).toHaveAttribute("aria-pressed", "false");
  },
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
    // The list shows lines near the selected one.
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
    await expect(component(page)).toContainText("vanishes at scale");
    const first = await nthVanishing(page);
    await press();
    await expect.poll(() => nthVanishing(page)).toBe((first % VANISHING) + 1);
  },
  "vanishing-before": async (page, press) => {
    await noComponent(page);
    await page.keyboard.press(pressable(KEYS["vanishing-next"][0] ?? ""));
    await expect(component(page)).toContainText("vanishes at scale");
    const first = await nthVanishing(page);
    await component(page)
      .getByRole("button", { name: /next component that vanishes/ })
      .click();
    await expect.poll(() => nthVanishing(page)).toBe((first % VANISHING) + 1);
    await press();
    await expect.poll(() => nthVanishing(page)).toBe(first);
  },
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
  "mark-vanishing": async (page, press) => {
    const toggle = page.getByRole("button", { name: "Mark components that vanish" });
    const marked = page.getByRole("region", { name: "Components that vanish" });
    await press();
    await expect(toggle).toHaveAttribute("aria-pressed", "true");
    await expect(marked).toBeVisible();
    await press();
    await expect(toggle).toHaveAttribute("aria-pressed", "false");
    await expect(marked).toHaveCount(0);
  },

  rename: async (page, press) => {
    await select(page, "spine");
    await press();
    await expect(page.getByLabel("Name of the region")).toBeFocused();
    await expect(page.getByLabel("Name of the region")).toHaveValue("spine");
  },
  "new-region": async (page, press) => {
    const before = await regionCount(page);
    await press();
    await expect.poll(() => regionCount(page)).toBe(before + 1);
    await expect(page.getByLabel("Name of the region")).toHaveValue("new region");
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
    await expect(page.getByText("Saved, without errors.")).toBeVisible();
  },

  grid: chooses("View", "Grid", "Relations", "grid"),
  planes: chooses("View", "Planes", "Grid", "planes"),
  lightbox: chooses("View", "Lightbox", "Grid", "lightbox"),
  compare: chooses("View", "Compare", "Grid", "compare"),
  "round-trip": chooses("View", "Round trip", "Grid", "round-trip"),
  relations: chooses("View", "Relations", "Grid", "relations"),
  survival: chooses("View", "Survival", "Grid", "survival"),
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
  "open-files": opens(null),
  "open-folder": opens(""),
  bits: async (page, press) => {
    const toggle = probe(page).getByRole("button", { name: "bits" });
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
    const sheet = page.getByRole("dialog", { name: "Keys and pointer" });
    const caps = KEY_GROUPS.flatMap(({ entries }) => entries.flatMap(capsOf));
    await expect(sheet.locator("kbd")).toHaveText(caps);
    await sheet.getByRole("button", { name: "Close" }).click();
    await expect(sheet).toHaveCount(0);
  },
};

/** By so many voxels, towards R, A, S or away from it. */
function moves(voxels: number, ras: readonly number[]): Check {
  return async (page, press) => {
    const [from, fromMm] = [await probedVoxel(page), await probedMm(page)];
    await press();
    const [to, toMm] = [await probedVoxel(page), await probedMm(page)];
    expect(to.reduce((sum, n, axis) => sum + Math.abs(n - (from[axis] ?? 0)), 0)).toBe(voxels);
    expect(toMm.map((mm, axis) => Math.sign(mm - (fromMm[axis] ?? 0)))).toEqual(ras);
  };
}

/** One of exclusive choices, from another one. @param inAddress of a view */
function chooses(group: "Plane" | "View", name: string, from: string, inAddress?: string): Check {
  return async (page, press) => {
    await choose(page, group, from);
    await press();
    await expect(choice(page, group, name)).toBeChecked();
    if (group === "Plane") {
      await expect.poll(() => parameter(page, "plane")).toBe(name.toLowerCase());
      await choose(page, "Plane", "Coronal");
    } else await expect.poll(() => parameter(page, "view")).toBe(name === "Grid" ? null : inAddress);
  };
}

interface Scrolled {
  readonly top: number;
  /** px that are seen. */
  readonly page: number;
  /** As far down as it goes. */
  readonly last: number;
}

/** Rows of the grid, from a place. @param compared what is, and what it should be */
function scrolls(fromTop: number, compared: (now: Scrolled) => readonly [number, number]): Check {
  const scrolled = (page: Page) =>
    page.locator(".grid-scroller").evaluate((element) => ({
      top: element.scrollTop,
      page: element.clientHeight,
      last: element.scrollHeight - element.clientHeight,
    }));
  return async (page, press) => {
    await page.locator(".grid-scroller").evaluate(
      (element, top) => {
        element.scrollTop = Math.min(top, element.scrollHeight);
      },
      Math.min(fromTop, 1e9),
    );
    await idle(page);
    const before = await scrolled(page);
    expect(before.last).toBeGreaterThan(before.page);
    await press();
    const after = await scrolled(page);
    const [is, should] = compared(after);
    expect(Math.abs(is - should)).toBeLessThanOrEqual(1);
    expect(after.top).not.toBe(before.top);
  };
}

function movesRegion(to: (from: number, count: number) => number): Check {
  return async (page, press) => {
    await select(page, "spine");
    const [from, count] = [await place(page), await regionCount(page)];
    // The first place is another one.
    await page.keyboard.press(pressable(KEYS["move-down"][0] ?? ""));
    await expect.poll(() => place(page)).toBe(from + 1);
    await press();
    await expect.poll(() => place(page)).toBe(to(from + 1, count));
    await expect(current(page)).toHaveAccessibleName(/spine/);
    await undo(page);
    await undo(page);
  };
}

function opens(webkitdirectory: string | null): Check {
  return async (page, press) => {
    const [chooser] = await Promise.all([page.waitForEvent("filechooser"), press()]);
    expect(await chooser.element().getAttribute("webkitdirectory")).toBe(webkitdirectory);
    if (webkitdirectory === null) expect(chooser.isMultiple()).toBe(true);
  };
}

function choice(page: Page, group: string, name: string): Locator {
  return page.getByRole("radiogroup", { name: group, exact: true }).getByRole("radio", { name, exact: true });
}

async function choose(page: Page, group: string, name: string): Promise<void> {
  await choice(page, group, name).click();
  await idle(page);
  await expect(choice(page, group, name)).toBeChecked();
}

function parameter(page: Page, name: string): string | null {
  return new URL(page.url()).searchParams.get(name);
}

function zoom(page: Page): number {
  return Number(parameter(page, "zoom") ?? 1);
}

/** Magnifies by the wheel. */
async function zoomed(page: Page): Promise<number> {
  const before = zoom(page);
  const tile = await page.locator(".tile").first().boundingBox();
  if (!tile) throw new Error("no tile");
  await page.mouse.move(tile.x + tile.width * 0.4, tile.y + tile.height * 0.4);
  await page.keyboard.down("Control");
  await page.mouse.wheel(0, -150);
  await page.keyboard.up("Control");
  await page.mouse.move(2, 2);
  await idle(page);
  await expect.poll(() => zoom(page)).toBeGreaterThan(before * 1.5);
  return zoom(page);
}

async function probedMm(page: Page): Promise<number[]> {
  const text = (await probe(page).textContent()) ?? "";
  const match = /mm\s+(-?[\d.]+), (-?[\d.]+), (-?[\d.]+)/.exec(text.replaceAll("−", "-"));
  if (!match) throw new Error(`The probe line names no place: ${text}`);
  return match.slice(1, 4).map(Number);
}

function slider(page: Page): Locator {
  return page.getByRole("toolbar", { name: "View" }).getByRole("slider", { name: "Slice" });
}

async function slice(page: Page): Promise<number> {
  return Number(await slider(page).inputValue());
}

/** Axial: neither end has kidneys. */
async function toSlice(page: Page, end: "first" | "last"): Promise<void> {
  await choose(page, "Plane", "Axial");
  const last = (await slider(page).getAttribute("max")) ?? "";
  await slider(page).fill(end === "first" ? "1" : last);
  await idle(page);
}

function regions(page: Page): Locator {
  return page.getByRole("table", { name: "Regions" });
}

function current(page: Page): Locator {
  return regions(page).locator("tr[aria-current=true]");
}

/** Where the current region stands in the list, from 0. */
async function place(page: Page): Promise<number> {
  return Number(await current(page).getAttribute("aria-rowindex")) - 2;
}

async function regionCount(page: Page): Promise<number> {
  return Number(await regions(page).getAttribute("aria-rowcount")) - 1;
}

async function select(page: Page, name: string): Promise<void> {
  await regions(page).getByRole("rowheader", { name, exact: true }).click();
  await page.mouse.move(2, 2);
  await idle(page);
}

function shown(page: Page, name: string): Locator {
  return regions(page).getByRole("checkbox", { name: `Show ${name}`, exact: true });
}

async function showAll(page: Page): Promise<void> {
  await page.getByRole("button", { name: /^Show all/ }).click();
  await idle(page);
}

async function undo(page: Page): Promise<void> {
  await page.getByRole("button", { name: /^Undo: / }).click();
  await idle(page);
}

async function gridRows(page: Page): Promise<string[]> {
  return grid(page).locator(".row-head b").allTextContents();
}

function component(page: Page): Locator {
  return page.getByRole("region", { name: "Component", exact: true });
}

/** Which of the sacrum's four components is gone to, another than before. */
async function nthComponent(page: Page, before?: number): Promise<number> {
  if (before === undefined) {
    await noComponent(page);
    // The list has more lines than are in sight.
    const search = page.getByRole("searchbox", { name: "Search regions or labels" });
    await search.fill("sacrum");
    await select(page, "sacrum");
    await search.fill("");
    await page.getByRole("button", { name: /^Next component \(/ }).click();
  }
  const nth = async () =>
    Number(/sacrum, component (\d) of 4/.exec((await component(page).textContent()) ?? "")?.[1] ?? before);
  await expect(component(page)).toContainText("sacrum, component");
  await expect.poll(nth).not.toBe(before);
  return nth();
}

/** Of the abdomen case. */
const VANISHING = 10;

/** Which of all components that vanish is gone to, from 1. */
async function nthVanishing(page: Page): Promise<number> {
  const text = (await component(page).textContent()) ?? "";
  return Number(new RegExp(`scale \\d(\\d+) of ${VANISHING} that vanish`).exec(text)?.[1] ?? Number.NaN);
}

async function noComponent(page: Page): Promise<void> {
  const close = page.getByRole("button", { name: "Close the line about the component" });
  if (await close.isVisible()) await close.click();
  await expect(component(page)).toHaveCount(0);
}

function patchNote(page: Page): Locator {
  return page.getByRole("note").filter({ hasText: "training patch" });
}
