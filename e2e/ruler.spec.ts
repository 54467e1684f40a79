/** Tests measured distances, drawn by pointer and by keys, in panes and in the grid's tiles. */
import { readFileSync } from "node:fs";
import { grid, idle, openFiles, openSample, probedVoxel, SAMPLES, sampleFiles } from "./support/app.ts";
import { decodePng, pixelAt } from "./support/pixels.ts";
import { pane } from "./support/planes.ts";
import { type Spot, spotIn } from "./support/spots.ts";
import { expect, type Locator, type Page, test } from "./support/test.ts";

/** Voxel spacing in mm, in array order, from the sample's plans. */
function spacingOf(folder: string): number[] {
  const plans: unknown = JSON.parse(readFileSync(`${SAMPLES}${folder}/nnUNetPlans.json`, "utf8"));
  const found =
    typeof plans === "object" && plans ? Reflect.get(plans, "original_median_spacing_after_transp") : null;
  if (!Array.isArray(found)) throw new Error("The plans say no spacing.");
  return found.map(Number);
}

const ruler = (page: Page) => page.getByRole("button", { name: "Ruler (D)" });
const lines = (page: Page) => page.getByRole("img", { name: /^Ruler, / });

async function drag(page: Page, from: Spot, to: Spot): Promise<void> {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2);
  await page.mouse.move(to.x, to.y);
  await page.mouse.up();
  await page.mouse.move(2, 2);
  await idle(page);
}

/** The voxel under a point. */
async function voxelUnder(page: Page, { x, y }: Spot): Promise<number[]> {
  await page.mouse.move(x, y);
  await idle(page);
  return probedVoxel(page);
}

async function zoomIn(page: Page, { x, y }: Spot, by: number): Promise<void> {
  await page.mouse.move(x, y);
  await page.keyboard.down("Control");
  await page.mouse.wheel(0, -by);
  await page.keyboard.up("Control");
  await idle(page);
}

/**
 * The middle of the voxel under a point on the screen, so that a pixel of error still hits the same voxel.
 */
async function middleOfVoxel(page: Page, spot: Spot): Promise<Spot> {
  const voxel = await voxelUnder(page, spot);
  const edge = async (dx: number, dy: number): Promise<number> => {
    for (let px = 1; px < 100; px++) {
      const other = await voxelUnder(page, { x: spot.x + px * dx, y: spot.y + px * dy });
      if (other.some((n, axis) => n !== voxel[axis])) return px - 1;
    }
    throw new Error("The voxel is too large to find its edges.");
  };
  const [left, right] = [await edge(-1, 0), await edge(1, 0)];
  const [up, down] = [await edge(0, -1), await edge(0, 1)];
  return {
    x: spot.x + Math.round((right - left) / 2),
    y: spot.y + Math.round((down - up) / 2),
  };
}

async function mmOf(line: Locator): Promise<number> {
  const name = (await line.getAttribute("aria-label")) ?? "";
  return Number(/^Ruler, ([\d.]+) mm/.exec(name)?.[1]);
}

/** The positions of a line's ends on the screen. */
async function endsOf(line: Locator): Promise<readonly [Spot, Spot]> {
  const ends = await line.locator(".ruler-dot").evaluateAll((dots) =>
    dots.map((dot) => {
      const box = dot.getBoundingClientRect();
      return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    }),
  );
  const [from, to] = ends;
  if (!from || !to) throw new Error("a line has two ends");
  return [from, to];
}

function expectNear(at: Spot, wanted: Spot, px: number): void {
  expect(Math.hypot(at.x - wanted.x, at.y - wanted.y)).toBeLessThan(px);
}

/** CSS px a mm, from a scale bar. */
async function pxPerMmOf(bar: Locator): Promise<number> {
  const [, length, unit] =
    /Scale bar: (\d+) (mm|cm)/.exec((await bar.getAttribute("aria-label")) ?? "") ?? [];
  const px = await bar.locator("i").evaluate((line) => line.getBoundingClientRect().width);
  return px / (Number(length) * (unit === "cm" ? 10 : 1));
}

/** CSS px a mm in a pane, from its scale bar. */
async function pxPerMm(page: Page, name: "Axial" | "Coronal" | "Sagittal"): Promise<number> {
  return pxPerMmOf(pane(page, name).getByRole("img", { name: /^Scale bar: / }));
}

/** Deletes all lines through the rulers list. */
async function clearRulers(page: Page): Promise<void> {
  const list = page.getByRole("button", { name: /^\d+ rulers?$/ });
  await list.click();
  await page.getByRole("button", { name: "Remove all rulers", exact: true }).click();
  await expect(lines(page)).toHaveCount(0);
  await expect(list).toHaveCount(0);
}

test("rulers in Planes", async ({ page }) => {
  await openSample(page, "spine-regions&view=planes");
  await ruler(page).click();
  await expect(ruler(page)).toHaveAttribute("aria-pressed", "true");

  await test.step("a ruler's length follows the spacing, in thick slices too", async () => {
    const spacing = spacingOf("Dataset903_SpineRegions");
    for (const name of ["Axial", "Coronal", "Sagittal"] as const) {
      const [from, to] = [
        await spotIn(pane(page, name), 0.43, 0.4),
        await spotIn(pane(page, name), 0.57, 0.62),
      ];
      // Whole voxels give the length to within one voxel; px a mm give it exactly.
      const [a, b] = [await voxelUnder(page, from), await voxelUnder(page, to)];
      const rough = Math.hypot(...a.map((n, axis) => (n - (b[axis] ?? n)) * (spacing[axis] ?? 1)));
      const exact = Math.hypot(to.x - from.x, to.y - from.y) / (await pxPerMm(page, name));
      expect(Math.abs(exact - rough)).toBeLessThan(Math.hypot(...spacing));
      await drag(page, from, to);
      const line = page.getByRole("group", { name: `Rulers, ${name.toLowerCase()}` }).getByRole("img");
      expect(Math.abs((await mmOf(line)) - exact), name).toBeLessThan(0.1);
      const ends = await endsOf(line);
      expectNear(ends[0], from, 0.75);
      expectNear(ends[1], to, 0.75);
    }
    await expect(lines(page)).toHaveCount(3);
    await expect(page.getByRole("button", { name: "3 rulers" })).toBeVisible();
    await clearRulers(page);
  });

  await test.step("Delete removes a ruler; the list goes to a ruler's slice and removes all", async () => {
    const axial = pane(page, "Axial");
    await drag(page, await spotIn(axial, 0.3, 0.3), await spotIn(axial, 0.5, 0.3));
    await drag(page, await spotIn(axial, 0.3, 0.6), await spotIn(axial, 0.7, 0.6));
    const [short, long] = [await mmOf(lines(page).first()), await mmOf(lines(page).last())];
    expect(long).toBeGreaterThan(short);
    await lines(page).first().focus();
    await page.keyboard.press("Delete");
    await expect(lines(page)).toHaveCount(1);
    expect(await mmOf(lines(page))).toBe(long);
    const status = page.getByRole("status", { name: "Ruler" });
    await expect(status).toContainText(`Ruler of ${short.toFixed(1)} mm removed`);
    await page.keyboard.press("Control+z");
    await expect(lines(page)).toHaveCount(2);
    expect(await mmOf(lines(page).first())).toBe(short);
    await page.keyboard.press("Control+Shift+z");
    await expect(lines(page)).toHaveCount(1);

    const at = await probedVoxel(page);
    await page.keyboard.press("1");
    for (let i = 0; i < 3; i++) await page.keyboard.press("]");
    await idle(page);
    await expect(lines(page)).toHaveCount(0);
    await page.getByRole("button", { name: "1 ruler" }).click();
    await page.getByRole("button", { name: /^Go to axial/ }).click();
    await page.keyboard.press("Escape");
    await idle(page);
    await expect(lines(page)).toHaveCount(1);
    expect((await probedVoxel(page))[0]).toBe(at[0]);
    await clearRulers(page);
  });

  await test.step("by keys: Enter at the crosshair, arrows, Enter; Escape cancels, then ends the tool", async () => {
    const spacing = spacingOf("Dataset903_SpineRegions");
    await page.getByRole("application", { name: "Planes" }).focus();
    await page.keyboard.press("1");
    const before = await probedVoxel(page);
    await page.keyboard.press("Enter");
    for (let i = 0; i < 4; i++) await page.keyboard.press("ArrowRight");
    for (let i = 0; i < 3; i++) await page.keyboard.press("ArrowDown");
    await idle(page);
    const after = await probedVoxel(page);
    const wanted = Math.hypot(...before.map((n, axis) => (n - (after[axis] ?? n)) * (spacing[axis] ?? 1)));
    const status = page.getByRole("status", { name: "Ruler" });
    await expect(status).toContainText(`${wanted.toFixed(1)} mm so far`);
    await page.keyboard.press("]");
    await page.keyboard.press("Enter");
    await expect(status).toContainText("Both end points must be in the same slice");
    await page.keyboard.press("[");
    await page.keyboard.press("Enter");
    await expect(lines(page)).toHaveCount(1);
    expect(await mmOf(lines(page))).toBeCloseTo(wanted, 1);
    await expect(status).toContainText(`Measured ${wanted.toFixed(1)} mm`);

    await page.keyboard.press("Enter");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Escape");
    await expect(status).toContainText("cancelled");
    await expect(ruler(page)).toHaveAttribute("aria-pressed", "true");
    await page.keyboard.press("Escape");
    await expect(ruler(page)).toHaveAttribute("aria-pressed", "false");
    await page.keyboard.press("d");
    await expect(ruler(page)).toHaveAttribute("aria-pressed", "true");
    await expect(lines(page)).toHaveCount(1);
    await clearRulers(page);
  });

  await test.step("a ruler moves with the anatomy, keeps its length and has draggable ends, and is hidden on other slices", async () => {
    const axial = pane(page, "Axial");
    // Zooms in first: until then, a voxel of this case is less than a pixel high.
    await zoomIn(page, await spotIn(axial, 0.4, 0.45), 500);
    const from = await middleOfVoxel(page, await spotIn(axial, 0.4, 0.45));
    const to = await spotIn(axial, 0.6, 0.5);
    const under = await voxelUnder(page, from);
    await drag(page, from, to);
    const line = lines(page);
    const length = await mmOf(line);
    await zoomIn(page, to, 200);
    const middle = await spotIn(axial, 0.5, 0.5);
    await page.mouse.move(middle.x, middle.y + 30);
    await page.mouse.down({ button: "middle" });
    await page.mouse.move(middle.x + 25, middle.y + 45);
    await page.mouse.up({ button: "middle" });
    await page.mouse.move(2, 2);
    await idle(page);
    const [start, end] = await endsOf(line);
    expect(Math.hypot(start.x - from.x, start.y - from.y)).toBeGreaterThan(15);
    expect(await mmOf(line)).toBe(length);

    await drag(page, end, { x: end.x + 30, y: end.y });
    expect(await mmOf(line)).not.toBe(length);
    expectNear((await endsOf(line))[1], { x: end.x + 30, y: end.y }, 0.75);
    expectNear((await endsOf(line))[0], start, 0.75);
    await expect(lines(page)).toHaveCount(1);

    await page.keyboard.press("1");
    await page.keyboard.press("]");
    await idle(page);
    await expect(line).toHaveCount(0);
    await page.keyboard.press("[");
    await idle(page);
    await expect(line).toHaveCount(1);
    // The voxel under the line's end is the one where it was drawn.
    await page.getByRole("application", { name: "Planes" }).focus();
    await page.keyboard.press("Delete");
    await expect(line).toHaveCount(0);
    expect(await voxelUnder(page, start)).toEqual(under);
  });
});

test.describe("in the Lightbox", () => {
  const tiles = (page: Page) => page.getByRole("button", { name: /^Slice \d+ of \d+$/ });
  const linesOf = (page: Page, tile: number, plane: string) =>
    page.getByRole("group", { name: `Rulers, ${plane} ${tile}`, exact: true }).getByRole("img");
  const numberOf = async (tile: Locator) =>
    Number(/Slice (\d+)/.exec((await tile.getAttribute("aria-label")) ?? "")?.[1]);

  test("a ruler lies in its tile's slice, its length follows the spacing, and its ends are dragged", async ({
    page,
  }) => {
    const spacing = spacingOf("Dataset903_SpineRegions");
    await openSample(page, "spine-regions&view=lightbox&lightbox=all&tiles=6");
    await ruler(page).click();
    for (const plane of ["Axial", "Sagittal"] as const) {
      await page.getByRole("radio", { name: plane, exact: true }).click();
      await idle(page);
      const tile = tiles(page).nth(1);
      const [from, to] = [await spotIn(tile, 0.4, 0.35), await spotIn(tile, 0.65, 0.6)];
      const [a, b] = [await voxelUnder(page, from), await voxelUnder(page, to)];
      const rough = Math.hypot(...a.map((n, axis) => (n - (b[axis] ?? n)) * (spacing[axis] ?? 1)));
      const px = await pxPerMmOf(page.getByRole("img", { name: /^Scale bar: / }));
      const exact = Math.hypot(to.x - from.x, to.y - from.y) / px;
      expect(Math.abs(exact - rough)).toBeLessThan(Math.hypot(...spacing));
      await drag(page, from, to);
      // The line shows on that tile alone.
      await expect(lines(page)).toHaveCount(1);
      const line = linesOf(page, await numberOf(tile), plane.toLowerCase());
      expect(Math.abs((await mmOf(line)) - exact), plane).toBeLessThan(0.15);
      expectNear((await endsOf(line))[0], from, 0.75);

      const further = { x: to.x + 20, y: to.y };
      await drag(page, to, further);
      expectNear((await endsOf(line))[1], further, 0.75);
      const longer = Math.hypot(further.x - from.x, further.y - from.y) / px;
      expect(Math.abs((await mmOf(line)) - longer), plane).toBeLessThan(0.15);
    }
    await tiles(page).nth(1).focus();
    await lines(page).focus();
    await page.keyboard.press("Delete");
    await expect(lines(page)).toHaveCount(0);
    await expect(page.getByRole("button", { name: "1 ruler" })).toBeVisible();
  });

  test("rulers are drawn by keys and shown in the picture of the view and in Planes", async ({ page }) => {
    await openSample(page, "abdomen-regions&view=lightbox&selected=spine&plane=coronal&tiles=8");
    const tile = tiles(page).nth(3);

    await test.step("by keys, and in the picture of the view", async () => {
      await tile.press("Enter");
      const picture = async () => {
        await page.getByRole("button", { name: "Share", exact: true }).click();
        const [download] = await Promise.all([
          page.waitForEvent("download"),
          page.getByRole("menuitem", { name: /^Save image, 1×/ }).click(),
        ]);
        return decodePng(readFileSync(await download.path()));
      };
      const without = await picture();
      await page.keyboard.press("d");
      await page.getByRole("group", { name: "Lightbox" }).focus();
      const before = await probedVoxel(page);
      await page.keyboard.press("Enter");
      for (let i = 0; i < 30; i++) await page.keyboard.press("ArrowRight");
      await page.keyboard.press("Enter");
      for (let i = 0; i < 30; i++) await page.keyboard.press("ArrowLeft");
      await idle(page);
      expect(await probedVoxel(page)).toEqual(before);
      await expect(linesOf(page, await numberOf(tile), "coronal")).toHaveCount(1);
      const [box, canvas] = [
        await tile.boundingBox(),
        await page.locator("canvas.slices-canvas").boundingBox(),
      ];
      if (!box || !canvas) throw new Error("no tile");
      const drawn = await picture();
      const changed = { inside: 0, outside: 0 };
      const top = drawn.height - Math.floor(canvas.height);
      for (let y = 0; y < drawn.height; y++)
        for (let x = 0; x < drawn.width; x++) {
          if (pixelAt(drawn, x, y).every((value, i) => value === pixelAt(without, x, y)[i])) continue;
          const [left, down] = [x + canvas.x - box.x, y - top + canvas.y - box.y];
          if (left >= 0 && left < box.width && down >= 0 && down < box.height) changed.inside++;
          else changed.outside++;
        }
      expect(changed.inside).toBeGreaterThan(100);
      expect(changed.outside).toBe(0);
      await clearRulers(page);
      await ruler(page).click();
      await expect(ruler(page)).toHaveAttribute("aria-pressed", "false");
    });

    await test.step("Planes show the same rulers on the same slice; the list leads to a slice that no tile shows", async () => {
      const number = await numberOf(tile);
      await tile.press("Enter");
      await page.keyboard.press("d");
      await drag(page, await spotIn(tile, 0.3, 0.3), await spotIn(tile, 0.7, 0.4));
      const first = await mmOf(lines(page));
      await page.keyboard.press("4");
      await idle(page);
      const inPlane = page.getByRole("group", { name: "Rulers, coronal", exact: true }).getByRole("img");
      await expect(inPlane).toHaveCount(1);
      expect(await mmOf(inPlane)).toBe(first);
      const coronal = pane(page, "Coronal");
      await drag(page, await spotIn(coronal, 0.4, 0.6), await spotIn(coronal, 0.6, 0.6));
      await expect(inPlane).toHaveCount(2);
      const second = await mmOf(inPlane.last());

      await page.keyboard.press("]");
      await idle(page);
      await expect(inPlane).toHaveCount(0);
      await drag(page, await spotIn(coronal, 0.4, 0.5), await spotIn(coronal, 0.5, 0.5));
      await page.keyboard.press("5");
      await idle(page);
      await expect(lines(page)).toHaveCount(2);
      await expect(linesOf(page, number, "coronal")).toHaveCount(2);
      expect(await mmOf(lines(page).last())).toBe(second);

      const list = page.getByRole("button", { name: "3 rulers" });
      const entries = page.getByRole("button", { name: /^Go to coronal/ });
      await list.click();
      await entries.first().click();
      await page.keyboard.press("Escape");
      await expect(page.getByRole("group", { name: "Lightbox" })).toBeVisible();
      await list.click();
      await entries.last().click();
      await page.keyboard.press("Escape");
      await idle(page);
      await expect(inPlane).toHaveCount(1);
    });
  });
});

test("rulers in the grid", async ({ page }) => {
  await openSample(page, "abdomen-regions");
  await page.keyboard.press("d");
  await expect(ruler(page)).toHaveAttribute("aria-pressed", "true");

  await test.step("a ruler is on every tile, and on the same slice of Planes", async () => {
    const tile = page.locator(".tile").nth(1);
    await drag(page, await spotIn(tile, 0.3, 0.4), await spotIn(tile, 0.7, 0.55));
    const texts = await grid(page).locator(".ruler text").allTextContents();
    expect(texts).toHaveLength(await page.locator(".tile").count());
    expect(new Set(texts).size).toBe(1);
    const drawn = await tile.evaluate((element) => {
      const box = element.getBoundingClientRect();
      const svg = [...document.querySelectorAll(".rulers")].find((one) => {
        const at = one.getBoundingClientRect();
        return Math.abs(at.x - box.x) < 2 && Math.abs(at.y - box.y) < 2;
      });
      const dot = svg?.querySelector(".ruler-dot")?.getBoundingClientRect();
      return dot && { x: dot.x + dot.width / 2, y: dot.y + dot.height / 2 };
    });
    if (!drawn) throw new Error("no ruler on the tile that it was drawn in");
    expectNear(drawn, await spotIn(tile, 0.3, 0.4), 1);

    await page.keyboard.press("]");
    await idle(page);
    await expect(grid(page).locator(".ruler")).toHaveCount(0);
    await page.keyboard.press("[");
    await page.keyboard.press("4");
    await idle(page);
    await expect(page.getByRole("group", { name: "Rulers, coronal" }).getByRole("img")).toHaveCount(1);
    expect(`${(await mmOf(lines(page))).toFixed(1)} mm`).toBe(texts[0]);
    await page.keyboard.press("g");
    await idle(page);
    await grid(page).focus();
    await page.keyboard.press("Delete");
    await expect(grid(page).locator(".ruler")).toHaveCount(0);
  });

  await test.step("a ruler is one tab stop, and Delete removes it", async () => {
    await page
      .getByRole("table", { name: "Regions" })
      .getByRole("rowheader", { name: "kidneys", exact: true })
      .click();
    await idle(page);
    const row = page.locator(".grid-row[data-selected]");
    await expect(row).toContainText("kidneys");
    const tile = row.locator(".tile").nth(1);
    await drag(page, await spotIn(tile, 0.3, 0.4), await spotIn(tile, 0.7, 0.55));
    await drag(page, await spotIn(tile, 0.3, 0.6), await spotIn(tile, 0.5, 0.7));
    const drawn = grid(page).locator(".ruler");
    expect(await drawn.count()).toBe(2 * (await page.locator(".tile").count()));
    await expect(lines(page)).toHaveCount(2);
    // The focusable lines are on the first tile of the selected region.
    const [svg, head] = [await lines(page).first().locator("..").boundingBox(), await row.boundingBox()];
    expect(Math.abs((svg?.y ?? 0) - (head?.y ?? 1e3))).toBeLessThan(2);

    await lines(page).first().focus();
    await page.keyboard.press("Tab");
    await expect(lines(page).last()).toBeFocused();
    const kept = await mmOf(lines(page).first());
    // Selecting another row moves the focusable lines to its tiles: the focus stays.
    await page.keyboard.press("j");
    await idle(page);
    await expect(lines(page).last()).toBeFocused();
    await page.keyboard.press("Delete");
    await expect(lines(page)).toHaveCount(1);
    expect(await mmOf(lines(page))).toBe(kept);
    await page.keyboard.press("Escape");
    await page.keyboard.press("Escape");
    await expect(lines(page)).toHaveCount(1);
  });
});

test("a saved view restores the rulers, but not on another grid", async ({ page }) => {
  await openSample(page, "abdomen-regions&view=planes");
  await page.keyboard.press("d");
  const axial = pane(page, "Axial");
  await drag(page, await spotIn(axial, 0.3, 0.4), await spotIn(axial, 0.6, 0.5));
  const length = await mmOf(lines(page));
  await page.getByRole("button", { name: "Share", exact: true }).click();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("menuitem", { name: /^Save view/ }).click(),
  ]);
  const view = readFileSync(await download.path());
  await openFiles(page, sampleFiles("Dataset903_SpineRegions", "spine_002"));
  await expect(lines(page)).toHaveCount(0);
  await openFiles(page, sampleFiles("Dataset901_AbdomenRegions", "abdomen_001"));
  await expect(lines(page)).toHaveCount(0);
  await openFiles(page, [{ name: "saved.view.json", mimeType: "", buffer: view }]);
  expect(await mmOf(lines(page))).toBe(length);
});
