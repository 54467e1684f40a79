/** Tests the region list and the slice track, and how both lead to slices and components. */
import { readFileSync } from "node:fs";
import {
  file,
  goto,
  grid,
  idle,
  openFiles,
  openSample,
  probedVoxel,
  sampleFiles,
  settledUrl,
} from "./support/app.ts";
import { finding } from "./support/findings.ts";
import { type Picture, screenPixels } from "./support/pixels.ts";
import { expect, type Locator, type Page, test } from "./support/test.ts";

const regions = (page: Page) => page.getByRole("table", { name: "Regions" });
const sort = (page: Page) => page.getByRole("combobox", { name: "Sort regions" });
const bar = (page: Page) => page.getByRole("toolbar", { name: "Selected regions" });
const name = (page: Page, region: string) =>
  regions(page).getByRole("rowheader", { name: region, exact: true });
const search = (page: Page) => page.getByRole("searchbox", { name: "Search regions or labels" });
const gridRow = (page: Page, region: string) =>
  page.locator(".grid-row").filter({ has: page.locator(".row-head b", { hasText: region }) });
const sliceTrack = (page: Page, plane: string) => page.getByRole("slider", { name: `Slice, ${plane}` });

/** Names of the visible rows, from the top. */
async function names(page: Page): Promise<string[]> {
  return regions(page)
    .getByRole("rowheader")
    .evaluateAll((heads) => heads.map((head) => head.getAttribute("aria-label") ?? ""));
}

async function selected(page: Page): Promise<string[]> {
  const rows = regions(page).locator('[aria-selected="true"]').getByRole("rowheader");
  const all = await rows.evaluateAll((heads) => heads.map((head) => head.getAttribute("aria-label") ?? ""));
  return all.sort();
}

async function gridRows(page: Page): Promise<string[]> {
  await idle(page);
  return page.locator(".grid-row .row-head b").allInnerTexts();
}

/** A slice's point on the slice track, with the last slice at the top. */
async function placeOf(track: Locator, slice: number, of: number): Promise<{ x: number; y: number }> {
  const box = await track.boundingBox();
  if (!box) throw new Error("no slice track");
  return { x: box.x + box.width / 2, y: box.y + ((of - slice - 0.5) / of) * box.height };
}

test("the region list of the abdomen: order and selection", { tag: "@quick" }, async ({ page }) => {
  await openSample(page, "abdomen-regions");
  await test.step("is sorted by name, volume and how often regions are gone", async () => {
    const defined = await names(page);
    expect(defined.slice(0, 2)).toEqual(["skeleton", "spine"]);
    await sort(page).selectOption({ label: "By name" });
    const named = await names(page);
    expect(named).toEqual([...named].sort((a, b) => a.localeCompare(b)));
    await sort(page).selectOption({ label: "Largest first" });
    const sizes = await regions(page).locator(".cell-size").allInnerTexts();
    const voxels = sizes
      .filter((text) => /^[\d,]+$/.test(text))
      .map((text) => Number(text.replaceAll(",", "")));
    expect(voxels.length).toBeGreaterThan(5);
    expect(voxels).toEqual([...voxels].sort((a, b) => b - a));
    await sort(page).selectOption({ label: "Most often gone first" });
    const dots = regions(page)
      .getByRole("row")
      .filter({ has: page.getByRole("rowheader") })
      .first()
      .locator(".dots");
    await expect(dots).toContainText(
      "scale 2 gone in 3 % of patches, scale 3 gone in 5 % of patches (weight 0)",
    );
    await expect(page.getByText("Rows can be reordered only in file order.")).toBeVisible();
    await expect(page.locator(".grip")).toHaveCount(0);
    await sort(page).selectOption({ label: "File order" });
    // The note above the list goes, and the list has room for one more row.
    await expect.poll(() => names(page)).toEqual(defined);
    await expect(page.locator(".grip").first()).toBeAttached();
  });

  await test.step("several regions are selected by pointer and keys", async () => {
    await name(page, "spine").click();
    await name(page, "skeleton").click({ modifiers: ["ControlOrMeta"] });
    expect(await selected(page)).toEqual(["skeleton", "spine"]);
    await expect(bar(page)).toContainText("2 selected");
    await expect(page.getByRole("region", { name: "Region skeleton", exact: true })).toBeVisible();
    await name(page, "skeleton").click({ modifiers: ["ControlOrMeta"] });
    expect(await selected(page)).toEqual(["spine"]);

    const order = await names(page);
    await name(page, order[0] ?? "").click();
    await name(page, order[3] ?? "").click({ modifiers: ["Shift"] });
    expect(await selected(page)).toEqual(order.slice(0, 4).sort());
    await page.keyboard.press("Shift+ArrowUp");
    expect(await selected(page)).toEqual(order.slice(0, 3).sort());
    await page.keyboard.press("ArrowDown");
    expect(await selected(page)).toEqual([order[3]]);
    await regions(page).focus();
    await page.keyboard.press("Control+a");
    await expect(bar(page)).toContainText("25 selected");
  });
});

/** Files of the abdomen whose dataset.json lacks these entries. */
function abdomenWithout(...lacking: readonly string[]) {
  const paths = sampleFiles("Dataset901_AbdomenRegions", "abdomen_001");
  const json = JSON.parse(readFileSync(paths.find((path) => path.endsWith("dataset.json")) ?? "", "utf8"));
  const regions = Object.keys(json.labels).filter((key) => key !== "background");
  json.regions_class_order = json.regions_class_order.filter(
    (_: number, i: number) => !lacking.includes(regions[i] ?? ""),
  );
  for (const key of lacking) delete json.labels[key];
  const others = paths.filter((path) => !path.endsWith("dataset.json"));
  return [...others, file("dataset.json", JSON.stringify(json))];
}

/** Number of pixels in the colour of outlines around labels in no region. */
function outlined({ data }: Picture): number {
  let count = 0;
  for (let at = 0; at < data.length; at += 4)
    if (data[at] === 255 && data[at + 1] === 93 && data[at + 2] === 93) count++;
  return count;
}

const NO_TEXT = ".tile, .row-head, .grid-row, .pane, .slice-caption { visibility: hidden !important }";

test("labels in no region are listed, drawn and counted, and a finding leads to them", async ({ page }) => {
  await goto(page);
  await openFiles(page, abdomenWithout("pancreas", "prostate", "lungs"));
  const view = page.locator("canvas.grid-canvas, canvas.slices-canvas");
  const drawn = async () => outlined(await screenPixels(page, view, NO_TEXT));
  await test.step("the finding selects their row and goes to a voxel of the first", async () => {
    expect(await drawn()).toBe(0);
    await finding(page, "label-unexpected").getByRole("button").first().click();
    await idle(page);
    expect(await selected(page)).toEqual(["in no region"]);
    await expect(gridRow(page, "in no region")).toBeInViewport({ ratio: 1 });
    await expect(gridRow(page, "in no region")).toContainText("labels 8, 13, 24");
    await expect(gridRow(page, "in no region")).toContainText("5,359 voxels");
    await expect(page.getByRole("region", { name: "Probe" })).toContainText("Label 8");
    expect(await drawn()).toBeGreaterThan(50);
  });

  await test.step("the card counts each label and goes to it", async () => {
    const card = page.getByRole("region", { name: "Labels in no region" });
    await expect(card.getByRole("button", { name: /^Go to label/ })).toHaveText(["8695", "13549", "244,115"]);
    await card.getByRole("button", { name: "Go to label 24, 4,115 voxels" }).click();
    await expect(page.getByRole("region", { name: "Probe" })).toContainText("Label 24");
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("region", { name: "Probe" })).toContainText("Label 13");
  });

  await test.step("Planes, Lightbox and a search for a label show them", async () => {
    await page.keyboard.press("4");
    await idle(page);
    expect(await drawn()).toBeGreaterThan(50);
    await page.keyboard.press("5");
    await idle(page);
    expect(await drawn()).toBeGreaterThan(50);
    await name(page, "kidneys").click();
    await search(page).click();
    await page.keyboard.type("24");
    expect(await names(page)).toEqual(["in no region"]);
    await page.keyboard.press("Enter");
    expect(await selected(page)).toEqual(["in no region"]);
  });

  await test.step("their box hides them, and a label becomes a region that can be undone", async () => {
    await search(page).click();
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.press("Delete");
    await page.getByRole("radio", { name: "Grid", exact: true }).click();
    await regions(page).getByRole("checkbox", { name: "Show in no region" }).uncheck();
    await idle(page);
    expect(await drawn()).toBe(0);
    await regions(page).getByRole("checkbox", { name: "Show in no region" }).check();
    await page.getByRole("button", { name: "Add a region of label 8", exact: true }).click();
    await idle(page);
    await page.keyboard.type("pancreas");
    await page.keyboard.press("Enter");
    await idle(page);
    expect(await selected(page)).toEqual(["pancreas"]);
    await expect(gridRow(page, "in no region")).toContainText("labels 13, 24");
    await page.locator("body").click({ position: { x: 5, y: 5 } });
    await page.keyboard.press("ControlOrMeta+z");
    await page.keyboard.press("ControlOrMeta+z");
    await expect(gridRow(page, "in no region")).toContainText("labels 8, 13, 24");
  });
});

test("the list and the slice track lead to slices, components and regions", async ({ page }) => {
  await openSample(page, "abdomen-regions");
  await test.step("the slice track beside the grid shows the current slice and leads to others", async () => {
    await page.getByRole("radio", { name: "Axial" }).click();
    await idle(page);
    const track = sliceTrack(page, "axial");
    const [z = 0] = await probedVoxel(page);
    await expect(track).toHaveAttribute("aria-valuenow", String(z));
    await expect(track).toHaveAttribute("aria-valuetext", `slice ${z} of 111`);
    await expect(track.locator(".track-shown").first()).toBeAttached();

    const [to, on] = [await placeOf(track, 80, 112), await placeOf(track, 20, 112)];
    await page.mouse.move(to.x, to.y);
    await page.mouse.down();
    await expect(track).toHaveAttribute("aria-valuenow", "80");
    await page.mouse.move(on.x, on.y, { steps: 4 });
    await page.mouse.up();
    await page.mouse.move(5, 5);
    await idle(page);
    await expect(track).toHaveAttribute("aria-valuenow", "20");
    expect((await probedVoxel(page))[0]).toBe(20);

    await track.focus();
    await page.keyboard.press("ArrowUp");
    await expect(track).toHaveAttribute("aria-valuenow", "21");
    await page.keyboard.press("PageDown");
    await expect(track).toHaveAttribute("aria-valuenow", "11");
    await page.keyboard.press("Home");
    await expect(track).toHaveAttribute("aria-valuenow", "111");

    // Colours mark the slices with the selected regions.
    const coloured = track.locator("rect[fill]");
    await expect(coloured).toHaveCount(0);
    await name(page, "spine").click();
    await expect(coloured).not.toHaveCount(0);
    await page.keyboard.press("2");
    await expect(sliceTrack(page, "coronal")).toBeVisible();
  });

  await test.step("jumps: into the region, to its next slice, to its next component", async () => {
    await page.getByRole("radio", { name: "Axial" }).click();
    // Starts at the first slice, which the kidneys do not reach.
    await sliceTrack(page, "axial").focus();
    await page.keyboard.press("End");
    await name(page, "kidneys").click();
    expect((await probedVoxel(page))[0]).toBe(0);
    await page.keyboard.press(".");
    const [from = 0] = await probedVoxel(page);
    expect(from).toBeGreaterThan(1);
    await page.keyboard.press(".");
    expect((await probedVoxel(page))[0]).toBe(from + 1);
    await page.keyboard.press(",");
    await bar(page)
      .getByRole("button", { name: "Previous slice containing the selected regions (,)" })
      .click();
    await expect(page.getByText("The selected regions do not occur in any earlier slice.")).toBeVisible();
    expect((await probedVoxel(page))[0]).toBe(from);

    await page.keyboard.press("c");
    await idle(page);
    await expect(page.getByRole("region", { name: "Probe" })).toContainText("kidneys");
    await bar(page).getByRole("button", { name: "Next component (⇧ .)" }).click();
    await expect(page.getByRole("region", { name: "Component" })).toContainText("kidneys, component 1 of");
    await page.keyboard.press("Shift+Period");
    await expect(page.getByRole("region", { name: "Component" })).toContainText("kidneys, component 2 of");
  });

  await test.step("a row whose region is in other slices says which, and goes there by click and by key", async () => {
    const probe = page.getByRole("region", { name: "Probe" });
    const place = gridRow(page, "kidneys").getByRole("button", { name: /^kidneys is in slices \d+–\d+/ });
    await sliceTrack(page, "axial").focus();
    await page.keyboard.press("End");
    await name(page, "kidneys").click();
    await expect(place).toBeVisible();
    const [first = 0, last = 0] = ((await place.innerText()).match(/\d+/g) ?? []).map(Number);
    await place.click();
    const [at = 0] = await probedVoxel(page);
    expect(at).toBeGreaterThanOrEqual(first);
    expect(at).toBeLessThanOrEqual(last);
    await expect(probe).toContainText("kidneys");
    await expect(place).toHaveCount(0);
    // The numbers are those of the slices at whose ends the region begins.
    await sliceTrack(page, "axial").focus();
    await page.keyboard.press("End");
    await page.keyboard.press(".");
    expect((await probedVoxel(page))[0]).toBe(first);
    await page.keyboard.press("[");
    await expect(place).toBeVisible();
    await page.keyboard.press("c");
    await expect(place).toHaveCount(0);

    const goes = bar(page).getByRole("button", { name: "Go to each region that is selected" });
    await goes.click();
    await name(page, "spleen").click();
    await expect(probe).toContainText("spleen");
    await page.keyboard.press("k");
    await expect(probe).toContainText("gallbladder");
    await goes.click();
    await page.keyboard.press("j");
    await expect(probe).toContainText("gallbladder");
  });

  await test.step("a search finds labels and shows them; Enter selects the match, and the grid follows", async () => {
    await search(page).click();
    await page.keyboard.type("label 10");
    expect(await names(page)).toEqual(["digestive_tract", "intestine", "small_intestine", "duodenum"]);
    const labels = regions(page).locator(".cell-labels b");
    await expect(labels).toHaveText(["10", "10", "10", "10"]);
    await page.keyboard.press("Enter");
    expect(await selected(page)).toEqual(["digestive_tract"]);
    await page.keyboard.press("Enter");
    expect(await selected(page)).toEqual(["intestine"]);
    await page.keyboard.press("ArrowDown");
    expect(await selected(page)).toEqual(["small_intestine"]);
    // It was moved to in the list, so the key is not meant for the search.
    await page.keyboard.press("Delete");
    await expect.poll(() => names(page)).toEqual(["digestive_tract", "intestine", "duodenum"]);
    await page.keyboard.press("ControlOrMeta+z");
    await expect.poll(() => names(page)).toHaveLength(4);
    await search(page).click();
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.type("back");
    await page.keyboard.press("Enter");
    expect(await selected(page)).toEqual(["back_muscles"]);
    await expect(gridRow(page, "back_muscles")).toBeInViewport({ ratio: 1 });
    await page.keyboard.press("Delete");
    await expect(page.getByRole("status", { name: "Key" })).toContainText("click its row first");
    expect(await selected(page)).toEqual(["back_muscles"]);
    // A shortcut is not typed into the search; without a match, Enter leaves the text to be corrected.
    await page.keyboard.press("s");
    await expect(search(page)).toHaveValue("back");
    await expect(page).toHaveURL(/solo=back_muscles/);
    await page.keyboard.press("s");
    await search(page).click();
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.type("nowhere");
    await page.keyboard.press("Enter");
    await expect(search(page)).toBeFocused();
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.press("Delete");
  });

  await test.step("selecting all selects only regions that the search finds", async () => {
    await page.getByRole("searchbox", { name: "Search regions or labels" }).fill("kidney");
    await regions(page).focus();
    await page.keyboard.press("Control+a");
    await expect(bar(page)).toContainText(`${(await names(page)).length} selected`);
    expect(await selected(page)).toEqual((await names(page)).sort());
    await page.getByRole("searchbox", { name: "Search regions or labels" }).fill("");
  });

  await test.step("solo, hide and hide others act on all selected regions, by button and by key", async () => {
    await name(page, "skeleton").click();
    await name(page, "spine").click({ modifiers: ["ControlOrMeta"] });
    await bar(page).getByRole("button", { name: "Solo: show only the selected regions (S)" }).click();
    expect(await gridRows(page)).toEqual(["skeleton", "spine"]);
    await expect(page).toHaveURL(/solo=spine&solo=skeleton/);
    // Boxes say what is shown, and change it.
    await expect(regions(page).getByRole("checkbox", { checked: true })).toHaveCount(2);
    await expect(page.getByText("2/25")).toBeVisible();
    await regions(page).getByRole("checkbox", { name: "Show sacrum" }).check();
    expect(await gridRows(page)).toEqual(["skeleton", "spine", "sacrum"]);
    await regions(page).getByRole("checkbox", { name: "Show sacrum" }).uncheck();
    expect(await gridRows(page)).toEqual(["skeleton", "spine"]);

    // The address alone restores both, including the selection.
    await goto(page, (await settledUrl(page)).search);
    expect(await gridRows(page)).toEqual(["skeleton", "spine"]);
    expect(await selected(page)).toEqual(["skeleton", "spine"]);
    await page.keyboard.press("s");
    expect((await gridRows(page)).length).toBeGreaterThan(2);

    await page.keyboard.press("h");
    await expect(grid(page)).not.toContainText("60,703 voxels");
    expect((await gridRows(page)).includes("spine")).toBe(false);
    await page.keyboard.press("h");
    await page.keyboard.press("Shift+H");
    expect(await gridRows(page)).toEqual(["skeleton", "spine"]);
    await expect(regions(page).getByRole("checkbox", { name: "Show sacrum" })).not.toBeChecked();
    await bar(page).getByRole("button", { name: "Show all (A)" }).click();
    expect((await gridRows(page)).length).toBeGreaterThan(2);
    await expect(bar(page).getByRole("button", { name: "Show all (A)" })).toBeDisabled();
  });
});

test("a search by label shows the label whole, and how many of the regions it lists", async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 720 });
  await openSample(page, "abdomen-regions");
  await page.getByRole("searchbox", { name: "Search regions or labels" }).fill("12");
  await expect(page.locator(".regions .tally")).toHaveText("1 of 25");
  const cell = page.locator(".region-row .cell-labels");
  await expect(cell).toHaveCount(1);
  await expect(cell).toContainText("12 …");
  expect(await cell.evaluate((td) => td.scrollWidth - td.clientWidth)).toBeLessThanOrEqual(0);
});
