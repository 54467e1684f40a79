/** Whatever can be used is reached by Tab, or by arrows from what is, and shows that it has the focus. */
import { goto, idle, openSample } from "./support/app.ts";
import { choose } from "./support/keys/on-page.ts";
import { select } from "./support/regions.ts";
import { expect, type Page, test } from "./support/test.ts";

/** More than any place has; a focus that never comes round ends there. */
const MAX_STOPS = 400;

test("welcome page: all of it by keyboard, the focus seen, in light and in dark", { tag: "@quick" }, async ({
  page,
}) => {
  await goto(page);
  await expectAllByKeyboard(page);
});

test("every view: all of it by keyboard, the focus seen, in light and in dark", { tag: "@quick" }, async ({
  page,
}) => {
  await openSample(page, "abdomen-regions&view=planes");
  for (const view of ["Planes", "Lightbox", "Compare", "Round trip", "Relations", "Survival"])
    await test.step(view, async () => {
      await choose(page, "View", view);
      await expectAllByKeyboard(page);
    });
  await test.step("Grid, one region", async () => {
    await choose(page, "View", "Grid");
    await select(page, "pancreas");
    await expectAllByKeyboard(page);
  });
});

async function expectAllByKeyboard(page: Page): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await expect(page.locator("html")).toHaveAttribute("data-theme", colorScheme);
    await forget(page);
    const { stops, unseen } = await tabThrough(page);
    expect(stops, `stops, ${colorScheme}`).toBeGreaterThan(5);
    expect(stops, `stops, ${colorScheme}`).toBeLessThan(MAX_STOPS);
    expect(unseen, `have the focus and do not show it, ${colorScheme}`).toEqual([]);
    expect(await unreached(page), `are never reached, ${colorScheme}`).toEqual([]);
  }
}

/** As after opening: nothing has the focus, and nothing had it. */
async function forget(page: Page): Promise<void> {
  await page.evaluate(() => {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    for (const element of document.querySelectorAll<HTMLElement>("[data-reached]"))
      delete element.dataset.reached;
  });
}

/** Tabs until the focus comes round, and marks what had it. */
async function tabThrough(page: Page): Promise<{ stops: number; unseen: string[] }> {
  const unseen: string[] = [];
  let stops = 0;
  while (stops < MAX_STOPS) {
    await page.keyboard.press("Tab");
    const stop = await page.evaluate(() => {
      const focused = document.activeElement;
      if (!(focused instanceof HTMLElement) || focused === document.body) return "none";
      if (focused.dataset.reached) return "again";
      focused.dataset.reached = "true";
      // A ring may be drawn around what holds the element: a label, a search field, a list.
      for (let shown: Element | null = focused, up = 0; shown && up < 4; shown = shown.parentElement, up++) {
        const { outlineStyle, outlineWidth } = getComputedStyle(shown);
        if (outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 1) return "seen";
      }
      return focused.outerHTML.slice(0, 160);
    });
    if (stop === "again") break;
    // Beyond the last element the focus leaves the page, and comes back to its first.
    if (stop === "none") continue;
    stops++;
    if (stop !== "seen") unseen.push(stop);
  }
  await idle(page);
  return { stops, unseen };
}

/** Elements to be used that had no focus, and that no element which had it reaches by arrow keys. */
function unreached(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    // Fields for files are opened by the buttons of their names.
    const USED = 'button, a[href], input:not([type="file"]), select, textarea, summary, [tabindex="0"]';
    // One stop each: arrows move within them, as the specs of keys press them.
    const COMPOSITES = '[role="application"], [role="grid"], [role="treegrid"], table, ol, ul';
    const isShown = (element: HTMLElement) =>
      element.checkVisibility({ visibilityProperty: true }) &&
      !element.closest('[inert], [aria-hidden="true"]');
    const wasReached = (element: Element | null | undefined) =>
      element instanceof HTMLElement &&
      (element.dataset.reached !== undefined || element.querySelector("[data-reached]") !== null);
    const byArrows = (element: HTMLElement) =>
      element instanceof HTMLInputElement && element.type === "radio"
        ? document.querySelector(`input[name="${CSS.escape(element.name)}"][data-reached]`) !== null
        : element.tabIndex < 0 &&
          ([...(element.parentElement?.children ?? [])].some((sibling) => wasReached(sibling)) ||
            wasReached(element.parentElement?.closest(COMPOSITES)));
    return [...document.querySelectorAll<HTMLElement>(USED)]
      .filter((element) => isShown(element) && !element.matches(":disabled"))
      .filter((element) => element.dataset.reached === undefined && !byArrows(element))
      .map((element) => element.outerHTML.slice(0, 200));
  });
}
