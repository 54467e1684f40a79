/** Tests the Survival view: what is left at each scale, what is gone, and how it leads into the grid. */
import { readFileSync } from "node:fs";
import { idle, openSample, probe, probedVoxel } from "./support/app.ts";
import { expect, type Locator, type Page, test } from "./support/test.ts";

interface RealCase {
  readonly folder: string;
  readonly regions: readonly string[];
  readonly targets: Readonly<
    Record<"nearest-exact", readonly { readonly regionVoxels: readonly number[] }[]>
  >;
}

/** Counts made with torch. */
const abdomen = (
  JSON.parse(
    readFileSync(new URL("./fixtures/real-cases.json", import.meta.url), "utf8"),
  ) as readonly RealCase[]
).find(({ folder }) => folder.includes("901"));

function voxelsOf(region: string): number[] {
  const channel = abdomen?.regions.indexOf(region) ?? -1;
  return abdomen?.targets["nearest-exact"].map(({ regionVoxels }) => regionVoxels[channel] ?? -1) ?? [];
}

function table(page: Page): Locator {
  return page.getByRole("treegrid", { name: "Survival of regions and components" });
}

/** A region's row in the table. */
function line(page: Page, region: string): Locator {
  return table(page)
    .getByRole("row", { level: 1 })
    .filter({ has: page.getByRole("rowheader", { name: region }) });
}

function component(page: Page): Locator {
  return page.getByRole("region", { name: "Component" });
}

async function openSurvival(page: Page): Promise<void> {
  await openSample(page, "abdomen-regions");
  await page.keyboard.press("v");
  await idle(page);
}

test("Survival shows what is left at each scale, and what is gone", { tag: "@quick" }, async ({ page }) => {
  await openSurvival(page);

  await test.step("each region shows the voxels that are left at each scale", async () => {
    await expect(page.getByRole("radio", { name: "Survival", exact: true })).toBeChecked();
    const known = voxelsOf("adrenal_glands");
    expect(known.slice(0, 3)).toEqual([376, 38, 5]);
    const cells = line(page, "adrenal_glands").getByRole("gridcell");
    // Cells with voxels and components come before the scales.
    await expect(cells.nth(0)).toHaveText("376 voxels");
    await expect(cells.nth(1)).toHaveText("2 components");
    for (const [scale, voxels] of known.entries())
      await expect(cells.nth(2 + scale)).toContainText(`scale ${scale}: ${voxels}`);
    await expect(cells.nth(5)).toContainText("gone 51 %");
    await expect(line(page, "pancreas")).toContainText("4 components, 2 lost");
    await expect(page.getByRole("columnheader", { name: /Scale 3/ })).toContainText("weight 0");
  });

  await test.step("the last column speaks of the worst scale with weight, as its heading says", async () => {
    await expect(page.getByRole("columnheader", { name: "Worst scale with weight" })).toBeVisible();
    const cell = (region: string) => line(page, region).getByRole("gridcell").last();
    await expect(cell("pancreas")).toContainText("never gone");
    await expect(cell("pancreas")).toContainText("39 % at scale 3 (weight 0)");
    await expect(cell("spinal_cord")).toContainText("gone in <1 % of patches");
    await expect(cell("spinal_cord")).toContainText("scale 2; 20 % at weight 0");
    await expect(line(page, "spinal_cord").getByRole("gridcell").nth(5)).toContainText("gone 20 %");
    for (const part of await table(page).locator("td.survival-outcome").all())
      expect(await part.evaluate((td) => td.scrollWidth - td.clientWidth)).toBeLessThanOrEqual(0);
  });

  await test.step("shares worth knowing stand out by their weight", async () => {
    const weight = (scale: number, text: string) =>
      line(page, "pancreas")
        .getByRole("gridcell")
        .nth(2 + scale)
        .getByText(text)
        .evaluate((part) => Number(getComputedStyle(part).fontWeight));
    expect(await weight(3, "gone 39 %")).toBeGreaterThan(await weight(2, "never gone"));
  });

  await test.step("N steps through the components with no voxel at a scale, in the grid too", async () => {
    await page.keyboard.press("g");
    const seen = new Set<string>();
    for (let step = 0; step < 3; step++) {
      await page.keyboard.press("n");
      await idle(page);
      const said = (await component(page).getByRole("status").textContent()) ?? "";
      const match = /^(\w+), component \d+ of \d+, [\d,]+ voxels?: no voxel at scale \d whole case$/.exec(
        said,
      );
      expect(match, said).not.toBeNull();
      await expect(probe(page)).toContainText(match?.[1] ?? "");
      seen.add((await probedVoxel(page)).join());
    }
    expect(seen.size).toBe(3);
    await expect(component(page)).toContainText("3 of 10 with no voxel at a scale");
    await page.keyboard.press("Shift+N");
    await expect(component(page)).toContainText("2 of 10 with no voxel at a scale");
    await expect(page).toHaveURL(/[?&]zoom=\d/);
    await page.keyboard.press("Escape");
    await expect(component(page)).toHaveCount(0);
    await expect(page).not.toHaveURL(/[?&]zoom=/);
  });
});

test("the table leads into the grid", async ({ page }) => {
  await openSurvival(page);

  await test.step("the keyboard alone opens a region and goes to a component in the grid", async () => {
    await table(page).focus();
    for (let i = 0; i < 14; i++) await page.keyboard.press("ArrowDown");
    await expect(line(page, "pancreas")).toHaveAttribute("aria-selected", "true");
    await page.keyboard.press("ArrowRight");
    await expect(line(page, "pancreas")).toHaveAttribute("aria-expanded", "true");
    await expect(table(page).getByRole("row", { level: 2 })).toHaveCount(4);
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await idle(page);
    await expect(page.getByRole("radio", { name: "Grid", exact: true })).toBeChecked();
    await expect(component(page)).toContainText("pancreas, component 3 of 4, 9 voxels: no voxel at scale 1");
    await expect(probe(page)).toContainText("pancreas");
  });

  await test.step("an empty tile says so of itself, and in how many patches the region is gone", async () => {
    const tiles = page
      .locator(".grid-row")
      .filter({ has: page.getByRole("button", { name: /^pancreas/ }) })
      .locator(".tile");
    await expect(tiles.nth(2)).toContainText("9 voxels");
    await expect(tiles.nth(2)).not.toContainText("gone");
    await expect(tiles.nth(3)).toContainText("no voxel here");
    await expect(tiles.nth(3)).toContainText("gone in 39 % of patches");
    await expect(tiles.nth(3)).toHaveAttribute("data-scale-status", "empty");
  });
});

test("M marks the components with no voxel at a scale on the tiles, where they lie", async ({ page }) => {
  await openSurvival(page);
  await page.keyboard.press("g");
  for (let step = 0; step < 4; step++) {
    await page.keyboard.press("n");
    await idle(page);
  }
  await expect(component(page)).toContainText("sacrum, component 2 of 4, 4 voxels: no voxel at scale 1");
  const example = await probedVoxel(page);
  // Four voxels would be a few pixels: the step has zoomed in, and closing its line would zoom out again.
  await expect(page).toHaveURL(/[?&]zoom=[2-9]/);
  await page.getByRole("button", { name: "Close component details" }).click();
  await expect(page).not.toHaveURL(/[?&]zoom=/);
  expect(await probedVoxel(page)).toEqual(example);
  await page.keyboard.press("n");
  await page.keyboard.press("Shift+N");
  await idle(page);
  await expect(page).toHaveURL(/[?&]zoom=[2-9]/);
  expect(await probedVoxel(page)).toEqual(example);
  const marks = page.locator(".vanishing-box[data-component]");
  await expect(marks).toHaveCount(0);

  await page.keyboard.press("m");
  await idle(page);
  const toggle = page.getByRole("button", { name: "Mark components with no voxel at a scale" });
  await expect(toggle).toHaveAttribute("aria-pressed", "true");
  await expect(
    page.getByRole("region", { name: "Components with no voxel at a scale" }).getByRole("status"),
  ).toHaveText("Whole case: 10 of 58 components have no voxel at a scale used in the loss.");
  const row = page.locator(".grid-row").filter({ has: page.getByRole("button", { name: /^sacrum/ }) });
  await expect(row.locator(".vanishing-caption")).toHaveText(/^no voxel( here)?$/);
  await expect(row.locator('[data-component="1"]')).toHaveCount(4);
  const mark = row.locator('[data-component="1"][data-here="emptied"]');
  const [box, head] = await Promise.all([
    mark.locator(".vanish-line").boundingBox(),
    page.locator(".column-head").nth(1).boundingBox(),
  ]);
  if (!box || !head) throw new Error("no mark, or no head of scale 1");
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  expect(x).toBeGreaterThan(head.x);
  expect(x).toBeLessThan(head.x + head.width);
  // The mark lets the pointer through to the picture. Four voxels lie within two voxels of the one in their
  // middle.
  await page.mouse.move(x, y);
  await expect(probe(page)).toContainText("Pointer");
  for (const [axis, n] of (await probedVoxel(page)).entries())
    expect(Math.abs(n - (example[axis] ?? Number.NaN)), `axis ${axis}`).toBeLessThanOrEqual(2);

  await page.mouse.move(5, 5);
  await page.keyboard.press("Shift+BracketRight");
  await idle(page);
  await expect(row.locator('[data-component="1"]')).toHaveCount(0);
  // The address updates after a delay: it must have left the first slice, or the reload would open the other
  // one.
  await expect(page).not.toHaveURL(new RegExp(`voxel=${example.join("%2C")}`));
  await page.keyboard.press("Shift+BracketLeft");
  await expect(page).toHaveURL(new RegExp(`voxel=${example.join("%2C")}`));
  await expect(page).toHaveURL(/[?&]vanish=1/);
  await page.reload();
  await idle(page);
  await expect(toggle).toHaveAttribute("aria-pressed", "true");
  await expect(mark).toHaveCount(1);
  await toggle.click();
  await expect(marks).toHaveCount(0);
  await expect(page).not.toHaveURL(/vanish/);
});

test("the table follows search, sorting, pooling, components and patch", async ({ page }) => {
  await openSurvival(page);

  await test.step("only what is gone, searched and sorted", async () => {
    await page
      .getByRole("radio", { name: "Only what is gone in part or whole at a scale used in the loss" })
      .click();
    await expect(line(page, "skeleton")).toBeVisible();
    await expect(line(page, "spleen")).toHaveCount(0);
    await page.getByRole("searchbox", { name: "Search regions of the survival table" }).fill("pan");
    await expect(table(page).getByRole("row", { level: 1 })).toHaveCount(1);
    await page.getByRole("searchbox", { name: "Search regions of the survival table" }).fill("");
    await page.getByRole("radio", { name: "All regions and components" }).click();
    await page.getByRole("radio", { name: "Sort by size" }).click();
    await expect(table(page).getByRole("row", { level: 1 }).first()).toContainText("muscles");
    await page.getByRole("radio", { name: "Sort by most often gone" }).click();
    // Of the scales that the loss uses, only the sacrum is gone from more than one patch in fifty.
    await expect(table(page).getByRole("row", { level: 1 }).first()).toContainText("sacrum");
    await page.getByRole("radio", { name: "Sort by file order" }).click();
  });

  await test.step("pooling any voxel keeps everything, and says that nnU-Net does not", async () => {
    await expect(table(page)).toContainText("lost");
    await page.getByRole("radio", { name: "any voxel" }).click();
    await idle(page);
    await page.getByRole("button", { name: "Expand all regions" }).click();
    await expect(page.getByRole("note")).toContainText("Not used by nnU-Net.");
    await expect(page.getByRole("region", { name: "Survival", exact: true })).toContainText(
      "Whole case, with any voxel pooling: all 58 components of 25 regions have voxels at every scale used in the loss.",
    );
    await expect(table(page)).not.toContainText("lost");
    await page.getByRole("radio", { name: "nnU-Net's sampling" }).click();
    await idle(page);
    await page.getByRole("button", { name: "Collapse all regions" }).click();
  });

  await test.step("shares of components can be cancelled", async () => {
    await page.getByRole("button", { name: "Compute shares of components" }).click();
    await page.getByRole("button", { name: "Cancel shares of components" }).click();
    await idle(page);
    await line(page, "sacrum").click();
    await expect(table(page).getByRole("row", { level: 2 }).nth(1)).not.toContainText("gone");
  });

  await test.step("shares say which patches there are, and how often each component is gone", async () => {
    await page.getByRole("button", { name: "Compute shares of components" }).click();
    await idle(page);
    const survival = page.getByRole("region", { name: "Survival", exact: true });
    await expect(survival).toContainText(
      "Over all patches of 112×96×112 voxels that nnU-Net can draw: 50 % at 84 positions anywhere, 50 % centred on 172,728 foreground voxels.",
    );
    await expect(line(page, "spine")).toContainText("in every patch");
    await expect(line(page, "spine")).toContainText("never gone");
    const parts = table(page).getByRole("row", { level: 2 });
    await expect(parts.nth(0)).toContainText("gone in 3 % of patches");
    // Four voxels.
    await expect(parts.nth(1)).toContainText("gone in 95 % of patches");
    await page.getByRole("button", { name: "Clear results" }).click();
    await expect(parts.nth(1)).not.toContainText("gone");
  });

  await test.step("a patch shows what the loss would see there", async () => {
    await page.getByRole("radio", { name: "One patch, as the loss sees it" }).click();
    await idle(page);
    const size = page.getByRole("spinbutton", { name: "Patch size, axis 0" });
    await expect(size).toHaveAccessibleDescription(/^A whole number from 1 to \d+$/);
    await expect(size).toHaveValue("112");
    await expect(page.getByRole("slider", { name: "Patch origin, axis 1" })).toHaveValue("3");
    await size.fill("0");
    await size.press("Enter");
    await expect(size).toHaveAccessibleDescription(/^Enter a whole number from 1 to \d+\.$/);
    await expect(page.getByRole("alert")).toContainText("Enter a whole number from 1 to");
    await size.fill("32");
    await expect(page.getByRole("alert")).toHaveCount(0);
    await size.press("Enter");
    await idle(page);
    await page.getByRole("slider", { name: "Patch origin, axis 0" }).fill("0");
    await idle(page);
    // The lungs lie above the lowest 32 slices.
    const search = page.getByRole("searchbox", { name: "Search regions of the survival table" });
    await search.fill("lungs");
    await expect(line(page, "lungs").getByRole("gridcell").nth(2)).toContainText("scale 0: –");
    await search.fill("femurs");
    await expect(line(page, "femurs").getByRole("gridcell").nth(2)).toContainText(/scale 0: [1-9]/);
    await search.fill("");
    await page.getByRole("button", { name: "Centre on the crosshair" }).click();
    await idle(page);
    const [z = 0] = await probedVoxel(page);
    await expect(page.getByRole("slider", { name: "Patch origin, axis 0" })).toHaveValue(String(z - 16));
  });
});
