import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { expect, type Page, test } from "@playwright/test";
import { gzip } from "../src/formats/testing/write-nifti.ts";
import {
  dropPaths,
  file,
  goto,
  idle,
  openFiles,
  openSample,
  problem,
  SAMPLES,
  sampleFiles,
  type TestFile,
} from "./support/app.ts";
import { canvasPixels, differingPixels, pixelAt } from "./support/pixels.ts";

/** Real files that are not bundled. */
const SHARED = new URL("../../shared/data/labels/", import.meta.url).pathname;
const LABELS = sampleFiles("Dataset901_AbdomenRegions", "abdomen_001", false)[0] ?? "";
const DEFINITION = JSON.parse(readFileSync(`${SAMPLES}Dataset901_AbdomenRegions/dataset.json`, "utf8")) as {
  readonly labels: Readonly<Record<string, number | number[]>>;
};

test("a key and the address show it; scales are compared, with stripes where they differ", async ({
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
  await expect.poll(() => page.url()).toContain("view=compare");
  await goto(page, "?sample=abdomen-regions&view=compare");
  await expect(page.getByRole("group", { name: "A: full size" })).toBeVisible();
  await expect(page.getByRole("group", { name: "B: scale 1" })).toBeVisible();
  const striped = await canvasPixels(page);
  await page.getByRole("checkbox", { name: "Stripes where they differ" }).click();
  await idle(page);
  const plain = await canvasPixels(page);
  expect(differingPixels(striped, plain, { x: 0, y: 0, ...sizeOf(plain) })).toBeGreaterThan(300);
  // The same scale on both sides: nothing differs.
  await page.getByRole("checkbox", { name: "Stripes where they differ" }).click();
  await page.getByRole("combobox", { name: "Scale of B" }).click();
  await page.getByRole("option", { name: /full size/ }).click();
  await idle(page);
  await expect(rowOf(page, "skeleton")).toHaveText(/1\.0000$/);
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

  // Only cyan or magenta is new where stripes are switched on; and nothing at all where the files agree.
  await page.getByRole("button", { name: "Show the crosshair" }).click();
  await idle(page);
  const striped = await canvasPixels(page);
  await page.getByRole("checkbox", { name: "Stripes where they differ" }).click();
  await idle(page);
  const plain = await canvasPixels(page);
  const pane = await page.getByRole("group", { name: "A: the open labels" }).boundingBox();
  const canvas = await page.locator("canvas.panes-canvas").boundingBox();
  if (!pane || !canvas) throw new Error("no pane");
  await page.mouse.move(2, 2);
  await idle(page);
  let [there, elsewhere, checked] = [0, 0, 0];
  const sets = Object.entries(DEFINITION.labels).flatMap(([name, value]) =>
    name === "background" ? [] : [new Set(Array.isArray(value) ? value : [value])],
  );
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

  // Another question needs less; in another view nothing of it is left.
  await page.mouse.move(2, 2);
  const bytesOfBoth = await gpuBytes(page);
  await page.getByRole("combobox", { name: "Compare with" }).click();
  await page.getByRole("option", { name: /another scale/ }).click();
  await idle(page);
  // The second volume's indices, a byte a voxel.
  expect(await gpuBytes(page)).toBeLessThanOrEqual(bytesOfBoth - a.length);
  await page.keyboard.press("g");
  await idle(page);
  expect(await gpuBytes(page)).toBe(bytesBefore);
});

test("rows are sorted by Dice and select their region; regions empty on both sides have none", async ({
  page,
}) => {
  await goto(page, "?sample=abdomen-regions&view=compare");
  const { bytes, read } = nifti(LABELS);
  await openSecond(
    page,
    file(
      "second.nii.gz",
      gzip(
        withLabels(
          bytes,
          read().map((label) => (label === 5 ? 0 : label)),
        ),
      ),
    ),
  );
  await expect(rowOf(page, "gallbladder")).toHaveText(/0\.0000$/);
  const dice = () =>
    page.getByRole("table", { name: "Overlap of A and B" }).locator("tbody td:last-child").allTextContents();
  await page.getByRole("button", { name: "Dice" }).click();
  const sorted = (await dice()).map(Number);
  expect(sorted[0]).toBe(0);
  expect(sorted).toEqual([...sorted].sort((p, q) => p - q));
  await rowOf(page, "gallbladder").click();
  await expect.poll(() => page.url()).toContain("selected=gallbladder");
});

test("labels on another grid are refused in one sentence, and what was compared stays", async ({ page }) => {
  await goto(page, "?sample=abdomen-regions&view=compare");
  const [spine] = sampleFiles("Dataset903_SpineRegions", "spine_002", false);
  await page.getByLabel("Second labels", { exact: true }).setInputFiles(spine ?? "");
  await idle(page);
  await expect(problem(page)).toContainText("voxels instead of");
  await expect(page.getByRole("group", { name: "B: scale 1" })).toBeVisible();
});

test("the other sampling, and another definition", async ({ page }) => {
  await goto(page, "?sample=abdomen-regions&view=compare");
  await page.getByRole("combobox", { name: "Compare with" }).click();
  await page.getByRole("option", { name: /the other sampling/ }).click();
  await idle(page);
  await expect(rowOf(page, "skeleton")).toHaveText(/1\.0000$/);
  await page.getByRole("combobox", { name: "Compare with" }).click();
  await page.getByRole("option", { name: /another dataset.json/ }).click();
  await idle(page);
  await expect(page.getByText("No other definition is chosen.")).toBeVisible();
  const labels = { ...DEFINITION.labels, spine: [16], gone: 1 };
  const text = JSON.stringify({
    ...DEFINITION,
    labels: Object.fromEntries(Object.entries(labels).filter(([name]) => name !== "femurs")),
  });
  await page.getByLabel("Definition for B", { exact: true }).setInputFiles(file("other.json", text));
  await idle(page);
  await expect(rowOf(page, "femurs")).toContainText("not in B");
  await expect(rowOf(page, "spine")).toContainText("21,4465,8845,884");
});

/** Every row against a plain recount of both files. */
async function expectRecount(
  page: Page,
  labels: Readonly<Record<string, number | readonly number[]>>,
  a: Uint8Array,
  b: Uint8Array,
  regions: number,
): Promise<void> {
  const entries = Object.entries(labels).filter(([name]) => name !== "background");
  expect(entries).toHaveLength(regions);
  for (const [name, value] of entries) {
    const inside = new Set(typeof value === "number" ? [value] : value);
    let [inA, inB, both] = [0, 0, 0];
    for (let i = 0; i < a.length; i++) {
      const [isA, isB] = [inside.has(a[i] ?? 0), inside.has(b[i] ?? 0)];
      if (isA) inA++;
      if (isB) inB++;
      if (isA && isB) both++;
    }
    const dice = inA + inB === 0 ? "both empty" : diceText((2 * both) / (inA + inB));
    const cells = await rowOf(page, name).getByRole("cell").allTextContents();
    expect(cells, name).toEqual([...[inA, inB, both].map((n) => n.toLocaleString("en-US")), dice]);
  }
}

/** Never 1 where something differs. */
function diceText(dice: number): string {
  return (dice < 1 ? Math.min(dice, 0.9999) : 1).toFixed(4);
}

function rowOf(page: Page, name: string) {
  return page
    .getByRole("table", { name: "Overlap of A and B" })
    .getByRole("row")
    .filter({ has: page.getByText(name, { exact: true }) });
}

const gpuBytes = (page: Page) => page.evaluate(() => window.regionscope?.gpuBytes() ?? -1);

async function openSecond(page: Page, second: TestFile): Promise<void> {
  await page.getByLabel("Second labels", { exact: true }).setInputFiles(second);
  await idle(page);
}

/** The voxel under the pointer; null beside the slice. */
async function pointed(page: Page): Promise<readonly [number, number, number] | null> {
  const text = (await page.getByRole("region", { name: "Probe" }).textContent()) ?? "";
  const match = /pointer\s+(\d+), (\d+), (\d+)/.exec(text);
  return match ? [Number(match[1]), Number(match[2]), Number(match[3])] : null;
}

function sizeOf({ width, height }: { readonly width: number; readonly height: number }) {
  return { width, height };
}

/** A bundled label file (uint8), in the axis order z, y, x. */
function nifti(path: string) {
  const bytes = new Uint8Array(gunzipSync(readFileSync(path)));
  const view = new DataView(bytes.buffer);
  const dim = (i: number) => view.getInt16(40 + 2 * i, true);
  expect(view.getInt16(70, true), "uint8").toBe(2);
  const shape = [dim(3), dim(2), dim(1)] as const;
  return { bytes, shape, read: () => bytes.slice(view.getFloat32(108, true)) };
}

function withLabels(bytes: Uint8Array, labels: Uint8Array): Uint8Array {
  const out = bytes.slice();
  out.set(labels, out.length - labels.length);
  return out;
}

/** Everything one voxel further along x, and a block of another label: what an annotator might do. */
function shifted(a: Uint8Array, [depth, height, width]: readonly [number, number, number]): Uint8Array {
  const b = new Uint8Array(a.length);
  for (let z = 0; z < depth; z++)
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) {
        const i = (z * height + y) * width + x;
        const inBlock = z > 50 && z < 60 && y > 40 && y < 60 && x > 50 && x < 70;
        b[i] = inBlock ? 1 : x > 0 ? (a[i - 1] ?? 0) : 0;
      }
  return b;
}

test("what B is comes back by address and by Alt+arrows; a file that it cannot hold is asked for by name", async ({
  page,
}) => {
  await goto(page, "?sample=abdomen-regions&view=compare&against=mode&stripes=0");
  await expect(page.getByRole("group", { name: "B: resize (order 0)" })).toBeVisible();
  await expect(page.getByRole("checkbox", { name: "Stripes where they differ" })).not.toBeChecked();
  await page.getByRole("combobox", { name: "Compare with" }).click();
  await page.getByRole("option", { name: /another scale/ }).click();
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
  const { search } = new URL(page.url());
  await page.goto("/");
  await goto(page, search);
  await expect(page.getByRole("group", { name: "B: scale 3" })).toBeVisible();
  await expect(page.getByRole("group", { name: "A: full size" })).toBeVisible();

  const { bytes, read } = nifti(LABELS);
  const second = file("second & better.nii.gz", gzip(withLabels(bytes, read())));
  await openSecond(page, second);
  await expect(page).toHaveURL(/bfile=second/);
  const withFile = new URL(page.url()).search;
  await page.goto("/");
  await goto(page, withFile);
  await expect(
    page.getByText("This view compares with second & better.nii.gz, which is not open."),
  ).toBeVisible();
  await expect(page.getByRole("alert")).toHaveCount(0);
  expect(new URL(page.url()).search).toBe(withFile);
  await openSecond(page, second);
  await expect(page.getByRole("group", { name: "B: second & better.nii.gz" })).toBeVisible();
  await expect(rowOf(page, "skeleton")).toHaveText(/1\.0000$/);
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
  await expect(page.getByText("No second labels are open.")).toBeVisible();
  await dropPaths(page, [annotator]);
  await expect(page.getByRole("group", { name: "B: annotator.nii.gz" })).toBeVisible();
  await expect(rowOf(page, "skeleton")).toHaveText(/1\.0000$/);
  await expect(page.getByRole("group", { name: "A: the open labels" })).toBeVisible();
  await expect(page).toHaveURL(/sample=abdomen-regions/);

  const [spine = ""] = sampleFiles("Dataset903_SpineRegions", "spine_002", false);
  await dropPaths(page, [spine]);
  await expect(problem(page)).toHaveText(
    /^spine_002\.nii\.gz: it has \d+ × \d+ × \d+ voxels instead of \d+ × \d+ × \d+, so .*open it again\.$/,
  );
  await expect(page.getByRole("group", { name: "B: annotator.nii.gz" })).toBeVisible();
  await expect(page).toHaveURL(/sample=abdomen-regions/);

  // The same for a definition; and elsewhere a drop opens a case, as ever.
  await page.getByRole("combobox", { name: "Compare with" }).click();
  await page.getByRole("option", { name: /another dataset.json/ }).click();
  const labels = Object.fromEntries(Object.entries(DEFINITION.labels).filter(([name]) => name !== "femurs"));
  await dropPaths(page, [at("other.json", JSON.stringify({ ...DEFINITION, labels }))]);
  await expect(rowOf(page, "femurs")).toContainText("not in B");
  await page.getByRole("combobox", { name: "Compare with" }).click();
  await page.getByRole("option", { name: /another scale/ }).click();
  await dropPaths(page, [spine]);
  await expect(page).not.toHaveURL(/sample=/);
  rmSync(folder, { recursive: true });
});

test("Dice of 25 regions on two real label files of the same scan", async ({ page }) => {
  // Both are bundled: one CT, its classes merged and numbered in two ways.
  const [organs = ""] = sampleFiles("Dataset902_AbdomenOrgans", "abdomen_001", false);
  await goto(page, "?sample=abdomen-regions&view=compare");
  await openSecond(page, file("organs.nii.gz", readFileSync(organs)));
  await expect(page.getByRole("group", { name: "B: organs.nii.gz" })).toBeVisible();
  await expectRecount(page, DEFINITION.labels, nifti(LABELS).read(), nifti(organs).read(), 25);
});

test("Dice on two real segmentations of one scan: whole vertebrae, and their parts", async ({ page }) => {
  test.skip(!existsSync(SHARED), "the real files are not beside the project");
  const at = (kind: string) => `${SHARED}sub-ct_seg-${kind}_label-22_msk.nii.gz`;
  const [a, b] = [nifti(at("vert")).read(), nifti(at("subreg")).read()];
  const found = (of: Uint8Array) => [...new Set(of)].filter((label) => label !== 0).sort((p, q) => p - q);
  const both = [...new Set([...found(a), ...found(b)])].sort((p, q) => p - q);
  // Any bone is one region of both files; each label is one, too.
  const labels = { background: 0, bone: both, ...Object.fromEntries(both.map((n) => [`label ${n}`, n])) };
  const definition = {
    labels,
    regions_class_order: both.map((_, i) => i).concat(both.length),
    channel_names: { 0: "CT" },
    file_ending: ".nii.gz",
  };
  await goto(page, "?view=compare");
  await openFiles(page, [at("vert"), file("dataset.json", JSON.stringify(definition))]);
  await openSecond(page, file("parts.nii.gz", readFileSync(at("subreg"))));
  await expect(page.getByRole("group", { name: "B: parts.nii.gz" })).toBeVisible();
  await expectRecount(page, labels, a, b, both.length + 1);
});
