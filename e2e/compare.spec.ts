/** Tests the Compare view: scales, samplings, definitions and a second label file against a plain recount. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzip } from "../src/formats/testing/write-nifti.ts";
import {
  dropPaths,
  file,
  goto,
  idle,
  openSample,
  probedVoxel,
  problem,
  sampleFiles,
  settledUrl,
} from "./support/app.ts";
import { canvasPixels, differingPixels, pixelAt } from "./support/pixels.ts";
import {
  DEFINITION,
  expectRecount,
  LABELS,
  nifti,
  openSecond,
  rowOf,
  withLabels,
} from "./support/second-labels.ts";
import { expect, type Page, test } from "./support/test.ts";

test("a key and the address show Compare; scales, downsampling modes and definitions are compared", async ({
  page,
}) => {
  const errors: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") errors.push(message.text());
  });
  await openSample(page, "abdomen-regions");
  await page.keyboard.press("6");
  await idle(page);
  await expect(page.getByRole("application", { name: "Compare" })).toBeVisible();
  await expect(page).toHaveURL(/view=compare/);
  await goto(page, "?sample=abdomen-regions&view=compare");
  await expect(page.getByRole("group", { name: "A: scale 0" })).toBeVisible();
  await expect(page.getByRole("group", { name: "B: scale 1" })).toBeVisible();

  await test.step("the other downsampling mode, and another definition", async () => {
    await page.getByRole("combobox", { name: "Compare with" }).click();
    await page.getByRole("option", { name: /Other downsampling mode/ }).click();
    await idle(page);
    await expect(dice(page, "skeleton")).toHaveText("1.0000");
    await page.getByRole("combobox", { name: "Compare with" }).click();
    await page.getByRole("option", { name: /Another dataset.json/ }).click();
    await idle(page);
    await expect(page.getByText("Choose a second dataset.json to compare.")).toBeVisible();
    const labels = { ...DEFINITION.labels, spine: [16], gone: 1 };
    const text = JSON.stringify({
      ...DEFINITION,
      labels: Object.fromEntries(Object.entries(labels).filter(([name]) => name !== "femurs")),
    });
    await page.getByLabel("dataset.json for B", { exact: true }).setInputFiles(file("other.json", text));
    await idle(page);
    await expect(rowOf(page, "femurs")).toContainText("only in A");
    await expect(rowOf(page, "spine")).toContainText("21,4465,8845,884");
  });

  await test.step("sides that cannot differ say why", async () => {
    const why = page.getByText(/^At scale 0 both downsampling modes keep every voxel/);
    await expect(why).toHaveCount(0);
    await page.getByRole("combobox", { name: "Compare with" }).click();
    await page.getByRole("option", { name: /Other downsampling mode/ }).click();
    await expect(why).toBeVisible();
    const scaleOfA = async (name: RegExp) => {
      await page.getByRole("combobox", { name: "Scale of A" }).click();
      await page.getByRole("option", { name }).click();
      await idle(page);
    };
    await scaleOfA(/^scale 1/);
    await expect(why).toHaveCount(0);
    await page.getByRole("combobox", { name: "Compare with" }).click();
    await page.getByRole("option", { name: /Another scale/ }).click();
    await expect(
      page.getByText("Both sides show scale 1. Choose another scale for one of them."),
    ).toBeVisible();
    await scaleOfA(/^scale 0/);
    await expect(page.getByText(/^Both sides show/)).toHaveCount(0);
  });

  await test.step("scales are compared, with stripes where they differ", async () => {
    const striped = await canvasPixels(page);
    await page.getByRole("checkbox", { name: "Stripe differences" }).click();
    await idle(page);
    const plain = await canvasPixels(page);
    expect(differingPixels(striped, plain, { x: 0, y: 0, ...sizeOf(plain) })).toBeGreaterThan(300);
    await expect(dice(page, "skeleton")).not.toHaveText("1.0000");
    // With the same scale on both sides, nothing differs.
    await page.getByRole("checkbox", { name: "Stripe differences" }).click();
    await page.getByRole("combobox", { name: "Scale of B" }).click();
    await page.getByRole("option", { name: /scale 0/ }).click();
    await idle(page);
    await expect(dice(page, "skeleton")).toHaveText("1.0000");
  });
  expect(errors).toEqual([]);
});

test("a second label file: counts, Dice and stripes are those of a plain recount", async ({ page }) => {
  await goto(page, "?sample=abdomen-regions&plane=axial");
  const bytesBefore = await gpuBytes(page);
  await page.keyboard.press("6");
  await idle(page);
  const { bytes, read, shape } = nifti(LABELS);
  const a = read();
  const b = shifted(a, shape);
  await openSecond(page, file("second.nii.gz", gzip(withLabels(bytes, b))));
  await expect(page.getByRole("group", { name: "B: second.nii.gz" })).toBeVisible();

  await expectRecount(page, DEFINITION.labels, a, b, 25);

  // Stripes add only cyan or magenta, and add nothing where the files agree.
  await page.getByRole("button", { name: "Show crosshair" }).click();
  await idle(page);
  const striped = await canvasPixels(page);
  await page.getByRole("checkbox", { name: "Stripe differences" }).click();
  await idle(page);
  const plain = await canvasPixels(page);
  const pane = await page.getByRole("group", { name: "A: abdomen_001" }).boundingBox();
  const canvas = await page.locator("canvas.slices-canvas").boundingBox();
  if (!pane || !canvas) throw new Error("no pane");
  await page.mouse.move(2, 2);
  await idle(page);
  let [there, elsewhere, checked] = [0, 0, 0];
  const sets = Object.entries(DEFINITION.labels).flatMap(([name, value]) =>
    name === "background" ? [] : [new Set(Array.isArray(value) ? value : [value])],
  );
  sets.push(new Set([NEW_LABEL]));
  for (let y = 10; y < pane.height - 10; y += 17)
    for (let x = 10; x < pane.width - 10; x += 17) {
      const at = [Math.round(pane.x - canvas.x + x), Math.round(pane.y - canvas.y + y)] as const;
      await page.mouse.move(canvas.x + at[0], canvas.y + at[1]);
      const voxel = await pointed(page);
      if (!voxel) continue;
      const i = (voxel[0] * shape[1] + voxel[1]) * shape[2] + voxel[2];
      const differs = sets.some((set) => set.has(a[i] ?? 0) !== set.has(b[i] ?? 0));
      const changed = pixelAt(striped, ...at).some(
        (value, c) => Math.abs(value - (pixelAt(plain, ...at)[c] ?? 0)) > 3,
      );
      checked++;
      if (changed && differs) there++;
      if (changed && !differs) elsewhere++;
    }
  expect(checked).toBeGreaterThan(200);
  expect(there).toBeGreaterThan(0);
  expect(elsewhere).toBe(0);

  // Comparing scales needs less memory, and leaving the view frees all of it.
  await page.mouse.move(2, 2);
  const bytesOfBoth = await gpuBytes(page);
  await page.getByRole("combobox", { name: "Compare with" }).click();
  await page.getByRole("option", { name: /Another scale/ }).click();
  await idle(page);
  // The second volume's indices take a byte a voxel.
  expect(await gpuBytes(page)).toBeLessThanOrEqual(bytesOfBoth - a.length);
  await page.keyboard.press("g");
  await idle(page);
  expect(await gpuBytes(page)).toBe(bytesBefore);
});

test("labels on another grid are refused; labels on the same grid are compared row by row", {
  tag: "@quick",
}, async ({ page }) => {
  await goto(page, "?sample=abdomen-regions&view=compare");
  await test.step("labels on another grid are refused in one sentence, and the previous comparison stays", async () => {
    const [spine] = sampleFiles("Dataset903_SpineRegions", "spine_002", false);
    await page.getByLabel("Label file B", { exact: true }).setInputFiles(spine ?? "");
    await idle(page);
    await expect(problem(page)).toContainText("voxels instead of");
    await expect(page.getByRole("group", { name: "B: scale 1" })).toBeVisible();
    // The sentence belongs to Compare.
    await page.getByRole("radio", { name: "Survival", exact: true }).click();
    await idle(page);
    await expect(problem(page)).toHaveCount(0);
    await page.getByRole("radio", { name: "Compare", exact: true }).click();
    await idle(page);
    await expect(problem(page)).toContainText("voxels instead of");
  });

  const { bytes, read } = nifti(LABELS);
  // Without the gallbladder, with a label of its own, and one voxel short of a perfect liver.
  const b = read().map((label) => (label === 5 ? 0 : label));
  b.fill(40, 900_000, 900_030);
  b[b.indexOf(6)] = 0;
  const second = file("second.nii.gz", gzip(withLabels(bytes, b)));
  const sorting = page.getByRole("columnheader", { name: /^Dice/ });

  await test.step("rows are sorted by Dice and select their region; regions empty on both sides have none", async () => {
    await openSecond(page, second);
    await expect(rowOf(page, "gallbladder")).toContainText("only in A");
    await expect(dice(page, "gallbladder")).toHaveText("0.0000");
    const shown = () =>
      page
        .getByRole("grid", { name: "Overlap of A and B" })
        .locator("tbody td:nth-child(5)")
        .allTextContents();
    await page.getByRole("button", { name: "Dice" }).click();
    await expect(sorting).toHaveAttribute("aria-sort", "ascending");
    const sorted = (await shown()).map(Number);
    expect(sorted[0]).toBe(0);
    expect(sorted).toEqual([...sorted].sort((p, q) => p - q));
    await rowOf(page, "gallbladder").click();
    await expect(page).toHaveURL(/selected=gallbladder/);
  });

  await test.step("bars of 1 − Dice are logarithmic: full for what is missing, nothing for what is equal", async () => {
    const bar = async (name: string) => {
      const track = rowOf(page, name).locator(".dice-bar");
      const [all, filled] = [await track.boundingBox(), await track.locator("i").boundingBox()];
      return (filled?.width ?? 0) / (all?.width ?? 1);
    };
    await expect(dice(page, "spleen")).toHaveText("1.0000");
    expect(await bar("spleen")).toBe(0);
    expect(await bar("gallbladder")).toBeCloseTo(1, 2);
    const near = Number(await dice(page, "hepatobiliary").textContent());
    expect(near).toBeGreaterThan(0.95);
    expect(await bar("hepatobiliary")).toBeCloseTo(1 + Math.log10(1 - near) / 4, 1);
  });

  await test.step("a label that only B has gets a row, and a click goes to it", async () => {
    await page.getByRole("radio", { name: /^Only in B: 1/ }).click();
    await expect(rows(page)).toHaveCount(1);
    const row = rowOf(page, "label 40");
    await expect(row).toContainText("only in B");
    await expect(row.getByRole("gridcell").nth(1)).toHaveText("30");
    const before = await canvasPixels(page);
    await row.getByRole("button", { name: "Go to the largest difference of label 40" }).click();
    await page.mouse.move(2, 2);
    await idle(page);
    await expect(page.getByRole("group", { name: /^B:/ })).toContainText("label 40");
    await expect(page.getByRole("group", { name: /^A:/ })).not.toContainText("label 40");
    await expect(page.getByText("matched by value")).toBeVisible();
    await expect(row).toHaveAttribute("aria-selected", "true");
    expect(
      differingPixels(before, await canvasPixels(page), { x: 0, y: 0, ...sizeOf(before) }),
    ).toBeGreaterThan(50);
  });

  await test.step("keys step through the differences of the chosen row, then of all rows", async () => {
    const line = page.getByRole("region", { name: "Differences" });
    await expect(line).toContainText(/^1 of \d+ in label 40: \d+ voxels/);
    await page.keyboard.press("Escape");
    await page.keyboard.press("y");
    await idle(page);
    await expect(line).toContainText(/^1 of \d+: 1,319 voxels, in A .*gallbladder.*, in B nothing/);
    const at = await probedVoxel(page);
    await page.keyboard.press("y");
    await idle(page);
    await expect(line).toContainText(/^2 of \d+: /);
    expect(await probedVoxel(page)).not.toEqual(at);
    await page.keyboard.press("Shift+Y");
    await idle(page);
    expect(await probedVoxel(page)).toEqual(at);
    // Before the first is the last: one voxel of the liver, which is magnified until the step ends.
    await page.keyboard.press("Shift+Y");
    await expect(line).toContainText(/^(\d+) of \1: 1 voxel/);
    await expect(page).toHaveURL(/[?&]pzoom=\d/);
    await page.keyboard.press("Escape");
    await expect(line).toContainText("Go to differences");
    await expect(page).not.toHaveURL(/[?&]pzoom=/);
  });

  await test.step("rows are chosen with arrow keys, and Enter goes there; one row can be drawn alone", async () => {
    await page.getByRole("radio", { name: /^Only in A: 1/ }).click();
    await expect(rows(page)).toHaveCount(1);
    await page.getByRole("grid", { name: "Overlap of A and B" }).press("ArrowDown");
    await page.keyboard.press("Enter");
    await idle(page);
    await expect(page.getByRole("region", { name: "Differences" })).toContainText(/^1 of \d+ in gallbladder/);
    const all = await canvasPixels(page);
    await page.getByRole("checkbox", { name: "Only the chosen row" }).click();
    await idle(page);
    const alone = await canvasPixels(page);
    expect(differingPixels(all, alone, { x: 0, y: 0, ...sizeOf(all) })).toBeGreaterThan(1000);
  });

  await test.step("a lost device leaves no white panes, and they say what is being made", async () => {
    await page.emulateMedia({ colorScheme: "light" });
    await page.evaluate(() => {
      const seen = new Set<string>();
      new MutationObserver(() => {
        for (const note of document.querySelectorAll(".compare-making")) seen.add(note.textContent ?? "");
      }).observe(document.body, { subtree: true, childList: true, characterData: true });
      Object.assign(window, { notesSeen: () => [...seen] });
    });
    await page.evaluate(() => window.regionscope?.loseDevice());
    await idle(page);
    const notes = await page.evaluate(() => (window as unknown as { notesSeen(): string[] }).notesSeen());
    expect(notes.join("\n")).toContain("Making the picture of A (abdomen_001)");
    expect(notes.join("\n")).toContain("Making the picture of B (second.nii.gz)");
    await expect(page.locator(".compare-making")).toHaveCount(0);
    await expect(page.locator(".compare-slices")).toHaveCSS("background-color", "rgb(12, 15, 19)");
  });

  await test.step("a link brings order, filter and chosen row, which wait for B; Escape ends the choice", async () => {
    const row = rowOf(page, "label 40");
    const filter = page.getByRole("radio", { name: /^Only in B: 1/ });
    await filter.click();
    await row.click();
    const { search, searchParams } = await settledUrl(page);
    const given = ["sort", "list", "alone", "row"].map((key) => searchParams.get(key));
    expect(given).toEqual(["lowest", "only-b", "1", "label 40"]);
    await goto(page, search);
    await expect(page.getByRole("list", { name: "Notices" })).toHaveCount(0);
    await openSecond(page, second);
    await expect(filter).toBeChecked();
    await expect(sorting).toHaveAttribute("aria-sort", "ascending");
    await expect(page.getByRole("checkbox", { name: "Only the chosen row" })).toBeChecked();
    await expect(row).toHaveAttribute("aria-selected", "true");
    expect((await settledUrl(page)).search).toBe(search);
    await page.keyboard.press("Escape");
    await expect(row).toHaveAttribute("aria-selected", "false");
    expect((await settledUrl(page)).searchParams.has("row")).toBe(false);
  });
});

/** The rows of the table, without its head. */
const rows = (page: Page) =>
  page.getByRole("grid", { name: "Overlap of A and B" }).locator("tbody").getByRole("row");

const dice = (page: Page, name: string) => rowOf(page, name).getByRole("gridcell").nth(3);

/** A label that no region of the sample has. */
const NEW_LABEL = 40;

const gpuBytes = (page: Page) => page.evaluate(() => window.regionscope?.gpuBytes() ?? -1);

/** The voxel under the pointer; null when the pointer is off the slice. */
async function pointed(page: Page): Promise<readonly [number, number, number] | null> {
  const text = (await page.getByRole("region", { name: "Probe" }).textContent()) ?? "";
  const match = /Pointer\s+(\d+), (\d+), (\d+)/.exec(text);
  return match ? [Number(match[1]), Number(match[2]), Number(match[3])] : null;
}

function sizeOf({ width, height }: { readonly width: number; readonly height: number }) {
  return { width, height };
}

/**
 * Shifts everything by one voxel along x and adds a box of a label that no region has, like an annotator's
 * correction.
 */
function shifted(a: Uint8Array, [depth, height, width]: readonly [number, number, number]): Uint8Array {
  const b = new Uint8Array(a.length);
  for (let z = 0; z < depth; z++)
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) {
        const i = (z * height + y) * width + x;
        const inBlock = z > 50 && z < 60 && y > 40 && y < 60 && x > 50 && x < 70;
        b[i] = inBlock ? NEW_LABEL : x > 0 ? (a[i - 1] ?? 0) : 0;
      }
  return b;
}

test("an address and Alt+arrows restore B; if B was a file, the page asks for it by name", async ({
  page,
}) => {
  await goto(page, "?sample=abdomen-regions&view=compare&against=mode&stripes=0");
  await expect(page.getByRole("group", { name: "B: resize (order 0)" })).toBeVisible();
  await expect(page.getByRole("checkbox", { name: "Stripe differences" })).not.toBeChecked();
  await page.getByRole("combobox", { name: "Compare with" }).click();
  await page.getByRole("option", { name: /Another scale/ }).click();
  await page.getByRole("combobox", { name: "Scale of B" }).click();
  await page.getByRole("option", { name: /scale 3/ }).click();
  await idle(page);
  await page.keyboard.press("Alt+ArrowLeft");
  await page.keyboard.press("Alt+ArrowLeft");
  await expect(page.getByRole("group", { name: "B: resize (order 0)" })).toBeVisible();
  await page.keyboard.press("Alt+ArrowRight");
  await page.keyboard.press("Alt+ArrowRight");
  await expect(page.getByRole("group", { name: "B: scale 3" })).toBeVisible();
  await expect(page).toHaveURL(/bscale=3/);
  const { search } = await settledUrl(page);
  await page.goto("/");
  await goto(page, search);
  await expect(page.getByRole("group", { name: "B: scale 3" })).toBeVisible();
  await expect(page.getByRole("group", { name: "A: scale 0" })).toBeVisible();

  const { bytes, read } = nifti(LABELS);
  const second = file("second & better.nii.gz", gzip(withLabels(bytes, read())));
  await openSecond(page, second);
  await expect(page).toHaveURL(/bfile=second/);
  const withFile = (await settledUrl(page)).search;
  await page.goto("/");
  await goto(page, withFile);
  await expect(
    page.getByText("This view compares with second & better.nii.gz, which is not open."),
  ).toBeVisible();
  await expect(page.getByRole("alert")).toHaveCount(0);
  expect((await settledUrl(page)).search).toBe(withFile);
  await openSecond(page, second);
  await expect(page.getByRole("group", { name: "B: second & better.nii.gz" })).toBeVisible();
  await expect(dice(page, "skeleton")).toHaveText("1.0000");
});

test("a label file dropped while Compare asks for one is B; on another grid it is refused and the case stays", async ({
  page,
}) => {
  const folder = mkdtempSync(join(tmpdir(), "dropped-"));
  const at = (name: string, content: Uint8Array | string) => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  const { bytes, read } = nifti(LABELS);
  const annotator = at("annotator.nii.gz", gzip(withLabels(bytes, read())));
  await goto(page, "?sample=abdomen-regions&view=compare&against=file");
  await expect(page.getByText("Load a second label file to compare.")).toBeVisible();
  await dropPaths(page, [annotator]);
  await expect(page.getByRole("group", { name: "B: annotator.nii.gz" })).toBeVisible();
  await expect(dice(page, "skeleton")).toHaveText("1.0000");
  await expect(page.getByRole("group", { name: "A: abdomen_001" })).toBeVisible();
  await expect(page).toHaveURL(/sample=abdomen-regions/);

  const [spine = ""] = sampleFiles("Dataset903_SpineRegions", "spine_002", false);
  await dropPaths(page, [spine]);
  await expect(problem(page)).toHaveText(
    /^spine_002\.nii\.gz: it has \d+ × \d+ × \d+ voxels instead of \d+ × \d+ × \d+, so .*open it again\. Still shown: abdomen_001 and annotator\.nii\.gz\.$/,
  );
  await expect(page.getByRole("group", { name: "B: annotator.nii.gz" })).toBeVisible();
  await expect(page).toHaveURL(/sample=abdomen-regions/);

  // A dropped definition works the same way; outside Compare, a drop still opens a case.
  await page.getByRole("combobox", { name: "Compare with" }).click();
  await page.getByRole("option", { name: /Another dataset.json/ }).click();
  const labels = Object.fromEntries(Object.entries(DEFINITION.labels).filter(([name]) => name !== "femurs"));
  await dropPaths(page, [at("other.json", JSON.stringify({ ...DEFINITION, labels }))]);
  await expect(rowOf(page, "femurs")).toContainText("only in A");
  await page.getByRole("combobox", { name: "Compare with" }).click();
  await page.getByRole("option", { name: /Another scale/ }).click();
  await dropPaths(page, [spine]);
  await expect(page).not.toHaveURL(/sample=/);
  rmSync(folder, { recursive: true });
});
