/** Tests what undo means in text fields: the field's own undo until an edit is made, then the edit's. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { file, goto, idle, openFiles, openSample, SAMPLES, settledUrl } from "./support/app.ts";
import { expect, type Locator, type Page, test } from "./support/test.ts";

const ORIGINAL = readFileSync(join(SAMPLES, "Dataset901_AbdomenRegions", "dataset.json"), "utf8");

const undo = (page: Page) => page.getByRole("button", { name: /^Undo/ });
const search = (page: Page) => page.getByRole("searchbox", { name: /Search regions/ });
const finding = (page: Page, code: string) =>
  page.getByRole("list", { name: "Findings" }).getByRole("listitem").filter({ hasText: code });
const definitionText = (page: Page) => page.evaluate(() => window.regionscope?.definitionText());

/** Types with the keyboard, since `fill` leaves no typing history. */
async function retype(page: Page, field: Locator, text: string): Promise<void> {
  await field.focus();
  await page.keyboard.press("Control+a");
  await page.keyboard.type(text);
}

async function press(page: Page, keys: string): Promise<void> {
  await page.keyboard.press(keys);
  await idle(page);
}

/** True if no field has the focus, so that keys are the page's. */
function hasKeys(page: Page): Promise<boolean> {
  return page.evaluate(() => document.activeElement === document.body);
}

/** Searches for a region, which leaves a typing history in another field, then selects it. */
async function select(page: Page, name: string): Promise<void> {
  await retype(page, search(page), name);
  await page.getByRole("rowheader", { name, exact: true }).click();
  await expect(page.getByRole("region", { name: `Region ${name}`, exact: true })).toBeVisible();
}

test("in a field of the definition, undo affects typed text until an edit is made, and then the edit", async ({
  page,
}) => {
  await goto(page);
  // Opens the definition alone: the fields are the same, and nothing needs drawing.
  await openFiles(page, [file("dataset.json", ORIGINAL)]);
  for (const [what, region, label, before, after] of [
    ["the value a region writes", "spine", "Output label of spine", "15", "16"],
    ["a region's name", "spleen", "Region name", "spleen", "lien"],
  ] as const) {
    await test.step(`after Enter, undo and redo affect the edit: ${what}`, async () => {
      await select(page, region);
      const field = page.getByLabel(label);
      await retype(page, field, after);
      // Enter that ends the composition of a word is text.
      await field.dispatchEvent("keydown", { key: "Enter", isComposing: true });
      await expect(field).toBeFocused();
      expect(await definitionText(page)).toBe(ORIGINAL);
      await press(page, "Enter");
      expect(await hasKeys(page)).toBe(true);
      await expect(undo(page)).toBeEnabled();
      const edited = await definitionText(page);
      expect(edited).not.toBe(ORIGINAL);

      // Enter has left the field; in the field again, undo and redo mean the same.
      for (const [redo, inField] of [
        ["Control+Shift+z", false],
        ["Control+y", true],
      ] as const) {
        if (inField) await field.focus();
        // Undo more often than there are edits: text typed elsewhere and the focus must stay.
        for (let i = 0; i < 3; i++) {
          await press(page, "Control+z");
          expect(await definitionText(page)).toBe(ORIGINAL);
          await expect(field).toHaveValue(before);
        }
        await expect(search(page)).toHaveValue(region);
        if (inField) await expect(field).toBeFocused();
        else expect(await hasKeys(page)).toBe(true);
        await expect(undo(page)).toBeDisabled();
        await press(page, redo);
        expect(await definitionText(page)).toBe(edited);
        await expect(field).toHaveValue(after);
      }

      // Leaving the field commits nothing, since nothing was typed after the undo.
      await press(page, "Control+z");
      await field.blur();
      await idle(page);
      expect(await definitionText(page)).toBe(ORIGINAL);
      await expect(page.getByText("unsaved")).toHaveCount(0);
    });
  }

  await test.step("before Enter, undo affects the typed text, back to the last edit and no further", async () => {
    await select(page, "spine");
    const field = page.getByLabel("Output label of spine");
    await retype(page, field, "16");
    await press(page, "Enter");
    await expect(finding(page, "round-trip").first()).toBeVisible();
    await field.focus();
    await page.keyboard.press("End");
    await page.keyboard.type("7");
    await expect(field).toHaveValue("167");
    await press(page, "Control+z");
    await expect(field).toHaveValue("16");
    await press(page, "Control+y");
    await expect(field).toHaveValue("167");
    await press(page, "Control+z");
    await expect(field).toHaveValue("16");
    await expect(undo(page)).toBeEnabled();
    await press(page, "Control+z");
    await expect(field).toHaveValue("15");
    await expect(undo(page)).toBeDisabled();
    expect(await definitionText(page)).toBe(ORIGINAL);
  });

  await test.step("a field that was left with typed text passes undo to the page when it gets the focus again", async () => {
    await select(page, "spine");
    const field = page.getByLabel("Output label of spine");
    await retype(page, field, "16");
    await page.keyboard.press("Tab");
    await idle(page);
    await expect(undo(page)).toBeEnabled();
    await field.focus();
    await press(page, "Control+z");
    await expect(field).toHaveValue("15");
    await page.keyboard.press("Tab");
    await idle(page);
    expect(await definitionText(page)).toBe(ORIGINAL);
  });

  await test.step("undo removes a label that was added by its number", async () => {
    await select(page, "spleen");
    const field = page.getByRole("combobox", { name: "Add label to spleen" });
    await field.focus();
    await page.keyboard.type("12");
    await page.keyboard.press("Control+z");
    await expect(field).toHaveValue("");
    await page.keyboard.type("12");
    await press(page, "Enter");
    await expect(undo(page)).toBeEnabled();
    await expect(field).toHaveValue("");
    await press(page, "Control+z");
    expect(await definitionText(page)).toBe(ORIGINAL);
    await expect(field).toHaveValue("");
    await expect(search(page)).toHaveValue("spleen");
  });

  await test.step("the ignore label", async () => {
    await page.getByRole("button", { name: "dataset.json", exact: true }).click();
    const field = page.getByRole("textbox", { name: "Ignore label" });
    await retype(page, field, "26");
    await press(page, "Enter");
    await expect(undo(page)).toBeEnabled();
    await press(page, "Control+z");
    await expect(field).toHaveValue("");
    expect(await definitionText(page)).toBe(ORIGINAL);
  });
});

test("a number outside the definition keeps the value that took effect, and undo in it takes back no edit", async ({
  page,
}) => {
  await openSample(page, "abdomen-regions");
  await select(page, "spine");
  await press(page, "Alt+ArrowDown");
  const edited = await definitionText(page);
  expect(edited).not.toBe(ORIGINAL);
  await page.keyboard.press("v");
  await page.keyboard.press("l");
  await idle(page);
  const field = page.getByLabel("Patch size, axis 0");
  const before = await field.inputValue();
  await retype(page, field, "64");
  await press(page, "Enter");
  await field.focus();
  await press(page, "Control+z");
  // A text undo would show the old number beside a patch of 64, and commit it when the field loses focus.
  await expect(field).toHaveValue("64");
  await field.blur();
  await idle(page);
  await expect(field).toHaveValue("64");
  expect(before).not.toBe("64");
  await field.focus();
  for (const keys of ["Control+z", "Control+y"]) {
    await press(page, keys);
    expect(await definitionText(page), keys).toBe(edited);
  }
  await expect(field).toHaveValue("64");
});

test("after Enter the next keys are shortcuts, not another edit", { tag: "@quick" }, async ({ page }) => {
  await openSample(page, "abdomen-regions");
  await page.getByRole("rowheader", { name: "spleen", exact: true }).click();
  const voxel = async () => (await settledUrl(page)).searchParams.get("voxel");
  for (const [what, field, text] of [
    ["the name", page.getByLabel("Region name"), "lien"],
    ["the output label", page.getByLabel("Output label of lien"), "30"],
    ["a label to add", page.getByRole("combobox", { name: "Add label to lien" }), "12"],
    ["the search", page.getByRole("searchbox", { name: "Search regions or labels" }), "lien"],
  ] as const) {
    await test.step(what, async () => {
      await retype(page, field, text);
      await press(page, "Enter");
      const edited = await definitionText(page);
      const [value, at] = [await field.inputValue(), await voxel()];
      await press(page, "]");
      await press(page, "4");
      await expect(page.getByRole("radio", { name: "Planes" })).toBeChecked();
      expect(await voxel()).not.toBe(at);
      await press(page, "g");
      await page.locator("canvas.grid-canvas").click({ position: { x: 60, y: 60 } });
      await idle(page);
      expect(await definitionText(page)).toBe(edited);
      await page.getByRole("rowheader", { name: "lien", exact: true }).click();
      await expect(field).toHaveValue(value);
    });
  }
  await test.step("and undo takes back each edit", async () => {
    for (let i = 0; i < 3; i++) await press(page, "Control+z");
    expect(await definitionText(page)).toBe(ORIGINAL);
    await expect(undo(page)).toBeDisabled();
  });
});
