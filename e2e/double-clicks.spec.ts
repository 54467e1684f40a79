/**
 * Nothing moves under the pointer between press and release or within a double click, and a double click
 * edits nothing.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { file, goto, idle, openFiles, resize, SAMPLES } from "./support/app.ts";
import { expect, type Locator, type Page, test } from "./support/test.ts";

const ORIGINAL = readFileSync(join(SAMPLES, "Dataset901_AbdomenRegions", "dataset.json"), "utf8");
/** A definition with several faults, each with a finding, some with a repair. */
const BROKEN = broken(ORIGINAL);

const SIZES = [
  { width: 1280, height: 720 },
  { width: 1440, height: 900 },
  { width: 1920, height: 1080 },
] as const;
const PLACES = 20;

const rows = (page: Page) => page.locator(".region-row");
const line = (page: Page, name: string) =>
  page.getByRole("row").filter({ has: page.getByRole("rowheader", { name, exact: true }) });
const undo = (page: Page) => page.getByRole("button", { name: /^Undo/ });
const definitionText = (page: Page) => page.evaluate(() => window.regionscope?.definitionText());

/** Opens the definition alone: the panel is the same, and nothing needs drawing. */
async function openDefinition(page: Page, text = ORIGINAL): Promise<void> {
  await goto(page);
  await openFiles(page, [file("dataset.json", text)]);
}

async function boxOf(place: Locator) {
  const box = await place.boundingBox();
  if (!box) throw new Error(`${place} is not on the page.`);
  return box;
}

/**
 * Clicks twice at one place. Uncounted clicks stand for slow ones, where only the layout prevents an
 * accidental edit.
 */
async function clickTwice(page: Page, x: number, y: number, counted: boolean): Promise<void> {
  if (counted) {
    await page.mouse.dblclick(x, y);
    return;
  }
  await page.mouse.click(x, y);
  await page.mouse.click(x, y);
}

test("double clicks on any row of the list edit nothing, at every size of the page", async ({ page }) => {
  test.slow();
  await openDefinition(page);
  const count = (await page.getByRole("table", { name: "Regions" }).getAttribute("aria-rowcount")) ?? "0";
  // Sends events without awaiting each: the browser handles them in order.
  const session = await page.context().newCDPSession(page);
  const send = (x: number, y: number, type: "mousePressed" | "mouseReleased", clickCount: number) =>
    session.send("Input.dispatchMouseEvent", { type, x, y, button: "left", clickCount });
  for (const size of SIZES) {
    await resize(page, size);
    for (let row = 0; row < Number(count) - 1; row++) {
      // With no region selected, the next click is the first to show one, at a different place on each row.
      await page.keyboard.press("Escape");
      const box = await bringIntoSight(page, row);
      const y = box.y + box.height / 2;
      const events = Array.from({ length: PLACES }, (_, i) => {
        const place = (row + i) % PLACES;
        const x = box.x + ((place + 0.5) / PLACES) * box.width;
        // Every fourth place gets two slow clicks, where only the layout prevents an accidental edit.
        const second = place % 4 === 0 ? 1 : 2;
        return [1, second].flatMap((n) => [send(x, y, "mousePressed", n), send(x, y, "mouseReleased", n)]);
      });
      await Promise.all(events.flat());
      expect(await definitionText(page), `line ${row} at ${size.width} x ${size.height}`).toBe(ORIGINAL);
    }
    await expect(undo(page)).toBeDisabled();
    await expect(page.getByText("unsaved")).toHaveCount(0);
  }
});

/** The box of a row of the list, after scrolling to it if necessary. */
async function bringIntoSight(page: Page, row: number) {
  await page.locator(".table-scroller").evaluate((scroller, top) => {
    scroller.scrollTop = top;
  }, row * 26);
  const place = page.locator(`.region-row[aria-rowindex="${row + 2}"]`);
  await place.waitFor();
  return boxOf(place);
}

test("pressing anything in the definition panel moves no part of it", async ({ page }) => {
  await openDefinition(page);
  await test.step("a click on a row, even a partly hidden one, moves neither rows nor other parts of the panel", async () => {
    for (const size of SIZES) {
      await page.keyboard.press("Escape");
      await resize(page, size);
      const tops = () =>
        page
          .locator(".region-row, .definition-bar, .region-card, .findings")
          .evaluateAll((parts) =>
            parts.map(
              (part) => `${part.ariaRowIndex ?? part.className} at ${part.getBoundingClientRect().top}`,
            ),
          );
      const before = await tops();
      const list = await boxOf(page.locator(".table-scroller"));
      // Clicks the visible part of the last row, then rows above it.
      for (const y of [list.y + list.height - 3, list.y + list.height - 30, list.y + 60]) {
        await page.mouse.click(list.x + 100, y);
        expect(await tops(), `at ${size.width} x ${size.height}`).toEqual(before);
      }
      await expect(page.getByRole("region", { name: /^Region / })).toBeVisible();
    }
    // Selecting by key scrolls the row into view.
    await page.keyboard.press("Escape");
    for (let i = 0; i < 25; i++) await page.keyboard.press("j");
    const last = await boxOf(rows(page).last());
    const list = await boxOf(page.locator(".table-scroller"));
    expect(last.y + last.height).toBeLessThanOrEqual(list.y + list.height + 1);
  });

  await test.step("a double click takes one label out, one region, adds one, and opens one menu", async () => {
    await resize(page, SIZES[1]);
    await bringIntoSight(page, 0);
    await line(page, "skeleton").getByRole("rowheader").click();
    for (const button of [
      page.getByRole("button", { name: "Remove label 14 from skeleton" }),
      page.getByRole("button", { name: "Remove skeleton" }),
      page.getByRole("button", { name: /^Add region/ }),
    ]) {
      await button.dblclick();
      await expect(undo(page)).toBeEnabled();
      await page.keyboard.press("Control+z");
      expect(await definitionText(page)).toBe(ORIGINAL);
      await expect(undo(page)).toBeDisabled();
      await line(page, "skeleton").getByRole("rowheader").click();
    }
    for (const name of ["dataset.json", "Compare with…", "Show region details"]) {
      // Uses the mouse directly: whatever the first click opens may cover the button by the second.
      const box = await page.getByRole("button", { name, exact: true }).boundingBox();
      if (!box) throw new Error(`${name} is not on the page.`);
      await page.mouse.dblclick(box.x + box.width / 2, box.y + box.height / 2);
      // A menu ignores keys while it is opening.
      await expect(async () => {
        await page.keyboard.press("Escape");
        await expect(page.locator(".popup")).toHaveCount(0, { timeout: 1000 });
      }).toPass();
      expect(await definitionText(page), name).toBe(ORIGINAL);
    }
  });

  await test.step("typed text takes effect when a press elsewhere is released, so the pressed row stays in place", async () => {
    await page.getByRole("combobox", { name: "Sort regions" }).selectOption({ label: "By name" });
    await rows(page).nth(3).click();
    const name = await page.getByLabel("Region name").inputValue();
    const pressed = await rows(page).nth(1).getByRole("rowheader").textContent();
    await page.getByLabel("Region name").fill("AAA");
    const box = await boxOf(rows(page).nth(1));
    await page.mouse.move(box.x + 100, box.y + 10);
    await page.mouse.down();
    await expect(page.getByLabel("Region name")).not.toBeFocused();
    // The new name would sort first and push the pressed row down by one.
    expect(await boxOf(rows(page).filter({ hasText: pressed ?? "" }))).toEqual(box);
    await page.mouse.up();
    await expect(page.getByRole("region", { name: `Region ${pressed}`, exact: true })).toBeVisible();
    await expect(undo(page)).toHaveAccessibleName(`Undo: rename ${name} to AAA`);
    await undo(page).click();
    await page.getByRole("combobox", { name: "Sort regions" }).selectOption({ index: 0 });
  });

  await test.step("a refusal caused by a press elsewhere moves nothing, and the press still takes effect", async () => {
    await line(page, "skeleton").getByRole("rowheader").click();
    const chips = page.getByRole("list", { name: "Labels of skeleton" });
    const before = await boxOf(chips);
    await page.getByLabel("Output label of skeleton").fill("many");
    await page.getByRole("button", { name: "Remove label 18 from skeleton" }).click();
    await expect(page.getByRole("alert")).toHaveText("Enter a whole number from 0 to 65535.");
    await expect(chips.getByRole("listitem")).toHaveCount(4);
    expect(await boxOf(chips)).toEqual(before);
    // In a low window, no label stays under it either.
    await resize(page, SIZES[0]);
    await chips.evaluate((list) => list.scrollTo(0, list.scrollHeight));
    const [last, refusal] = [
      await boxOf(chips.getByRole("listitem").last()),
      await boxOf(page.getByRole("alert")),
    ];
    expect(last.y + last.height).toBeLessThanOrEqual(refusal.y);
  });
});

test("findings do not change the panel's height, and a double click repairs nothing", async ({ page }) => {
  await openDefinition(page);
  await test.step("the selection does not change the editor's height, nor findings the list's", async () => {
    const heights = () =>
      page
        .locator(".regions, .region-card, .findings")
        .evaluateAll((parts) => parts.map((part) => part.getBoundingClientRect().height));
    const before = await heights();
    for (const name of ["skeleton", "spine", "sacrum"]) {
      await line(page, name).getByRole("rowheader").click();
      expect(await heights()).toEqual(before);
    }
    await openFiles(page, [file("dataset.json", BROKEN)]);
    expect(await heights()).toEqual(before);
  });

  await test.step("a double click on a finding opens only that finding and repairs nothing", async () => {
    const items = page.getByRole("list", { name: "Findings" }).locator(".finding");
    await expect(page.getByRole("button", { name: /^Apply repair/ }).first()).toBeVisible();
    const count = await items.count();
    expect(count).toBeGreaterThan(4);
    for (const opensFirst of [false, true]) {
      for (let at = 0; at < count; at++) {
        // An open finding above must not collapse under the pointer.
        if (opensFirst && at > 0) await items.nth(at - 1).click();
        for (const share of [0.1, 0.9]) {
          for (const counted of [true, false]) {
            await items.nth(at).scrollIntoViewIfNeeded();
            const box = await boxOf(items.nth(at));
            const states = () => items.evaluateAll((all) => all.map((item) => item.ariaExpanded));
            const before = await states();
            await clickTwice(page, box.x + box.width / 2, box.y + box.height * share, counted);
            expect(await states()).toEqual(before);
          }
        }
      }
    }
    expect(await definitionText(page)).toBe(BROKEN);
  });
});

test("a double click on a repair applies only that repair", { tag: "@quick" }, async ({ page }) => {
  await openDefinition(page, BROKEN);
  const repairs = page.getByRole("button", { name: /^Apply repair/ });
  await expect(repairs.nth(1)).toBeVisible();
  await repairs.first().dblclick();
  await idle(page);
  await expect(undo(page)).toBeEnabled();
  await page.keyboard.press("Control+z");
  expect(await definitionText(page)).toBe(BROKEN);
});

function broken(text: string): string {
  const definition: unknown = JSON.parse(text);
  if (!isDefinition(definition)) throw new Error("The sample is no definition.");
  const { labels, regions_class_order: order } = definition;
  const swaps: ReadonlyMap<number, number> = new Map([
    [15, 16],
    [16, 15],
    [10, 11],
    [11, 10],
  ]);
  const { background: _, ...regions } = labels;
  return JSON.stringify(
    {
      ...definition,
      labels: { ...regions, "kidneys too": [2, 3], nothing: [], heart: "24" },
      regions_class_order: [...order.map((value) => swaps.get(value) ?? value), 2, 1, [24]],
    },
    null,
    4,
  );
}

function isDefinition(value: unknown): value is {
  readonly labels: Readonly<Record<string, unknown>>;
  readonly regions_class_order: readonly number[];
} {
  return typeof value === "object" && value !== null && "labels" in value && "regions_class_order" in value;
}
