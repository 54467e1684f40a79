/** Checks that Tab, or arrow keys from a Tab stop, reach every control, and that each one shows its focus. */
import { goto, idle, openSample } from "./support/app.ts";
import { choose } from "./support/keys/on-page.ts";
import { select } from "./support/regions.ts";
import { expect, type Page, test } from "./support/test.ts";

/** More than any place has; stops the loop if the focus never comes round. */
const MAX_STOPS = 400;

test("welcome page: everything is reached by keyboard with a visible focus, in light and in dark", {
  tag: "@quick",
}, async ({ page }) => {
  await goto(page);
  await expectAllByKeyboard(page);
});

test("every view: everything is reached by keyboard with a visible focus, in light and in dark", {
  tag: "@quick",
}, async ({ page }) => {
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

/** Resets the focus to its state after opening: nothing has it, and nothing had it. */
async function forget(page: Page): Promise<void> {
  await page.evaluate(() => {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    for (const element of document.querySelectorAll<HTMLElement>("[data-reached]"))
      delete element.dataset.reached;
  });
}

/** Presses Tab until the focus comes round, and marks every element that had it. */
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
      // A focus ring may be drawn around a container: a label, a search field, a list.
      for (let shown: Element | null = focused, up = 0; shown && up < 4; shown = shown.parentElement, up++) {
        const { outlineStyle, outlineWidth } = getComputedStyle(shown);
        if (outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 1) return "seen";
      }
      return focused.outerHTML.slice(0, 160);
    });
    if (stop === "again") break;
    // After the last element the focus leaves the page, then returns to the first one.
    if (stop === "none") continue;
    stops++;
    if (stop !== "seen") unseen.push(stop);
  }
  await idle(page);
  return { stops, unseen };
}

/** Controls that neither had the focus nor can be reached by arrow keys from one that had. */
function unreached(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    // A visible button opens each file input.
    const USED = 'button, a[href], input:not([type="file"]), select, textarea, summary, [tabindex="0"]';
    // Each is one Tab stop with arrow keys inside, which the keyboard specs press.
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
