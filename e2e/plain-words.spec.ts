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
    await page.getByRole("table", { name: "Regions" }).focus();
    await page.keyboard.press("Delete");
    await expect(note).toHaveText(/^Del\w* needs a selected region: click its row, or press J\.$/);
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

  await test.step("signs have words beside them", async () => {
    await expect(page.getByText("Gone in % of patches")).toBeVisible();
    const probe = page.getByRole("region", { name: "Probe" });
    await page.locator("canvas.grid-canvas").hover({ position: { x: 260, y: 60 } });
    await expect(probe).toContainText("in");
    await expect(page.getByText(/^Targets verified: all voxels equal/)).toBeAttached();
    await page.keyboard.press("?");
    const sheet = page.getByRole("dialog", { name: /shortcuts, and signs/ });
    await expect(sheet.getByRole("heading", { name: "Signs", exact: true })).toBeVisible();
    await expect(sheet).toContainText("In the header: targets verified");
    await page.keyboard.press("Escape");
    // The dialog keeps keys until it is gone.
    await expect(sheet).toHaveCount(0);
    await page.keyboard.press("t");
    await expect(
      page.getByRole("columnheader", { name: "Written by, in this order → as label" }),
    ).toBeVisible();
    await page.keyboard.press("g");
    await idle(page);
  });

  await test.step("there are at most five font sizes, of 12 px or more", async () => {
    const sizes = await page.evaluate(() => {
      const texts = [...document.querySelectorAll("body *")].filter(
        (part) =>
          !part.closest("svg") &&
          [...part.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim()),
      );
      return texts.map((part) => ({
        px: Number.parseFloat(getComputedStyle(part).fontSize),
        what: `${part.tagName}.${part.className}: ${part.textContent.slice(0, 20)}`,
      }));
    });
    expect(sizes.filter(({ px }) => px < 12)).toEqual([]);
    expect(new Set(sizes.map(({ px }) => px)).size).toBeLessThanOrEqual(5);
  });

  await test.step("a double click selects no text, but in fields", async () => {
    const selection = () => page.evaluate(() => getSelection()?.toString() ?? "");
    const row = page.getByRole("table", { name: "Regions" }).getByRole("rowheader", { name: "spine" });
    for (const target of [
      page.getByRole("heading", { name: "Regions", exact: true }),
      row,
      page.locator(".column-head").first(),
      page.locator(".row-head").first(),
      page.getByRole("heading", { name: "Findings" }),
      page.locator(".probe-line .fact").filter({ hasText: "Label" }),
      page.locator(".probe-line .fact-image"),
    ]) {
      await target.dblclick();
      expect(await selection()).toBe("");
    }
    await idle(page);
    await row.click();
    await page.getByLabel("Region name").dblclick();
    expect(await selection()).toBe("spine");
    await page.keyboard.press("Escape");
  });

  await test.step("the outline of what has the focus is cut on no side", async () => {
    await page.locator(".brand").click();
    const cut: string[] = [];
    const seen = new Set<string>();
    for (let stop = 0; stop < 70; stop++) {
      await page.keyboard.press("Tab");
      const found = await page.evaluate(outlineOfFocus);
      if (!found) continue;
      seen.add(found.name);
      if (found.cutBy !== null) cut.push(`${found.name} by ${found.cutBy}`);
    }
    expect(seen.size).toBeGreaterThan(30);
    expect(cut).toEqual([]);
  });
});

/**
 * What would cut the outline of the focused element: an ancestor that clips, or the window. Runs in the page.
 */
function outlineOfFocus(): { readonly name: string; readonly cutBy: string | null } | null {
  const focused = document.activeElement;
  if (!(focused instanceof HTMLElement) || focused === document.body) return null;
  const style = getComputedStyle(focused);
  const name = `${focused.tagName}.${focused.className} ${focused.ariaLabel ?? focused.textContent.slice(0, 20)}`;
  // Drawn by another element: the table's scroller, or the label of a radio button.
  if (style.outlineStyle === "none" || focused.getBoundingClientRect().width < 3)
    return { name, cutBy: null };
  const width = Number.parseFloat(style.outlineWidth) + Number.parseFloat(style.outlineOffset);
  const own = focused.getBoundingClientRect();
  const isOutside = (left: number, top: number, right: number, bottom: number) =>
    own.left - width < left - 0.6 ||
    own.top - width < top - 0.6 ||
    own.right + width > right + 0.6 ||
    own.bottom + width > bottom + 0.6;
  if (isOutside(0, 0, innerWidth, innerHeight)) return { name, cutBy: "the window" };
  for (let part = focused.parentElement; part; part = part.parentElement) {
    if (getComputedStyle(part).overflow === "visible") continue;
    const box = part.getBoundingClientRect();
    const [left, top] = [box.left + part.clientLeft, box.top + part.clientTop];
    if (isOutside(left, top, left + part.clientWidth, top + part.clientHeight))
      return { name, cutBy: `${part.tagName}.${part.className}` };
  }
  return { name, cutBy: null };
}

test("several regions, and regions that cannot be seen, are not passed over in silence", async ({ page }) => {
  await openSample(page, "abdomen-regions");
  const note = page.getByRole("status", { name: "Key" });
  const rows = page.getByRole("table", { name: "Regions" });
  await rows.getByRole("rowheader", { name: "skeleton", exact: true }).click();
  await rows.getByRole("rowheader", { name: "sacrum", exact: true }).click({ modifiers: ["ControlOrMeta"] });
  await expect(page.getByText("2 regions are selected; these are the fields of sacrum alone.")).toBeVisible();
  await page.keyboard.press("e");
  await expect(note).toHaveText("E is for one region: click the row of the one you mean.");
  await expect(page.getByLabel("Region name")).not.toBeFocused();

  await rows.getByRole("rowheader", { name: "sacrum", exact: true }).click();
  await page.keyboard.press("s");
  await page.keyboard.press("4");
  await page.getByLabel("Legend and styles").click();
  const opacity = page.getByLabel("sacrum: opacity", { exact: true });
  await opacity.fill("0");
  await page.keyboard.press("Escape");
  await expect(note).toHaveText("sacrum has an opacity of 0, so no region is seen. The legend sets it.");
  await page.keyboard.press("s");
  await expect(note).toHaveText("");
});
