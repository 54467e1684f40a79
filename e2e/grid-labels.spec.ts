/** Tests the grid coloured by label: its switch, its address, and what it costs. */
import { readFile } from "node:fs/promises";
import { goto, grid, idle, settledUrl } from "./support/app.ts";
import { countGpuCalls, gpuCalls } from "./support/gpu-calls.ts";
import { canvasPixels, decodePng, differingPixels, type Picture, pixelAt } from "./support/pixels.ts";
import { expect, type Page, test } from "./support/test.ts";

const legend = (page: Page) => page.getByRole("button", { name: "Legend", exact: true });
const by = (page: Page, what: "label" | "region") =>
  page.getByRole("radio", { name: `Colour by ${what}`, exact: true });

async function choose(page: Page, what: "label" | "region"): Promise<void> {
  await legend(page).click();
  await by(page, what).check({ force: true });
  await page.keyboard.press("Escape");
  await idle(page);
}

/** The whole canvas. */
const whole = ({ width, height }: Picture) => ({ x: 0, y: 0, width, height });

/** Colours of all pixels that are not grey, as "r,g,b". */
function coloured(picture: Picture): Set<string> {
  const found = new Set<string>();
  for (let y = 0; y < picture.height; y++)
    for (let x = 0; x < picture.width; x++) {
      const rgb = pixelAt(picture, x, y);
      if (Math.max(...rgb) - Math.min(...rgb) > 24) found.add(rgb.join());
    }
  return found;
}

test("spine alone, by label: its tile, and a saved picture of the grid", async ({ page }) => {
  await goto(page, "?sample=abdomen-regions&solo=spine&plane=sagittal&opacity=1&outline=0&cross=0");
  await test.step("a tile of spine shows its vertebrae and sacrum in the colours of their labels, named beside the row", async () => {
    const byRegion = await canvasPixels(page);
    expect(coloured(byRegion).size).toBe(1);
    const head = grid(page).getByRole("button", { name: /^spine/ });
    await expect(head).toHaveText(/labels 15, 16/);
    await choose(page, "label");
    await expect(page).toHaveURL(/by=label/);
    await expect(head).toHaveText(/labels 15 16/);
    const colours = await head
      .locator(".row-label .swatch")
      .evaluateAll((all) =>
        all.map((swatch) => (getComputedStyle(swatch).backgroundColor.match(/\d+/g) ?? []).join()),
      );
    const byLabel = await canvasPixels(page);
    expect(new Set(colours).size).toBe(2);
    expect(coloured(byLabel)).toEqual(new Set(colours));

    // The colours are the same as in Planes.
    await page.keyboard.press("4");
    await idle(page);
    const planes = coloured(await canvasPixels(page));
    for (const colour of colours) expect(planes.has(colour), colour).toBe(true);
    await page.keyboard.press("g");
    await choose(page, "region");
    await expect(page).not.toHaveURL(/by=label/);
    expect(differingPixels(byRegion, await canvasPixels(page), whole(byRegion))).toBe(0);
  });

  await test.step("a saved picture of the grid lists the labels beside it", async () => {
    const saved = async () => {
      await page.getByRole("button", { name: "Share", exact: true }).click();
      const [download] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("menuitem", { name: /^Save image, 1×/ }).click(),
      ]);
      await idle(page);
      return decodePng(await readFile(await download.path()));
    };
    const byRegion = await saved();
    await choose(page, "label");
    const byLabel = await saved();
    expect(byLabel.height).toBe(byRegion.height);
    expect(byLabel.width).toBe(byRegion.width + 190);
    // The legend has at least two swatches that are not grey.
    const list = coloured(cropped(byLabel, byRegion.width));
    expect(list.size).toBeGreaterThan(1);
  });
});

test("an address with by=label opens the grid as it was left, outlines in the regions' colours", async ({
  page,
}) => {
  await goto(page, "?sample=abdomen-regions");
  const byRegion = await canvasPixels(page);
  await choose(page, "label");
  await expect(page).toHaveURL(/by=label/);
  const byLabel = await canvasPixels(page);
  expect(differingPixels(byRegion, byLabel, whole(byLabel))).toBeGreaterThan(1000);
  const { search } = await settledUrl(page);
  await page.goto("/");
  await goto(page, search);
  await expect(grid(page)).toBeVisible();
  expect(differingPixels(byLabel, await canvasPixels(page), whole(byLabel))).toBe(0);
  await legend(page).click();
  await expect(by(page, "label")).toBeChecked();
});

test("pooled voxels have no single label: the switch is disabled and says why, until sampling is restored", async ({
  page,
}) => {
  await goto(page, "?sample=abdomen-regions&pool=any&by=label");
  await legend(page).click();
  await expect(by(page, "label")).toBeDisabled();
  await expect(by(page, "region")).toBeChecked();
  await expect(page.getByText("Pooled voxels have no single label.")).toBeVisible();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Use nnU-Net's sampling" }).click();
  await legend(page).click();
  await expect(by(page, "label")).toBeChecked();
});

test("the switch costs one redraw and a few bytes; its pipeline is built once, on first use", async ({
  page,
}) => {
  await countGpuCalls(page);
  await goto(page, "?sample=abdomen-regions");
  const drawn = () => page.evaluate(() => window.regionscope?.frames().drawn ?? -1);
  const cost = async (what: "label" | "region") => {
    await legend(page).click();
    await idle(page);
    const before = await drawn();
    await gpuCalls(page);
    await by(page, what).check({ force: true });
    await idle(page);
    const calls = await gpuCalls(page);
    expect(await drawn()).toBe(before + 1);
    expect(calls.uploadedBytes).toBeGreaterThan(0);
    expect(calls.uploadedBytes).toBeLessThan(4096);
    await page.keyboard.press("Escape");
    return calls;
  };
  const first = await cost("label");
  expect(first.created.filter((name) => name.includes("Pipeline"))).toEqual(["createRenderPipelineAsync"]);
  for (const what of ["region", "label", "region"] as const) {
    const { created, submits } = await cost(what);
    expect([created, submits]).toEqual([[], 1]);
  }
});

/** The part of a picture to the right of a column. */
function cropped({ width, height, data }: Picture, left: number): Picture {
  const out = new Uint8ClampedArray((width - left) * height * 4);
  for (let y = 0; y < height; y++)
    out.set(data.subarray((y * width + left) * 4, (y + 1) * width * 4), y * (width - left) * 4);
  return { width: width - left, height, data: out };
}
