/** Tests the Survival view: what is left at each scale, what vanishes, and how it leads into the grid. */
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

test("Survival shows what is left at each scale, and what vanishes", { tag: "@quick" }, async ({ page }) => {
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
      await expect(cells.nth(2 + scale)).toHaveText(`scale ${scale}: ${voxels}`);
    await expect(line(page, "pancreas")).toContainText("vanishes at scale 3");
    await expect(line(page, "pancreas")).toContainText("4 components, 2 vanish");
    await expect(page.getByRole("columnheader", { name: /Scale 3/ })).toContainText("weight 0");
  });

  await test.step("N steps through the vanishing components, in the grid too", async () => {
    await page.keyboard.press("g");
    const seen = new Set<string>();
    for (let step = 0; step < 3; step++) {
      await page.keyboard.press("n");
      await idle(page);
      const said = (await component(page).getByRole("status").textContent()) ?? "";
      const match = /^(\w+), component \d+ of \d+, [\d,]+ voxels?: vanishes at scale \d$/.exec(said);
      expect(match, said).not.toBeNull();
      await expect(probe(page)).toContainText(match?.[1] ?? "");
      seen.add((await probedVoxel(page)).join());
    }
    expect(seen.size).toBe(3);
    await expect(component(page)).toContainText("3 of 10 that vanish");
    await page.keyboard.press("Shift+N");
    await expect(component(page)).toContainText("2 of 10 that vanish");
    await page.getByRole("button", { name: "Close component details" }).click();
    await expect(component(page)).toHaveCount(0);
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
    await expect(component(page)).toContainText("pancreas, component 3 of 4, 9 voxels: vanishes at scale 1");
    await expect(probe(page)).toContainText("pancreas");
  });

  await test.step("a tile of a vanished region says at which scale it vanishes", async () => {
    const tiles = page
      .locator(".grid-row")
      .filter({ has: page.getByRole("button", { name: /^pancreas/ }) })
      .locator(".tile");
    await expect(tiles.nth(2)).toContainText("9 voxels");
    await expect(tiles.nth(3)).toContainText("vanishes at scale 3");
    await expect(tiles.nth(3)).toHaveAttribute("data-scale-status", "vanished");
  });
});

test("M marks the vanishing components on the tiles, where they lie", async ({ page }) => {
  await openSurvival(page);
  await page.keyboard.press("g");
  for (let step = 0; step < 4; step++) {
    await page.keyboard.press("n");
    await idle(page);
  }
  await expect(component(page)).toContainText("sacrum, component 2 of 4, 4 voxels: vanishes at scale 1");
  const example = await probedVoxel(page);
  const marks = page.locator(".vanishing-box[data-component]");
  await expect(marks).toHaveCount(0);

  await page.keyboard.press("m");
  await idle(page);
  const toggle = page.getByRole("button", { name: "Mark components that vanish" });
  await expect(toggle).toHaveAttribute("aria-pressed", "true");
  await expect(page.getByRole("region", { name: "Components that vanish" }).getByRole("status")).toHaveText(
    "10 of 58 components vanish at a scale used in the loss. No region vanishes completely.",
  );
  const row = page.locator(".grid-row").filter({ has: page.getByRole("button", { name: /^sacrum/ }) });
  await expect(row.getByText("vanishes at scale 1")).toBeVisible();
  await expect(row.locator('[data-component="1"]')).toHaveCount(4);
  const mark = row.locator('[data-component="1"][data-here="vanishes"]');
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
  await expect(page.getByText("vanishes at scale 1")).toHaveCount(0);
  await expect(page).not.toHaveURL(/vanish/);
});

test("the table follows search, sorting, pooling, sweep and patch", async ({ page }) => {
  await openSurvival(page);

  await test.step("only what vanishes, searched and sorted", async () => {
    await page.getByRole("radio", { name: "Only what vanishes" }).click();
    await expect(line(page, "skeleton")).toBeVisible();
    await expect(line(page, "spleen")).toHaveCount(0);
    await page.getByRole("searchbox", { name: "Search regions of the survival table" }).fill("pan");
    await expect(table(page).getByRole("row", { level: 1 })).toHaveCount(1);
    await page.getByRole("searchbox", { name: "Search regions of the survival table" }).fill("");
    await page.getByRole("radio", { name: "All regions and components" }).click();
    await page.getByRole("radio", { name: "Sort by size" }).click();
    await expect(table(page).getByRole("row", { level: 1 }).first()).toContainText("muscles");
    await page.getByRole("radio", { name: "Sort by file order" }).click();
  });

  await test.step("pooling any voxel keeps everything, and says that nnU-Net does not", async () => {
    await expect(table(page)).toContainText("vanish");
    await page.getByRole("radio", { name: "any voxel" }).click();
    await idle(page);
    await page.getByRole("button", { name: "Expand all regions" }).click();
    await expect(page.getByRole("note")).toContainText("Not used by nnU-Net.");
    await expect(page.getByRole("region", { name: "Survival", exact: true })).toContainText(
      "All 58 components of 25 regions are kept at every scale used in the loss.",
    );
    await expect(table(page)).not.toContainText("vanish");
    await page.getByRole("radio", { name: "nnU-Net's sampling" }).click();
    await idle(page);
    await page.getByRole("button", { name: "Collapse all regions" }).click();
  });

  await test.step("a sweep can be cancelled", async () => {
    await page.getByRole("radio", { name: "Patches centred on foreground" }).click();
    const limit = page.getByRole("spinbutton", { name: "Maximum number of patches" });
    await limit.fill("1000000");
    await limit.press("Enter");
    await page.getByRole("button", { name: "Run patch statistics" }).click();
    await page.getByRole("button", { name: "Cancel patch statistics" }).click();
    await idle(page);
    await expect(table(page)).not.toContainText(/in [\d,]+ of [\d,]+ patch/);
    await expect(page.getByRole("button", { name: "Run patch statistics" })).toBeEnabled();
    await page.getByRole("radio", { name: "Random patches" }).click();
  });

  await test.step("a sweep says how many patches there are, and how often each component survives", async () => {
    await expect(table(page)).not.toContainText(/in [\d,]+ of [\d,]+ patch/);
    await page.getByRole("button", { name: "Run patch statistics" }).click();
    await idle(page);
    const survival = page.getByRole("region", { name: "Survival", exact: true });
    await expect(survival).toContainText("84 possible positions, all 84 checked; patch 112×96×112.");
    await expect(line(page, "spine")).toContainText("in 84 of 84 patches");
    await expect(line(page, "spine")).toContainText("kept in all of them");
    await line(page, "sacrum").click();
    await expect(table(page).getByRole("row", { level: 2 }).nth(1)).toContainText(
      "kept at scale 2 in 7 % of them",
    );

    await page.getByRole("radio", { name: "Patches centred on foreground" }).click();
    const limit = page.getByRole("spinbutton", { name: "Maximum number of patches" });
    await limit.fill("500");
    await limit.press("Enter");
    await page.getByRole("button", { name: "Run patch statistics" }).click();
    await idle(page);
    await expect(survival).toContainText(
      "500 patches (seed 1), each centred on a random voxel of a random region",
    );
  });

  await test.step("a patch shows what the loss would see there", async () => {
    await page.getByRole("radio", { name: "One training patch, as the loss sees it" }).click();
    await idle(page);
    const size = page.getByRole("spinbutton", { name: "Patch size, axis 0" });
    await expect(size).toHaveValue("112");
    await expect(page.getByRole("slider", { name: "Patch origin, axis 1" })).toHaveValue("3");
    await size.fill("32");
    await size.press("Enter");
    await idle(page);
    await page.getByRole("slider", { name: "Patch origin, axis 0" }).fill("0");
    await idle(page);
    // The lungs lie above the lowest 32 slices.
    await expect(line(page, "lungs")).toContainText("not in the patch");
    await expect(line(page, "femurs")).not.toContainText("not in the patch");
    await page.getByRole("button", { name: "Centre on the crosshair" }).click();
    await idle(page);
    const [z = 0] = await probedVoxel(page);
    await expect(page.getByRole("slider", { name: "Patch origin, axis 0" })).toHaveValue(String(z - 16));
  });
});
