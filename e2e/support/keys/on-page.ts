/** Helpers that key checks share: they find things on the page or bring it into a state. */
import { expect, type Locator, type Page } from "@playwright/test";
import { KEYS } from "../../../src/ui/keys.ts";
import { grid, idle, probe, probedVoxel } from "../app.ts";

/** Presses the key under test while no control has the focus, and waits until everything is drawn. */
type Press = () => Promise<void>;
export type Check = (page: Page, press: Press) => Promise<void>;

/** Turns a key of the table into the form that Playwright presses. */
export function pressable(key: string): string {
  return key.replace("$mod", "ControlOrMeta");
}

/**
 * Presses a key of the table. Playwright has a US keyboard only, where Shift makes another character of a
 * slash; there it is pressed as on a German one.
 */
export async function pressKey(page: Page, key: string): Promise<void> {
  if (key !== "Shift+/") return page.keyboard.press(pressable(key));
  const session = await page.context().newCDPSession(page);
  const slash = { key: "/", code: "Digit7", modifiers: 8, windowsVirtualKeyCode: 55 };
  await session.send("Input.dispatchKeyEvent", { type: "keyDown", text: "/", ...slash });
  await session.send("Input.dispatchKeyEvent", { type: "keyUp", ...slash });
  await session.detach();
}

/** Moves the crosshair by `voxels`, in the direction of these signs of R, A, S. */
export function moves(voxels: number, ras: readonly number[]): Check {
  return async (page, press) => {
    const [from, fromMm] = [await probedVoxel(page), await probedMm(page)];
    await press();
    const [to, toMm] = [await probedVoxel(page), await probedMm(page)];
    expect(to.reduce((sum, n, axis) => sum + Math.abs(n - (from[axis] ?? 0)), 0)).toBe(voxels);
    expect(toMm.map((mm, axis) => Math.sign(mm - (fromMm[axis] ?? 0)))).toEqual(ras);
  };
}

/**
 * Chooses one of several exclusive options, starting from another. @param inAddress the view's name in the
 * address
 */
export function chooses(group: "Plane" | "View", name: string, from: string, inAddress?: string): Check {
  return async (page, press) => {
    await choose(page, group, from);
    await press();
    await expect(choice(page, group, name)).toBeChecked();
    if (group === "Plane") {
      await expectParameter(page, "plane", name.toLowerCase());
      await choose(page, "Plane", "Coronal");
    } else await expectParameter(page, "view", name === "Grid" ? null : inAddress);
  };
}

interface Scrolled {
  readonly top: number;
  /** Visible height in px. */
  readonly page: number;
  /** The largest scroll position. */
  readonly last: number;
}

/** Scrolls the grid's rows, starting at `fromTop`. @param compared actual and expected value */
export function scrolls(fromTop: number, compared: (now: Scrolled) => readonly [number, number]): Check {
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

export function movesRegion(to: (from: number, count: number) => number): Check {
  return async (page, press) => {
    await select(page, "spine");
    const [from, count] = [await place(page), await regionCount(page)];
    // Starts from the second place, so that moving to the first is a change.
    await page.keyboard.press(pressable(KEYS["move-down"][0] ?? ""));
    await expect.poll(() => place(page)).toBe(from + 1);
    await press();
    await expect.poll(() => place(page)).toBe(to(from + 1, count));
    await expect(current(page)).toHaveAccessibleName(/spine/);
    await undo(page);
    await undo(page);
  };
}

export function opens(webkitdirectory: string | null): Check {
  return async (page, press) => {
    const [chooser] = await Promise.all([page.waitForEvent("filechooser"), press()]);
    expect(await chooser.element().getAttribute("webkitdirectory")).toBe(webkitdirectory);
    if (webkitdirectory === null) expect(chooser.isMultiple()).toBe(true);
  };
}

export function choice(page: Page, group: string, name: string): Locator {
  return page.getByRole("radiogroup", { name: group, exact: true }).getByRole("radio", { name, exact: true });
}

export async function choose(page: Page, group: string, name: string): Promise<void> {
  await choice(page, group, name).click();
  await idle(page);
  await expect(choice(page, group, name)).toBeChecked();
}

function parameter(page: Page, name: string): string | null {
  return new URL(page.url()).searchParams.get(name);
}

/** Waits for the address, which updates a little later. */
async function expectParameter(page: Page, name: string, value: string | null | undefined): Promise<void> {
  await expect(page, `${name}=${value}`).toHaveURL(({ searchParams }) => searchParams.get(name) === value);
}

export function zoom(page: Page): number {
  return Number(parameter(page, "zoom") ?? 1);
}

/** Zooms in with the wheel and returns the new zoom. */
export async function zoomed(page: Page): Promise<number> {
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

function sliceField(page: Page): Locator {
  return page.getByRole("toolbar", { name: "View" }).getByRole("textbox", { name: "Slice" });
}

export async function slice(page: Page): Promise<number> {
  return Number(await sliceField(page).inputValue());
}

/** Goes to an axial slice at one end, neither of which has kidneys. */
export async function toSlice(page: Page, end: "first" | "last"): Promise<void> {
  await choose(page, "Plane", "Axial");
  await sliceField(page).fill(end === "first" ? "0" : "111");
  await page.keyboard.press("Enter");
  await idle(page);
}

function regions(page: Page): Locator {
  return page.getByRole("table", { name: "Regions" });
}

export function current(page: Page): Locator {
  return regions(page).locator("tr[aria-current=true]");
}

/** Position of the current region in the list, from 0. */
export async function place(page: Page): Promise<number> {
  return Number(await current(page).getAttribute("aria-rowindex")) - 2;
}

export async function regionCount(page: Page): Promise<number> {
  return Number(await regions(page).getAttribute("aria-rowcount")) - 1;
}

export async function select(page: Page, name: string): Promise<void> {
  await regions(page).getByRole("rowheader", { name, exact: true }).click();
  await page.mouse.move(2, 2);
  await idle(page);
}

export function shown(page: Page, name: string): Locator {
  return regions(page).getByRole("checkbox", { name: `Show ${name}`, exact: true });
}

export async function showAll(page: Page): Promise<void> {
  await page.getByRole("button", { name: /^Show all/ }).click();
  await idle(page);
}

export async function undo(page: Page): Promise<void> {
  await page.getByRole("button", { name: /^Undo: / }).click();
  await idle(page);
}

export async function gridRows(page: Page): Promise<string[]> {
  return grid(page).locator(".row-head b").allTextContents();
}

export function component(page: Page): Locator {
  return page.getByRole("region", { name: "Component", exact: true });
}

/** Which of the sacrum's four components is open; waits until it differs from `before`. */
export async function nthComponent(page: Page, before?: number): Promise<number> {
  if (before === undefined) {
    await noComponent(page);
    // The list has more rows than fit into view.
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

/** Number of components of the abdomen case with no voxel at a scale used in the loss. */
export const VANISHING = 10;

/** Which of these components is open, from 1. */
export async function nthVanishing(page: Page): Promise<number> {
  const text = (await component(page).textContent()) ?? "";
  return Number(new RegExp(`whole case(\\d+) of ${VANISHING} with no voxel`).exec(text)?.[1] ?? Number.NaN);
}

export async function noComponent(page: Page): Promise<void> {
  const close = page.getByRole("button", { name: "Close component details" });
  if (await close.isVisible()) await close.click();
  await expect(component(page)).toHaveCount(0);
}

export function patchNote(page: Page): Locator {
  return page.getByRole("note").filter({ hasText: "training patch" });
}
