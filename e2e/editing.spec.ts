/** Tests the editor of a definition: saving, breaking, repairing, moving rows and comparing versions. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { regionSetFromDefinition } from "../src/domain/dataset/region-set.ts";
import { parseDataset } from "../src/formats/dataset/dataset.ts";
import { writeNifti } from "../src/formats/testing/write-nifti.ts";
import {
  file,
  goto,
  idle,
  openFiles,
  openSample,
  probe,
  probedVoxel,
  SAMPLES,
  sampleFiles,
} from "./support/app.ts";
import { canvasPixels, pixelAt } from "./support/pixels.ts";
import { line, regions, select } from "./support/regions.ts";
import { expect, type Locator, type Page, test } from "./support/test.ts";

const ORIGINAL = readFileSync(join(SAMPLES, "Dataset901_AbdomenRegions", "dataset.json"), "utf8");

const findings = (page: Page) => page.getByRole("list", { name: "Findings" });
const undo = (page: Page) => page.getByRole("button", { name: /^Undo/ });

/** Types into a field of the editor and commits. */
async function commit(page: Page, field: Locator, text: string): Promise<void> {
  await field.fill(text);
  await field.press("Enter");
  await idle(page);
}

async function repair(page: Page, code: string): Promise<void> {
  await finding(page, code)
    .first()
    .getByRole("button", { name: /^Apply repair/ })
    .click();
  await idle(page);
  await expect(finding(page, code)).toHaveCount(0);
}

const finding = (page: Page, code: string) => findings(page).getByRole("listitem").filter({ hasText: code });

async function save(page: Page): Promise<string> {
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save dataset.json" }).click();
  return readFileSync(await (await download).path(), "utf8");
}

/** Expects that the saved definition keeps all regions, and that the page agrees when it opens it again. */
async function expectSameRegions(page: Page, text: string): Promise<void> {
  const regionsOf = (json: string) => regionSetFromDefinition(parseDataset(json, "dataset.json"));
  expect(regionsOf(text)).toEqual(regionsOf(ORIGINAL));
  await openFiles(page, [file("dataset.json", text)]);
  await expect(regions(page)).toHaveAttribute("aria-rowcount", "26");
  // The list may be scrolled to the last edit, and it holds only the rows in view.
  await page.getByRole("searchbox", { name: /Search regions/ }).fill("skeleton");
  await expect(line(page, "skeleton")).toContainText("60,703");
  await page.getByRole("searchbox", { name: /Search regions/ }).fill("");
  await expect(findings(page).getByRole("listitem").filter({ hasText: "Error" })).toHaveCount(0);
}

test("a definition is saved unchanged, edited by keyboard alone, broken and repaired", {
  tag: "@quick",
}, async ({ page }) => {
  await openSample(page, "abdomen-regions&voxel=59,47,60");
  await test.step("unchanged, it is saved byte for byte", async () => {
    await expect(page.getByText("unsaved")).toHaveCount(0);
    expect(await save(page)).toBe(ORIGINAL);
    await expect(page.getByText("Saved dataset.json to the browser's downloads. No errors")).toBeVisible();
  });

  await test.step("by keyboard alone: rename, recolour by undo, pick a label, remove", async () => {
    await page.keyboard.press("j");
    await page.keyboard.press("j");
    await page.keyboard.press("e");
    const name = page.getByLabel("Region name");
    await expect(name).toBeFocused();
    await name.fill("vertebral column");
    await page.keyboard.press("Escape");
    await expect(name).toHaveValue("spine");
    await commit(page, name, "vertebral column");
    await expect(line(page, "vertebral column")).toContainText("21,446");

    // The crosshair is on label 15, which the region holds: Enter removes it, and Enter again puts it back.
    await page.keyboard.press("p");
    await page.keyboard.press("Enter");
    await idle(page);
    await expect(line(page, "vertebral column")).toContainText("5,884");
    await page.keyboard.press("Enter");
    await idle(page);
    await expect(line(page, "vertebral column")).toContainText("21,446");
    await page.keyboard.press("Escape");
    await expect(page.getByRole("button", { name: "Pick from viewer" })).toHaveAttribute(
      "aria-pressed",
      "false",
    );

    await line(page, "vertebral column").getByRole("rowheader").click();
    await page.keyboard.press("Delete");
    await idle(page);
    await expect(regions(page)).toHaveAttribute("aria-rowcount", "25");
    for (let i = 0; i < 4; i++) await page.keyboard.press("Control+z");
    await idle(page);
    await expect(line(page, "spine")).toContainText("21,446");
    await expect(undo(page)).toBeDisabled();
    expect(await save(page)).toBe(ORIGINAL);
  });

  await test.step("two order values swapped: the finding, its repair, the same bytes", async () => {
    await select(page, "spine");
    await commit(page, page.getByLabel("Output label of spine"), "16");
    await select(page, "sacrum");
    await commit(page, page.getByLabel("Output label of sacrum"), "15");
    await expect(page.getByText("unsaved")).toBeVisible();
    await expect(finding(page, "round-trip-wrong").first()).toContainText(
      "Labels 15 and 16 are swapped in predictions",
    );

    // Move the crosshair somewhere else.
    await select(page, "gallbladder");
    await page.keyboard.press("c");
    await expect(probe(page)).toContainText(/Label\s+5 gallbladder/);
    await finding(page, "round-trip-wrong").first().getByRole("button").first().click();
    await idle(page);
    await expect(probe(page)).toContainText(/Label 1[56]/);

    await repair(page, "round-trip-wrong");
    const text = await save(page);
    expect(text).toBe(ORIGINAL);
    await expectSameRegions(page, text);
  });
});

test("a definition broken in other ways is repaired", async ({ page }) => {
  await openSample(page, "abdomen-regions");
  await test.step("a parent moved last: the finding, its repair, undo", async () => {
    const mover = (way: "up" | "down") => page.getByRole("button", { name: `Move skeleton ${way}` });
    await select(page, "skeleton");
    await expect(mover("up")).toBeDisabled();
    await expect(mover("down")).toBeEnabled();
    await page.keyboard.press("Alt+End");
    await idle(page);
    await expect(mover("up")).toBeEnabled();
    await expect(mover("down")).toBeDisabled();
    await expect(line(page, "skeleton")).toHaveAttribute("aria-rowindex", "26");
    await expect(finding(page, "parent-after-child").first()).toContainText("skeleton");
    await repair(page, "parent-after-child");
    await undo(page).click();
    await idle(page);
    await expect(undo(page)).toHaveAccessibleName("Undo: move skeleton");
    await undo(page).click();
    await idle(page);
    await expect(line(page, "skeleton")).toHaveAttribute("aria-rowindex", "2");
    const text = await save(page);
    expect(text).toBe(ORIGINAL);
    await expectSameRegions(page, text);
  });

  await test.step("a label dropped: the finding, saved with its error, undo by key", async () => {
    await select(page, "skeleton");
    await page.getByRole("button", { name: "Remove label 14 from skeleton" }).click();
    await idle(page);
    await expect(line(page, "skeleton")).not.toContainText("60,703");
    await expect(finding(page, "label-unexpected")).toContainText("14");
    const broken = await save(page);
    expect(parseDataset(broken, "").labels[1]?.value).toEqual([15, 16, 17, 18]);
    await expect(page.getByText(/^Saved dataset\.json to .*, but \d+ errors? remains?: /)).toBeVisible();
    await page.keyboard.press("Control+z");
    await idle(page);
    await expect(line(page, "skeleton")).toContainText("60,703");
    await expect(page.getByText("unsaved")).toBeVisible();
    const text = await save(page);
    expect(text).toBe(ORIGINAL);
    await expectSameRegions(page, text);
  });

  await test.step("a region duplicated: the finding, its repair", async () => {
    await page.getByRole("button", { name: "Add region" }).click();
    const name = page.getByLabel("Region name");
    await expect(name).toBeFocused();
    await commit(page, name, "kidneys");
    await expect(page.getByRole("alert")).toContainText("The name “kidneys” is already used");
    await commit(page, name, "kidneys too");
    const label = page.getByRole("combobox", { name: "Add label to kidneys too" });
    await commit(page, label, "2");
    await commit(page, label, "3");
    await expect(line(page, "kidneys too")).toContainText("12,224");
    await expect(page.getByLabel("Output label of kidneys too")).toHaveValue("2");
    await expect(finding(page, "region-duplicate")).toContainText("kidneys too");
    await repair(page, "region-duplicate");
    const text = await save(page);
    expect(text).toBe(ORIGINAL);
    await expectSameRegions(page, text);
  });

  await test.step("background removed: the finding, its repair", async () => {
    await page.getByRole("button", { name: "dataset.json", exact: true }).click();
    await page.getByRole("button", { name: "Remove background" }).click();
    await idle(page);
    await expect(finding(page, "background-missing")).toBeVisible();
    await repair(page, "background-missing");
    const text = await save(page);
    expect(text).toBe(ORIGINAL);
    await expectSameRegions(page, text);
  });

  await test.step("an order entry that is a list: the finding, its repair", async () => {
    const at = ORIGINAL.indexOf("regions_class_order");
    const broken = ORIGINAL.slice(0, at) + ORIGINAL.slice(at).replace("15", "[15]");
    await openFiles(page, [file("dataset.json", broken)]);
    await expect(finding(page, "order-not-integer")).toBeVisible();
    expect(await save(page)).toBe(broken);
    await repair(page, "order-not-integer");
    const text = await save(page);
    expect(text).toBe(ORIGINAL);
    await expectSameRegions(page, text);
  });
});

test("rows are moved, labels picked, regions found and definitions compared", async ({ page }) => {
  await openSample(page, "abdomen-regions&voxel=59,47,60&solo=kidneys");
  await test.step("a row is dragged by its grip", async () => {
    const [from, to] = [line(page, "skeleton"), line(page, "sacrum")];
    const target = await to.boundingBox();
    const grip = await from.locator(".grip").boundingBox();
    if (!target || !grip) throw new Error("no lines");
    await page.mouse.move(grip.x + 4, grip.y + 12);
    await page.mouse.down();
    await page.mouse.move(grip.x + 8, target.y + 8, { steps: 4 });
    await page.mouse.move(grip.x + 8, target.y + target.height - 2, { steps: 4 });
    await page.mouse.up();
    await idle(page);
    await expect(from).toHaveAttribute("aria-rowindex", "4");
    await expect(undo(page)).toHaveAccessibleName("Undo: move skeleton");
    await undo(page).click();
    await idle(page);
  });

  await test.step("a click in the grid picks the label there", async () => {
    await select(page, "kidneys");
    await page.getByRole("button", { name: "Pick from viewer" }).click();
    const canvas = await page.locator("canvas.grid-canvas").boundingBox();
    const tile = await page.locator(".tile").first().boundingBox();
    if (!canvas || !tile) throw new Error("no tile");
    await page.mouse.click(tile.x + tile.width / 2, tile.y + tile.height / 2);
    await page.mouse.move(5, 5);
    await idle(page);
    const voxel = await probedVoxel(page);
    expect(voxel).toHaveLength(3);
    const text = (await probe(page).textContent()) ?? "";
    const label = /Label\s+(\d+)/.exec(text)?.[1];
    const chips = page.getByRole("list", { name: "Labels of kidneys" });
    if (label === "0") await expect(chips.getByRole("listitem")).toHaveCount(2);
    else await expect(chips).toContainText(label ?? "no label");
    await page.getByRole("button", { name: "Pick from viewer" }).click();
  });

  await test.step("C and a double click move the crosshair into a region", async () => {
    await expect(probe(page)).not.toContainText("gallbladder");
    await select(page, "gallbladder");
    await page.keyboard.press("c");
    await idle(page);
    await expect(probe(page)).toContainText(/Label\s+5 gallbladder/);
    await line(page, "spleen").getByRole("rowheader").dblclick();
    await idle(page);
    await expect(probe(page)).toContainText(/Label\s+1 spleen/);
  });

  await test.step("two definitions are compared", async () => {
    const other = ORIGINAL.replace('"kidney_left": 3', '"left kidney": 3').replace(
      '"lungs": 24',
      '"lungs": [24, 1]',
    );
    await page.getByLabel("Definition to compare with").setInputFiles(file("older.json", other));
    const dialog = page.getByRole("dialog", { name: "Differences" });
    await expect(dialog).toContainText("left kidney → kidney_left");
    await expect(dialog).toContainText("label 1 left lungs");
    await expect(dialog).toContainText("lungs loses 9,668 voxels");
    await page.keyboard.press("Escape");
    await expect(dialog).toHaveCount(0);
    await page.getByLabel("Definition to compare with").setInputFiles(file("broken.json", "{"));
    await expect(page.getByRole("alert")).toContainText("broken.json");
  });
});

test("without dataset.json the first edit makes one from the labels", async ({ page }) => {
  await openSample(page, "");
  const [labels] = sampleFiles("Dataset901_AbdomenRegions", "abdomen_001");
  await openFiles(page, [labels ?? ""]);
  await select(page, "label 1");
  await expect(page.getByText(/the first edit creates one/)).toBeVisible();
  await commit(page, page.getByLabel("Region name"), "spleen");
  await expect(line(page, "spleen")).toContainText("9,668");
  const saved = parseDataset(await save(page), "dataset.json");
  expect(saved.labels.slice(0, 3).map(({ name, value }) => [name, value])).toEqual([
    ["background", 0],
    ["spleen", 1],
    ["label 2", 2],
  ]);
});

test("the page asks about unsaved edits before it opens another sample", async ({ page, announceError }) => {
  announceError(/net::ERR_FAILED/);
  const script = "**/unsaved-dialog*";
  await page.route(script, (route) => route.abort());
  await openSample(page, "abdomen-regions");
  await select(page, "spine");
  await commit(page, page.getByLabel("Region name"), "vertebral column");
  await select(page, "skeleton");
  await commit(page, page.getByLabel("Region name"), "bones");
  const question = page.getByRole("alertdialog");
  const openOther = async () => {
    await page.getByRole("button", { name: "Samples" }).click();
    await page.getByRole("menuitem", { name: /^Lumbar spine/ }).click();
  };
  const another = async () => {
    await openOther();
    await expect(question).toHaveAccessibleName("dataset.json has 2 unsaved edits.");
  };

  await openOther();
  await expect(page.getByRole("alert")).toContainText("Part of the page could not be loaded");
  await page.unroute(script);
  await another();
  await expect(question.getByRole("button", { name: "Cancel" })).toBeFocused();
  await question.getByRole("button", { name: "Cancel" }).click();
  await expect(question).toHaveCount(0);
  await expect(line(page, "vertebral column")).toContainText("21,446");
  await another();
  await page.keyboard.press("Escape");
  await expect(question).toHaveCount(0);
  await expect(undo(page)).toHaveAccessibleName("Undo: rename skeleton to bones");

  await another();
  const download = page.waitForEvent("download");
  await question.getByRole("button", { name: "Save and continue" }).click();
  const saved = readFileSync(await (await download).path(), "utf8");
  expect(
    parseDataset(saved, "")
      .labels.slice(1, 3)
      .map(({ name }) => name),
  ).toEqual(["bones", "vertebral column"]);
  await idle(page);
  await expect(page.locator(".case-name")).toContainText("spine_002");
  await expect(undo(page)).toBeDisabled();

  await page.getByRole("button", { name: "Add region" }).click();
  await idle(page);
  const asked = page.waitForEvent("dialog");
  await page.close({ runBeforeUnload: true });
  const leaving = await asked;
  expect(leaving.type()).toBe("beforeunload");
  await leaving.dismiss();

  await page.getByRole("button", { name: "Open…" }).click();
  await page.getByRole("menuitem", { name: "Close case" }).click();
  await question.getByRole("button", { name: "Discard and continue" }).click();
  await expect(page.getByRole("heading", { name: "See what nnU-Net trains on" })).toBeVisible();
});

/** Label 1 on the left of the array, 2 on the right, the same in every slice. */
const TWO_LABELS = { dims: [24, 20, 8], from1: 0, to1: 8, from2: 16 } as const;

async function openTwoLabels(page: Page): Promise<void> {
  const values = Float64Array.from({ length: 24 * 20 * 8 }, (_, i) =>
    i % 24 < TWO_LABELS.to1 ? 1 : i % 24 >= TWO_LABELS.from2 ? 2 : 0,
  );
  await goto(page, "?plane=axial&opacity=0&outline=0&cross=0");
  await openFiles(page, [
    file("two-labels.nii", writeNifti({ dims: TWO_LABELS.dims, values, type: "uint8" })),
    file(
      "dataset.json",
      JSON.stringify({
        channel_names: { 0: "CT" },
        labels: { background: 0, organ: [1, 2, 3], part: 2 },
        regions_class_order: [1, 2],
        numTraining: 1,
        file_ending: ".nii",
      }),
    ),
  ]);
  await page.getByRole("radio", { name: "Axial" }).click();
  await idle(page);
}

/**
 * Share of hatch-coloured pixels in each third of every picture at scale 0, from left to right on the screen.
 */
async function hatched(page: Page): Promise<number[][]> {
  const picture = await canvasPixels(page);
  const boxes = await page.locator(".tile:first-of-type").evaluateAll((tiles) => {
    const canvas = document.querySelector("canvas.grid-canvas")?.getBoundingClientRect();
    return tiles.map((tile) => {
      const { x, y, width, height } = tile.getBoundingClientRect();
      // Below the picture is its text.
      const text = tile.querySelector(".tile-text")?.getBoundingClientRect().height ?? 0;
      return { x: x - (canvas?.x ?? 0), y: y - (canvas?.y ?? 0), width, height: height - text };
    });
  });
  return boxes.map((box) => {
    const px = Math.min(box.width / 24, box.height / 20);
    const [left, top] = [box.x + (box.width - 24 * px) / 2, box.y + (box.height - 20 * px) / 2];
    return [0, 1, 2].map((third) => {
      let [marked, all] = [0, 0];
      for (let y = Math.ceil(top) + 1; y < Math.min(top + 20 * px, picture.height) - 1; y++) {
        for (let x = Math.ceil(left + third * 8 * px) + 1; x < left + (third + 1) * 8 * px - 1; x++) {
          if (pixelAt(picture, x, y).join() === "255,93,93") marked++;
          all++;
        }
      }
      return marked / all;
    });
  });
}

test("voxels that differ between two definitions are hatched until hatching is stopped", async ({ page }) => {
  await openTwoLabels(page);
  const none = [0, 0, 0];
  expect(await hatched(page)).toEqual([none, none]);
  const other = '{"labels": {"background": 0, "organ": [2, 3], "part": 2}, "regions_class_order": [2, 2]}';
  await page.getByLabel("Definition to compare with").setInputFiles(file("other.json", other));
  await page.getByRole("button", { name: "Mark these voxels in the viewers" }).click();
  await page.keyboard.press("Escape");
  await idle(page);
  const note = page.getByRole("status").filter({ hasText: "atched: " });
  await expect(note).toContainText("Hatched: voxels that are in other regions in other.json.");
  // i runs towards the patient's right, which the screen shows on the left.
  for (const [right = 1, middle = 1, left = 0] of await hatched(page)) {
    expect(left).toBeGreaterThan(0.3);
    expect(left).toBeLessThan(0.7);
    expect([right, middle]).toEqual([0, 0]);
  }

  // Without label 1, both regions hold the same voxels.
  await select(page, "organ");
  await page.getByRole("button", { name: "Remove label 1 from organ" }).click();
  await idle(page);
  await expect(page.getByText("Nothing is hatched")).toBeVisible();
  expect((await hatched(page))[0]).toEqual(none);
  await undo(page).click();
  await idle(page);
  expect((await hatched(page))[0]?.[2]).toBeGreaterThan(0.3);

  await page.getByRole("button", { name: "Stop marking" }).click();
  await idle(page);
  await expect(note).toHaveCount(0);
  expect(await hatched(page)).toEqual([none, none]);
});
