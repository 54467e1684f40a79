/** Tests the training patch: its tiles, counts, size, position and pooling, against counts made here. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { goto, grid, idle, openSample, SAMPLES, settledUrl } from "./support/app.ts";
import { canvasPixels, pixelAt } from "./support/pixels.ts";
import { expect, type Locator, type Page, test } from "./support/test.ts";

/** The labels of the abdomen sample, in z, y, x, parsed here byte by byte. */
const labels = (() => {
  const bytes = gunzipSync(
    readFileSync(join(SAMPLES, "Dataset901_AbdomenRegions/labelsTr/abdomen_001.nii.gz")),
  );
  const shape = [46, 44, 42].map((at) => bytes.readInt16LE(at)) as [number, number, number];
  const offset = bytes.readFloatLE(108);
  const wide = bytes.readInt16LE(72) / 8;
  const [, height, width] = shape;
  const at = (z: number, y: number, x: number) => {
    const i = offset + ((z * height + y) * width + x) * wide;
    return wide === 1 ? bytes.readUInt8(i) : bytes.readInt16LE(i);
  };
  return { shape, at };
})();

/** Source voxels along one axis of a patch at a scale, by torch's nearest-exact. */
function sources(size: number, factor: number, origin: number): number[] {
  const count = Math.round(size / factor);
  const step = Math.fround(size / count);
  return Array.from({ length: count }, (_, i) => origin + Math.floor(Math.fround((i + 0.5) * step)));
}

/** Voxels of a region in a patch at a scale, counted one by one. */
function sampled(
  region: readonly number[],
  origin: readonly number[],
  size: readonly number[],
  factor: number,
) {
  const [zs, ys, xs] = [0, 1, 2].map((axis) => sources(size[axis] ?? 0, factor, origin[axis] ?? 0));
  let count = 0;
  for (const z of zs ?? [])
    for (const y of ys ?? []) for (const x of xs ?? []) if (region.includes(labels.at(z, y, x))) count++;
  return count;
}

/** Number of a patch's cells with more than half of their voxels in a region. */
function majority(
  region: readonly number[],
  origin: readonly number[],
  size: readonly number[],
  factor: number,
) {
  let count = 0;
  const cells = size.map((n) => n / factor);
  for (let cz = 0; cz < (cells[0] ?? 0); cz++)
    for (let cy = 0; cy < (cells[1] ?? 0); cy++)
      for (let cx = 0; cx < (cells[2] ?? 0); cx++) {
        let present = 0;
        for (let i = 0; i < factor ** 3; i++) {
          const [dz, dy, dx] = [Math.floor(i / factor ** 2), Math.floor(i / factor) % factor, i % factor];
          const at = [cz * factor + dz, cy * factor + dy, cx * factor + dx].map(
            (p, a) => p + (origin[a] ?? 0),
          );
          if (region.includes(labels.at(at[0] ?? 0, at[1] ?? 0, at[2] ?? 0))) present++;
        }
        if (present * 2 > factor ** 3) count++;
      }
  return count;
}

const SKELETON = [14, 15, 16, 17, 18];

/** The counts that a region's tiles show. */
async function tileCounts(page: Page, row: number): Promise<number[]> {
  const texts = await page.locator(".grid-row").nth(row).locator(".tile").allTextContents();
  return texts.map((text) => Number(/([\d,]+) voxels?/.exec(text)?.[1]?.replaceAll(",", "") ?? 0));
}

function note(page: Page): Locator {
  return page.getByRole("note").filter({ hasText: "training patch" });
}

/** The patch's origin, from the note above the grid. */
async function patchOrigin(page: Page): Promise<number[]> {
  const text = (await note(page).textContent()) ?? "";
  return (/at (\d+), (\d+), (\d+)/.exec(text) ?? []).slice(1).map(Number);
}

test("a training patch restricts tiles and counts to what the loss sees there", async ({ page }) => {
  await openSample(page, "abdomen-regions");
  const whole = await tileCounts(page, 0);
  const findings = await page.getByRole("list", { name: "Findings" }).count();
  await page.keyboard.press("l");
  await idle(page);
  await expect(note(page)).toContainText("Showing one training patch (112×96×112 voxels");
  const origin = await patchOrigin(page);
  const size = [112, 96, 112];
  const counts = await tileCounts(page, 0);
  expect(counts).toEqual([1, 2, 4, 8].map((factor) => sampled(SKELETON, origin, size, factor)));
  expect(counts).not.toEqual(whole);
  await expect(page.getByRole("list", { name: "Findings" })).toHaveCount(findings);
  await page.getByRole("button", { name: "Show the whole case" }).click();
  await idle(page);
  expect(await tileCounts(page, 0)).toEqual(whole);
});

test("a patch of another size is moved, drawn and counted", async ({ page }) => {
  await goto(
    page,
    "?sample=abdomen-regions&patch=20,30,40&psize=48,32,64&voxel=30,40,60&cross=0&opacity=0&outline=0",
  );
  await test.step("after moves by keys and by dragging, it is counted at its new position", async () => {
    const size = [48, 32, 64];
    expect(await tileCounts(page, 0)).toEqual(
      [1, 2, 4, 8].map((f) => sampled(SKELETON, [20, 30, 40], size, f)),
    );

    await page.keyboard.press("Shift+L");
    await idle(page);
    const { searchParams } = await addressOnce(page, (params) => params.get("patch") !== "20,30,40");
    const centred = searchParams.get("patch")?.split(",").map(Number) ?? [];
    const voxel = searchParams.get("voxel")?.split(",").map(Number) ?? [];
    expect(centred).toEqual(
      voxel.map((at, a) =>
        Math.min(Math.max(at - (size[a] ?? 0) / 2, 0), (labels.shape[a] ?? 0) - (size[a] ?? 0)),
      ),
    );
    expect(await tileCounts(page, 0)).toEqual([1, 2, 4, 8].map((f) => sampled(SKELETON, centred, size, f)));

    await page.getByRole("radio", { name: "Training patch tool" }).click();
    const tile = await page.locator(".grid-row").first().locator(".tile").first().boundingBox();
    if (!tile) throw new Error("no tile");
    await page.mouse.move(tile.x + tile.width / 2, tile.y + tile.height / 2);
    await page.mouse.down();
    await page.mouse.move(tile.x + tile.width * 0.3, tile.y + tile.height * 0.4, { steps: 4 });
    await page.mouse.up();
    await idle(page);
    // The address updates late during a drag, and may still hold an intermediate position.
    const moved = await patchOrigin(page);
    await expect(page).toHaveURL(({ searchParams }) => searchParams.get("patch") === moved.join(","));
    // In the coronal plane the slice axis is y, and the drag leaves the patch's y unchanged.
    expect(moved[1]).toBe(centred[1]);
    expect(moved).not.toEqual(centred);
    expect(await tileCounts(page, 0)).toEqual([1, 2, 4, 8].map((f) => sampled(SKELETON, moved, size, f)));
    // Otherwise the probe would follow the resting pointer.
    await page.mouse.move(5, 5);
  });

  await test.step("outside the patch, tiles are dark and the probe shows no target", async () => {
    const patched = await canvasPixels(page);
    await expect(page.getByRole("region", { name: "Probe" })).toContainText("Crosshair 30, 40, 60");
    await page.getByRole("button", { name: "Show the whole case" }).click();
    await idle(page);
    const whole = await canvasPixels(page);
    let darker = 0;
    let same = 0;
    for (let y = 2; y < 120; y += 3)
      for (let x = 2; x < 150; x += 3) {
        const [a, b] = [pixelAt(patched, x, y)[1], pixelAt(whole, x, y)[1]];
        if (b > 60 && a < b * 0.5) darker++;
        else if (a === b) same++;
      }
    expect(darker).toBeGreaterThan(200);
    expect(same).toBeGreaterThan(100);
  });
});

test("pooling shows and counts what it keeps, and says that nnU-Net does not use it", {
  tag: "@quick",
}, async ({ page }) => {
  await goto(page, "?sample=abdomen-regions&patch=16,24,32&psize=64,48,64&pool=majority");
  const origin = [16, 24, 32];
  const size = [64, 48, 64];
  expect(await tileCounts(page, 0)).toEqual([1, 2, 4, 8].map((f) => majority(SKELETON, origin, size, f)));
  await expect(page.getByRole("note").filter({ hasText: "not used by nnU-Net" })).toBeVisible();
  await expect(
    page.getByRole("radio", { name: "Draw from labels: the label map (label-first)" }),
  ).toBeDisabled();
  await expect(page.getByRole("radio", { name: "Draw from packed bits (bit-packed)" })).toBeChecked();
  await page.getByRole("button", { name: "Use nnU-Net's sampling" }).click();
  await idle(page);
  expect(await tileCounts(page, 0)).toEqual([1, 2, 4, 8].map((f) => sampled(SKELETON, origin, size, f)));
  await expect(grid(page)).toBeVisible();
});

async function addressOnce(page: Page, ready: (params: URLSearchParams) => boolean): Promise<URL> {
  await page.waitForURL((url) => ready(url.searchParams));
  return settledUrl(page);
}
