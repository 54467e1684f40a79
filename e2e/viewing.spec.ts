/**
 * Tests viewing in the grid: the probe, planes, slices, crosshairs, regions, the trainer, and a lost device.
 */
import { grid, idle, openSample, probe, probedVoxel } from "./support/app.ts";
import { canvasPixels, differingPixels, type Picture } from "./support/pixels.ts";
import { expect, type Page, test } from "./support/test.ts";

/** The tiles' boxes on the canvas, in CSS px. */
async function tiles(page: Page): Promise<{ x: number; y: number; width: number; height: number }[]> {
  const canvas = await page.locator("canvas.grid-canvas").boundingBox();
  if (!canvas) throw new Error("no canvas");
  const boxes = await page.locator(".tile").evaluateAll((elements) =>
    elements.map((element) => {
      const { x, y, width, height } = element.getBoundingClientRect();
      return { x, y, width, height };
    }),
  );
  return boxes
    .map((box) => ({ ...box, x: Math.round(box.x - canvas.x), y: Math.round(box.y - canvas.y) }))
    .filter((box) => box.y >= 0 && box.y + box.height <= canvas.height)
    .map((box) => ({ ...box, width: Math.floor(box.width), height: Math.floor(box.height) }));
}

function changedTiles(before: Picture, after: Picture, boxes: Awaited<ReturnType<typeof tiles>>): boolean[] {
  return boxes.map((box) => differingPixels(before, after, box) > 20);
}

test("the probe describes a voxel; label-first and bit-packed draw the same pixels", {
  tag: "@quick",
}, async ({ page }) => {
  await test.step("the probe describes a voxel", async () => {
    // Read from the files with another program: voxel (z, y, x), mm, label, CT value, one region with this
    // voxel.
    const known = [
      ["59,47,60", ["2.0, 152.3, 271.3", "Label 15", "CT 93", "skeleton", "spine"]],
      ["40,50,60", ["Label 0", "CT -72", "not in any region"]],
      ["70,60,30", ["Label 9", "small_intestine", "digestive_tract"]],
      ["20,40,90", ["Label 17", "pelvic_girdle"]],
    ] as const;
    for (const [voxel, says] of known) {
      await page.goto(`/?sample=abdomen-regions&voxel=${voxel}`);
      await idle(page);
      await expect(probe(page)).toContainText(`Crosshair ${voxel.replaceAll(",", ", ")}`);
      for (const text of says) await expect(probe(page)).toContainText(text);
    }
  });

  await test.step("label-first and bit-packed draw the same pixels", async () => {
    const labelFirst = await canvasPixels(page);
    await page.getByRole("radio", { name: "bit-packed" }).click();
    await idle(page);
    const bitPacked = await canvasPixels(page);
    const all = { x: 0, y: 0, width: labelFirst.width, height: labelFirst.height };
    expect(differingPixels(labelFirst, bitPacked, all)).toBe(0);
  });
});

test("the grid: planes, slices, crosshairs, regions and the trainer", async ({ page }) => {
  await openSample(page, "abdomen-regions");
  await test.step("planes switch by mouse and keyboard, with letters in every tile", async () => {
    const first = page.locator(".tile").first();
    await expect(first).toContainText("S");
    await page.getByRole("radio", { name: "Axial" }).click();
    await idle(page);
    await expect(first).toContainText("A");
    await expect(first).toContainText("R");
    await page.keyboard.press("3");
    await idle(page);
    await expect(page.getByRole("radio", { name: "Sagittal" })).toBeChecked();
    await expect(first).toContainText("P");
    await page.keyboard.press("2");
    await idle(page);
  });

  await test.step("rows keep their height in another plane, until they are fitted to its slices", async () => {
    const height = async () => (await page.locator(".grid-row").first().boundingBox())?.height;
    const fit = page.getByRole("button", { name: /^Fit rows/ });
    const coronal = await height();
    await page.keyboard.press("3");
    await idle(page);
    expect(await height()).toBe(coronal);
    await fit.click();
    await idle(page);
    expect(await height()).not.toBe(coronal);
    await page.keyboard.press("2");
    await fit.click();
    await idle(page);
    expect(await height()).toBe(coronal);
  });

  await test.step("wheel and keys scroll through slices", async () => {
    const before = await probedVoxel(page);
    const [tile] = await tiles(page);
    const canvas = await page.locator("canvas.grid-canvas").boundingBox();
    if (!tile || !canvas) throw new Error("no tile");
    await page.mouse.move(canvas.x + tile.x + 3, canvas.y + tile.y + 3);
    await page.mouse.wheel(0, 120);
    await page.mouse.move(5, 5);
    await idle(page);
    const after = await probedVoxel(page);
    expect(after[1]).not.toBe(before[1]);
    expect([after[0], after[2]]).toEqual([before[0], before[2]]);
    await page.keyboard.press("]");
    await idle(page);
    expect(Math.abs(((await probedVoxel(page))[1] ?? 0) - (after[1] ?? 0))).toBe(1);
  });

  await test.step("the probe follows slices and keys while the pointer rests on a tile", async () => {
    const [tile] = await tiles(page);
    const canvas = await page.locator("canvas.grid-canvas").boundingBox();
    if (!tile || !canvas) throw new Error("no tile");
    await page.mouse.move(canvas.x + tile.x + tile.width / 2, canvas.y + tile.y + tile.height / 3);
    await expect(probe(page)).toContainText("Pointer");
    const before = await probedVoxel(page);
    await page.mouse.wheel(0, 180);
    await idle(page);
    const wheeled = await probedVoxel(page);
    expect(wheeled[1]).not.toBe(before[1]);
    expect([wheeled[0], wheeled[2]]).toEqual([before[0], before[2]]);
    await page.keyboard.press("ArrowLeft");
    await idle(page);
    await expect(probe(page)).not.toContainText("Pointer");
    await page.mouse.move(5, 5);
  });

  await test.step("all tiles are linked: a crosshair moved in one moves in all", async () => {
    const boxes = await tiles(page);
    expect(boxes.length).toBeGreaterThanOrEqual(12);
    const before = await canvasPixels(page);
    const canvas = await page.locator("canvas.grid-canvas").boundingBox();
    const [tile] = boxes;
    if (!tile || !canvas) throw new Error("no tile");
    await page.mouse.click(canvas.x + tile.x + tile.width * 0.3, canvas.y + tile.y + tile.height * 0.3);
    await page.mouse.move(5, 5);
    await idle(page);
    expect(changedTiles(before, await canvasPixels(page), boxes).every(Boolean)).toBe(true);

    const moved = await canvasPixels(page);
    await page.mouse.move(canvas.x + tile.x + tile.width / 2, canvas.y + tile.y + tile.height / 2);
    await page.keyboard.down("Control");
    await page.mouse.wheel(0, -400);
    await page.keyboard.up("Control");
    await page.mouse.move(5, 5);
    await idle(page);
    expect(changedTiles(moved, await canvasPixels(page), boxes).every(Boolean)).toBe(true);
    await page.keyboard.press("0");
    await idle(page);
  });

  await test.step("solo shows one region only, hiding removes one", async () => {
    const regions = page.getByRole("table", { name: "Regions" });
    await regions.getByRole("button", { name: "Solo kidneys" }).click();
    await idle(page);
    await expect(page.locator(".grid-row")).toHaveCount(1);
    await expect(grid(page)).toContainText("12,224 voxels");
    await regions.getByRole("button", { name: "Solo kidneys" }).click();
    // The list holds only visible rows, and kidneys is far down.
    await page.mouse.wheel(0, -2000);
    await regions.getByRole("checkbox", { name: "Show skeleton" }).click();
    await idle(page);
    // Solo ended at the selected region, further down; boxes scroll nothing.
    await grid(page).evaluate((element) => element.scrollTo(0, 0));
    await expect(grid(page)).not.toContainText("60,703 voxels");
    await expect(grid(page)).toContainText("21,446 voxels");
    await regions.getByRole("checkbox", { name: "Show skeleton" }).click();
    await expect(grid(page)).toContainText("60,703 voxels");
  });

  await test.step("a trainer chosen by keys sets scales and weights in the grid and in Survival", async () => {
    const trainer = page.getByRole("combobox", { name: "Trainer" });
    const weights = () => page.locator(".column-head .weight").allTextContents();
    await expect(trainer).toHaveText("Default trainer");
    expect(await weights()).toEqual(["weight .571", "weight .286", "weight .143", "weight 0 (unused)"]);
    await trainer.focus();
    await page.keyboard.press("Enter");
    await expect(page.getByRole("option", { name: /^Default trainer/ })).toBeFocused();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await idle(page);
    await expect(trainer).toHaveText("No deep supervision");
    await expect(trainer).toBeFocused();
    expect(await weights()).toEqual(["weight 1.000"]);
    await expect(page.locator(".tile-count").first()).toContainText("60,703 voxels");
    // The count is below the picture, which begins with the row and whose last letter is above it.
    const tile = page.locator(".tile").first();
    const [row, below, letter] = await Promise.all(
      [tile, tile.locator(".tile-text"), tile.locator(".letter-bottom")].map((part) => part.boundingBox()),
    );
    if (!row || !below || !letter) throw new Error("no tile");
    expect(letter.y + letter.height).toBeLessThanOrEqual(below.y);
    const at = { x: row.x + row.width / 2, y: below.y };
    await page.mouse.move(at.x, at.y - 3);
    await expect(page.getByRole("region", { name: "Probe" })).toContainText("Pointer");
    await page.mouse.move(at.x, at.y + 3);
    await expect(page.getByRole("region", { name: "Probe" })).not.toContainText("Pointer");
    await page.waitForURL(/[?&]trainer=no-deep-supervision(&|$)/);
    // A letter is the page's shortcut: D draws rulers and does not choose a trainer that begins with it.
    await page.keyboard.press("d");
    await expect(page.getByRole("button", { name: "Ruler (D)" })).toHaveAttribute("aria-pressed", "true");
    await expect(trainer).toHaveText("No deep supervision");

    await page.keyboard.press("6");
    await idle(page);
    await expect(page.getByText("Scale 0 is the only one, where both sides are identical")).toBeVisible();
    await page.keyboard.press("v");
    await idle(page);
    await trainer.click();
    await page.getByRole("option", { name: /^DDP trainer/ }).click();
    await idle(page);
    await expect(page.getByRole("columnheader", { name: /Scale 3/ })).toContainText("weight 6e-7");
    const findings = page.getByRole("list", { name: "Findings" });
    // A weight of a millionth teaches nothing.
    await expect(findings).not.toContainText("at scale 3 (1/8)");
    await page.waitForURL(/[?&]trainer=ddp(&|$)/);
    await page.reload();
    await idle(page);
    await expect(trainer).toHaveText("DDP trainer");
  });
});

test("a lost device is replaced, and the view is intact", async ({ page }) => {
  await openSample(page, "abdomen-regions");
  await page.keyboard.press("]");
  await idle(page);
  const [voxel, picture] = [await probedVoxel(page), await canvasPixels(page)];
  await page.evaluate(() => window.regionscope?.loseDevice());
  await idle(page);
  await expect(grid(page)).toContainText("60,703 voxels");
  expect(await probedVoxel(page)).toEqual(voxel);
  const all = { x: 0, y: 0, width: picture.width, height: picture.height };
  expect(differingPixels(picture, await canvasPixels(page), all)).toBe(0);
});
