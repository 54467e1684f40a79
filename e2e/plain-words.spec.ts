/** What the page says in words: findings, keys without a selection, and refused files. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { file, idle, openFiles, openSample, problem, resize, SAMPLES } from "./support/app.ts";
import { expect, type Locator, type Page, test } from "./support/test.ts";

const ORIGINAL = readFileSync(join(SAMPLES, "Dataset901_AbdomenRegions/dataset.json"), "utf8");

/** Orders of 15 and 16 swapped, and four other faults, one of which is a label in quotation marks. */
const FAULTY = faulty(ORIGINAL);

function faulty(text: string): string {
  const definition = JSON.parse(text) as {
    labels: Record<string, unknown>;
    regions_class_order: number[];
  };
  const { background: _, ...labels } = definition.labels;
  const swapped = new Map([
    [15, 16],
    [16, 15],
  ]);
  return JSON.stringify({
    ...definition,
    labels: { ...labels, nothing: [], heart: "24", "kidneys too": [2, 3] },
    regions_class_order: [
      ...definition.regions_class_order.map((value) => swapped.get(value) ?? value),
      2,
      24,
      2,
    ],
  });
}

const findings = (page: Page) => page.getByRole("list", { name: "Findings" }).getByRole("listitem");
const scroller = (page: Page) => page.locator(".findings-scroller");

/** Whether all of an element lies within another. */
async function isWithin(inner: Locator, outer: Locator): Promise<boolean> {
  const [a, b] = [await inner.boundingBox(), await outer.boundingBox()];
  if (!a || !b) throw new Error("not on the page");
  return a.y >= b.y && a.y + a.height <= b.y + b.height + 1;
}

test("findings, keys and refused files are put in plain words", { tag: "@quick" }, async ({ page }) => {
  await openSample(page, "abdomen-regions");

  await test.step("keys that need a selected region say so, and the next keys change nothing", async () => {
    const note = page.getByRole("status", { name: "Key" });
    const selected = page.locator(".region-row[aria-selected=true]");
    for (const [key, printed] of [
      ["e", "E"],
      ["s", "S"],
      ["h", "H"],
      ["c", "C"],
      ["p", "P"],
      ["Alt+ArrowDown", "Alt ↓"],
    ] as const) {
      await page.keyboard.press(key);
      await expect(note).toHaveText(`${printed} needs a selected region: click its row, or press J.`);
    }
    await page.keyboard.press("e");
    await page.keyboard.type("sh");
    await expect(page.getByLabel("Region name")).toHaveCount(0);
    await expect(selected).toHaveCount(0);
    await expect(page.getByText("unsaved")).toHaveCount(0);
    // With a region, the note goes, and the name keeps what it has.
    await page.keyboard.press("j");
    await expect(note).toHaveText("");
    await page.keyboard.press("e");
    const name = page.getByLabel("Region name");
    await expect(name).toBeFocused();
    await page.keyboard.type("s");
    await expect(name).toHaveValue("skeletons");
    await page.keyboard.press("Escape");
    await expect(name).toHaveValue("skeleton");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Escape");
  });

  await test.step("a finding has its title first, its code last, and all of its repair", async () => {
    await resize(page, { width: 1280, height: 720 });
    await openFiles(page, [file("dataset.json", FAULTY)]);
    await openFiles(page, [file("notes.nii.gz", "no volume")]);
    await expect(problem(page)).toContainText("Still shown: abdomen_001.");
    const first = findings(page).first();
    const repair = first.getByRole("button", { name: /^Apply repair/ });
    await expect(repair).toBeVisible();
    await expect(first.getByRole("button").first()).toHaveAccessibleName(
      "Error: No entry is named “background”",
    );
    expect(await first.locator("p").allTextContents()).toEqual([
      expect.stringContaining("nnU-Net stops because no entry"),
      "Error background-missing",
    ]);
    expect(await isWithin(repair, scroller(page))).toBe(true);
    for (const button of await page.getByRole("button", { name: /^Apply repair/ }).all())
      expect(await button.evaluate((part) => part.scrollHeight - part.clientHeight)).toBeLessThanOrEqual(1);
  });

  await test.step("the heading counts what lies below, and goes there", async () => {
    const count = await findings(page).count();
    expect(count).toBeGreaterThan(4);
    const below = page.getByRole("button", { name: /^\d+ more below$/ });
    const before = Number.parseInt((await below.textContent()) ?? "", 10);
    expect(before).toBeGreaterThan(1);
    expect(before).toBeLessThan(count);
    await below.click();
    const next = findings(page)
      .nth(count - before)
      .getByRole("button")
      .first();
    expect(await isWithin(next, scroller(page))).toBe(true);
    await next.hover();
    await page.mouse.wheel(0, 5000);
    await expect(below).toHaveCount(0);
  });

  await test.step("a click on a finding's message opens all of it, which can then be copied", async () => {
    const last = findings(page).last();
    const message = last.locator(".finding-message");
    await message.click();
    await expect(last.getByRole("button").first()).toHaveAttribute("aria-expanded", "true");
    expect(await message.evaluate((part) => part.scrollHeight - part.clientHeight)).toBeLessThanOrEqual(1);
    await message.dblclick();
    expect(await page.evaluate(() => getSelection()?.toString().trim())).toMatch(/\w/);
    await expect(last.getByRole("button").first()).toHaveAttribute("aria-expanded", "true");
  });

  await test.step("another case opened makes the message go", async () => {
    await openFiles(page, [file("dataset.json", ORIGINAL)]);
    await idle(page);
    await expect(page.getByText("Still shown")).toHaveCount(0);
  });
});
