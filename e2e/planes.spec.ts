/** Tests the Planes view: slices, panes, the 3D view, a lost device, and GPU memory after leaving it. */
import { goto, grid, idle, openSample, probedVoxel } from "./support/app.ts";
import { canvasPixels, differingPixels, pixelAt } from "./support/pixels.ts";
import { clickPane, collisions, expectLetters, pane, paneBox } from "./support/planes.ts";
import { expect, test } from "./support/test.ts";

const PLANES = "?sample=abdomen-regions&view=planes";

test("planes of a sample: view switch, address, and overlapping regions", { tag: "@quick" }, async ({
  page,
}) => {
  await goto(page, PLANES);
  await test.step("a key and the switch show them, the address brings them back", async () => {
    await page.keyboard.press("g");
    await idle(page);
    await expect(page.getByRole("application", { name: "Region by scale" })).toBeVisible();
    await page.keyboard.press("4");
    await idle(page);
    for (const name of ["Axial", "Coronal", "Sagittal", "3D"] as const) {
      await expect(pane(page, name)).toBeVisible();
    }
    await expect(page).toHaveURL(/view=planes/);
  });

  const usual = await canvasPixels(page);
  await test.step("three overlapping regions, each drawn in its own way", async () => {
    const box = whole(await paneBox(page, "Coronal"));
    await page.getByRole("button", { name: "Legend and styles" }).click();
    const drawn = (name: string) => page.getByRole("combobox", { name: `${name}: drawing style` });
    await drawn("skeleton").selectOption("outline");
    await drawn("spine").selectOption("hatch");
    await page.getByRole("slider", { name: "sacrum: opacity" }).fill("0.2");
    await page.keyboard.press("Escape");
    await idle(page);
    const styled = await canvasPixels(page);
    expect(differingPixels(usual, styled, box)).toBeGreaterThan(1000);
  });

  await test.step("a region's opacity is also that of its surface in 3D", async () => {
    const box = whole(await paneBox(page, "3D"));
    const inFront = async (keys: string) => {
      await page.getByRole("button", { name: "Legend and styles" }).click();
      for (const name of ["digestive_tract", "intestine"])
        await page.getByRole("slider", { name: `${name}: opacity`, exact: true }).press(keys);
      await page.keyboard.press("Escape");
      await idle(page);
      return canvasPixels(page);
    };
    const opaque = await canvasPixels(page);
    const faint = await inFront("PageDown");
    expect(differingPixels(opaque, faint, box)).toBeGreaterThan(2000);
    const gone = await inFront("Home");
    expect(differingPixels(faint, gone, box)).toBeGreaterThan(2000);
    expect(coloured(gone, box)).toBeGreaterThan(0.05);
    await page.getByRole("button", { name: "Legend and styles" }).click();
    await page.getByRole("button", { name: "Reset styles" }).click();
    await page.keyboard.press("Escape");
    await idle(page);
    expect(differingPixels(usual, await canvasPixels(page), everything(usual))).toBe(0);
  });

  await test.step("the legend covers no 3D, and says what 3D takes from it", async () => {
    await page.getByRole("button", { name: "Legend and styles" }).click();
    const popup = page.getByRole("dialog", { name: "Legend and styles" });
    await expect(popup).toContainText("Surfaces in 3D follow colour and opacity.");
    const [over, solid] = await Promise.all([popup.boundingBox(), pane(page, "3D").boundingBox()]);
    expect((over?.x ?? 0) + (over?.width ?? Infinity)).toBeLessThan(solid?.x ?? 0);
    await page.keyboard.press("Escape");
  });

  await test.step("one click shows what regions contain, one more hides it", async () => {
    await page.getByRole("button", { name: "Legend and styles" }).click();
    const inside = page.getByRole("button", { name: "See inside" });
    const opacity = (name: string) => page.getByRole("slider", { name: `${name}: opacity`, exact: true });
    await inside.click();
    await expect(inside).toHaveAttribute("aria-pressed", "true");
    await expect(opacity("urinary_system")).toHaveValue("0.3");
    await expect(opacity("kidneys")).toHaveValue("0.3");
    await expect(opacity("kidney_left")).toHaveValue("1");
    await inside.click();
    await expect(opacity("kidneys")).toHaveValue("1");
    await page.keyboard.press("Escape");
    await idle(page);
    expect(differingPixels(usual, await canvasPixels(page), everything(usual))).toBe(0);
  });
});

// Steps share one page, as opening a case takes longer than any of them; each leaves the panes as the next
// expects them.
test("planes of a sample: slices, pictures and panes", async ({ page }) => {
  await goto(page, PLANES);
  await test.step("an idle page draws nothing", async () => {
    await idle(page);
    const drawn = () => page.evaluate(() => window.regionscope?.frames().drawn ?? -1);
    const before = await drawn();
    await page.evaluate(async () => {
      const end = performance.now() + 500;
      while (performance.now() < end) await new Promise(requestAnimationFrame);
    });
    expect(await drawn()).toBe(before);
  });

  await test.step("zoom keeps the voxel under the pointer in place; 0 shows whole slices again", async () => {
    const first = await canvasPixels(page);
    const box = await pane(page, "Axial").boundingBox();
    if (!box) throw new Error("no pane");
    const at = { x: Math.round(box.x + box.width * 0.4), y: Math.round(box.y + box.height * 0.4) };
    await page.mouse.move(at.x, at.y);
    const under = await probedVoxel(page);
    await page.keyboard.down("Control");
    await page.mouse.wheel(0, -300);
    await page.keyboard.up("Control");
    await idle(page);
    expect(await probedVoxel(page)).toEqual(under);
    const zoomed = await canvasPixels(page);
    expect(differingPixels(first, zoomed, whole(await paneBox(page, "Coronal")))).toBeGreaterThan(5000);
    await page.mouse.move(2, 2);
    await page.keyboard.press("0");
    await idle(page);
    expect(differingPixels(first, await canvasPixels(page), everything(first))).toBe(0);
  });

  await test.step("by neurological convention the picture and its letters are mirrored", async () => {
    await page.getByRole("button", { name: "Show crosshair" }).click();
    await idle(page);
    await expectLetters(pane(page, "Axial"), "ARLP");
    const box = await paneBox(page, "Axial");
    const before = await canvasPixels(page);
    await page.getByRole("button", { name: /Convention: radiological/ }).click();
    await idle(page);
    await expectLetters(pane(page, "Axial"), "ALRP");
    await expectLetters(pane(page, "Sagittal"), "SAPI");
    const after = await canvasPixels(page);
    let same = 0;
    let compared = 0;
    for (let y = 20; y < box.height - 20; y += 3)
      for (let x = 20; x < box.width - 20; x += 3) {
        const [left, right] = [pixelAt(before, x, y), pixelAt(after, Math.floor(box.width) - 1 - x, y)];
        compared++;
        if (left.every((value, i) => Math.abs(value - (right[i] ?? 0)) <= 2)) same++;
      }
    // Pixels on voxel edges may fall to either side.
    expect(same / compared).toBeGreaterThan(0.93);
    expect(differingPixels(before, after, whole(box))).toBeGreaterThan(5000);
    await page.getByRole("button", { name: /Convention: neurological/ }).click();
    await page.getByRole("button", { name: "Show crosshair" }).click();
    await idle(page);
  });

  await test.step("a scale is shown as the loss sees it, and lost voxels are striped", async () => {
    const box = whole(await paneBox(page, "Axial"));
    const full = await canvasPixels(page);
    await page.getByRole("combobox", { name: "Scale" }).click();
    await page.getByRole("option", { name: /scale 2/ }).click();
    await idle(page);
    const coarse = await canvasPixels(page);
    expect(differingPixels(full, coarse, box)).toBeGreaterThan(3000);
    await page.getByRole("button", { name: /Stripe voxels lost or gained/ }).click();
    await idle(page);
    expect(differingPixels(coarse, await canvasPixels(page), box)).toBeGreaterThan(500);
    await page.getByRole("button", { name: /Stripe voxels lost or gained/ }).click();
    await page.getByRole("combobox", { name: "Scale" }).click();
    await page.getByRole("option", { name: /^scale 0/ }).click();
    await idle(page);
  });

  await test.step("the window of the image, by its histogram's ends and by presets", async () => {
    const box = whole(await paneBox(page, "Axial"));
    const before = await canvasPixels(page);
    await page.getByRole("button", { name: "Window and level" }).click();
    await expect(page.getByRole("img", { name: /Histogram of the image/ })).toBeVisible();
    await page.getByRole("slider", { name: "Upper (white)" }).press("ArrowRight");
    await idle(page);
    await page.getByRole("button", { name: /Lung/ }).click();
    await page.keyboard.press("Escape");
    await idle(page);
    await expect(page.getByRole("button", { name: "Window and level" })).toContainText("W 1500");
    expect(differingPixels(before, await canvasPixels(page), box)).toBeGreaterThan(5000);
  });

  await test.step("a click moves the crosshair of all planes; the wheel scrolls through one plane's slices", async () => {
    const before = await probedVoxel(page);
    const [coronal, sagittal] = [await paneBox(page, "Coronal"), await paneBox(page, "Sagittal")];
    const first = await canvasPixels(page);
    await clickPane(page, "Axial", 0.3, 0.45);
    const after = await probedVoxel(page);
    expect(after[0]).toBe(before[0]);
    expect(after[1]).not.toBe(before[1]);
    expect(after[2]).not.toBe(before[2]);
    const moved = await canvasPixels(page);
    expect(differingPixels(first, moved, whole(coronal))).toBeGreaterThan(2000);
    expect(differingPixels(first, moved, whole(sagittal))).toBeGreaterThan(2000);
    // The lines leave what they mark in sight.
    const axial = whole(await paneBox(page, "Axial"));
    await page.getByRole("button", { name: "Show crosshair" }).click();
    await idle(page);
    const without = await canvasPixels(page);
    const [x, y] = [axial.x + Math.round(axial.width * 0.3), axial.y + Math.round(axial.height * 0.45)];
    const middle = { x: x - 5, y: y - 5, width: 10, height: 10 };
    expect(differingPixels(moved, without, middle)).toBe(0);
    expect(differingPixels(moved, without, axial)).toBeGreaterThan(300);
    await page.getByRole("button", { name: "Show crosshair" }).click();
    await idle(page);

    const box = await pane(page, "Axial").boundingBox();
    if (!box) throw new Error("no pane");
    await page.mouse.move(box.x + 20, box.y + box.height / 2);
    await page.mouse.wheel(0, -120);
    await idle(page);
    await page.mouse.move(2, 2);
    // 60 px of the wheel are a slice; away from the user is towards superior.
    expect((await probedVoxel(page))[0]).toBe((before[0] ?? 0) + 2);
  });

  await test.step("cine plays the slices of the active plane, and stops", async () => {
    await page.keyboard.press("1");
    const start = await probedVoxel(page);
    await page.getByRole("button", { name: /Play through slices/ }).click();
    await expect.poll(async () => (await probedVoxel(page))[0]).not.toBe(start[0]);
    await page.getByRole("button", { name: /Stop playing through/ }).click();
    await idle(page);
    const stopped = await probedVoxel(page);
    expect(stopped.slice(1)).toEqual(start.slice(1));
    await page.waitForFunction(
      (end) => performance.now() > end,
      await page.evaluate(() => performance.now() + 400),
    );
    expect(await probedVoxel(page)).toEqual(stopped);
  });

  await test.step("panes are maximised by double click and button, and resized by keyboard", async () => {
    const before = await paneBox(page, "Coronal");
    const canvas = await page.locator("canvas.slices-canvas").boundingBox();
    await page.getByRole("separator", { name: "Width of the left panes" }).press("ArrowRight");
    await idle(page);
    expect((await paneBox(page, "Coronal")).width).toBeGreaterThan(before.width + 5);
    await pane(page, "Coronal").getByRole("button", { name: "Maximise coronal" }).click();
    await idle(page);
    expect((await paneBox(page, "Coronal")).width).toBe(canvas?.width);
    await expect(pane(page, "Axial")).toHaveCount(0);
    await pane(page, "Coronal").getByRole("button", { name: "Show all panes" }).click();
    await idle(page);
    const box = await pane(page, "Sagittal").boundingBox();
    await page.mouse.dblclick((box?.x ?? 0) + 90, (box?.y ?? 0) + 90);
    await idle(page);
    expect((await paneBox(page, "Sagittal")).height).toBe(canvas?.height);
  });

  await test.step("letters, titles, controls and the crosshair are clear of one another at any size", async () => {
    await pane(page, "Sagittal").getByRole("button", { name: "Show all panes" }).click();
    for (const [across, down] of [
      [0.02, 0.02],
      [0.98, 0.98],
      [0.3, 0.8],
      [0.5, 0.5],
    ] as const) {
      const slices = await page.locator("canvas.slices-canvas").boundingBox();
      if (!slices) throw new Error("no canvas");
      for (const name of ["Width of the left panes", "Height of the upper panes"]) {
        const at = await page.getByRole("separator", { name }).boundingBox();
        if (!at) throw new Error("no splitter");
        await page.mouse.move(at.x + at.width / 2, at.y + at.height / 2);
        await page.mouse.down();
        await page.mouse.move(slices.x + across * slices.width, slices.y + down * slices.height);
        await page.mouse.up();
        await idle(page);
      }
      expect(await collisions(page)).toEqual([]);
      // The lines run through the very middle, where letters are.
      await clickPane(page, "Axial", 0.5, 0.5);
      const box = await pane(page, "Axial").boundingBox();
      const letters = await pane(page, "Axial").locator(".letter:visible").all();
      for (const letter of box && box.width > 170 ? letters : []) {
        const { x, y, width, height } = (await letter.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
        const [lineX, lineY] = [
          (box?.x ?? 0) + (box?.width ?? 0) / 2,
          (box?.y ?? 0) + (box?.height ?? 0) / 2,
        ];
        expect(lineX < x || lineX > x + width, `${await letter.textContent()} ${lineX} ${x}`).toBe(true);
        expect(lineY < y || lineY > y + height, `${await letter.textContent()} ${lineY} ${y}`).toBe(true);
      }
    }
  });

  await test.step("a double click on a tile of the grid shows its plane alone, another one all planes", async () => {
    await page.keyboard.press("g");
    await page.keyboard.press("2");
    await idle(page);
    // The grid may show the selected region, further down.
    await grid(page).evaluate((element) => element.scrollTo(0, 0));
    await idle(page);
    const tile = await page.locator(".tile").nth(1).boundingBox();
    await page.mouse.dblclick((tile?.x ?? 0) + 30, (tile?.y ?? 0) + 30);
    await idle(page);
    await expect(pane(page, "Coronal")).toBeVisible();
    await expect(pane(page, "Axial")).toHaveCount(0);
    await expect(page.getByRole("combobox", { name: "Scale" })).toContainText("scale 1");
    await expect(page).toHaveURL(/solo=skeleton/);
    const alone = await pane(page, "Coronal").boundingBox();
    await page.mouse.dblclick((alone?.x ?? 0) + 60, (alone?.y ?? 0) + 60);
    await idle(page);
    await expect(pane(page, "Axial")).toBeVisible();
  });
});

test("the view is intact after the device is lost", async ({ page }) => {
  await goto(page, PLANES);
  await page.getByRole("button", { name: "View from left" }).click();
  await clickPane(page, "Axial", 0.3, 0.45);
  const before = await canvasPixels(page);
  await page.evaluate(() => window.regionscope?.loseDevice());
  await idle(page);
  expect(differingPixels(before, await canvasPixels(page), everything(before))).toBe(0);
});

test("the 3D view of the spine: presets, keys, a cut, and a click on a surface", { tag: "@quick" }, async ({
  page,
}) => {
  await test.step("until its first picture the pane has the ground of pictures and says what is made", async () => {
    await openSample(page, "spine-regions");
    await page.evaluate(() => {
      new MutationObserver(() => {
        const stage = document.querySelector<HTMLElement>(".view3d-stage");
        const slices = document.querySelector<HTMLElement>(".slices");
        if (!stage || !slices) return;
        const isGround = getComputedStyle(stage).backgroundColor === getComputedStyle(slices).backgroundColor;
        document.documentElement.dataset.said += `${stage.textContent}${isGround ? "" : " on another ground"}|`;
      }).observe(document.body, { subtree: true, childList: true, characterData: true });
    });
    await page.getByRole("radio", { name: "Planes", exact: true }).click();
    await idle(page);
    const stage = page.locator(".view3d-stage");
    await expect(stage).toHaveCount(0);
    const said = await page.evaluate(() => document.documentElement.dataset.said ?? "");
    expect(said).toContain("Building the 3D view…|");
    expect(said).toContain("Drawing the surfaces…|");
    expect(said).not.toContain("another ground");
  });
  const box = whole(await paneBox(page, "3D"));
  const look = async (name: string) => {
    await page.getByRole("button", { name }).click();
    await idle(page);
    return canvasPixels(page);
  };
  const [front, left] = [await look("View from anterior"), await look("View from left")];
  // Both pictures are mostly background, with the spine in the middle.
  expect(coloured(front, box)).toBeGreaterThan(0.05);
  expect(coloured(left, box)).toBeGreaterThan(0.05);
  expect(differingPixels(front, left, box)).toBeGreaterThan(5000);
  expect(differingPixels(front, await look("View from anterior"), box)).toBe(0);

  const surface = page.getByRole("application", { name: /3D view/ });
  await surface.press("ArrowRight");
  await idle(page);
  expect(differingPixels(front, await canvasPixels(page), box)).toBeGreaterThan(1000);
  await look("View from anterior");
  await page.getByRole("combobox", { name: "Clipping of the 3D view" }).selectOption("coronal");
  await idle(page);
  expect(differingPixels(front, await canvasPixels(page), box)).toBeGreaterThan(500);
  await page.getByRole("combobox", { name: "Clipping of the 3D view" }).selectOption("none");
  await idle(page);

  // Clicking a visible surface moves the crosshair there, to a voxel that is in one of the regions.
  const at = await surface.boundingBox();
  const hit = firstColoured(front, box);
  if (!at || !hit) throw new Error("nothing is seen");
  await page.mouse.click(at.x + hit.x - box.x, at.y + hit.y - box.y);
  await page.mouse.move(2, 2);
  await idle(page);
  await expect(page.getByRole("region", { name: "Probe" })).not.toContainText("not in any region");
});

test("GPU memory returns to what it was when planes are left", async ({ page }) => {
  await openSample(page, "spine-regions");
  const bytes = () => page.evaluate(() => window.regionscope?.gpuBytes() ?? 0);
  const before = await bytes();
  await page.keyboard.press("4");
  await idle(page);
  expect(await bytes()).toBeGreaterThan(0);
  await page.keyboard.press("g");
  await idle(page);
  expect(await bytes()).toBe(before);
});

interface Whole {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Rounds to whole px. */
function whole(box: Whole): Whole {
  return {
    x: Math.round(box.x),
    y: Math.round(box.y),
    width: Math.floor(box.width),
    height: Math.floor(box.height),
  };
}

function everything({ width, height }: { readonly width: number; readonly height: number }): Whole {
  return { x: 0, y: 0, width, height };
}

function isColoured([r, g, b]: readonly [number, number, number]): boolean {
  return Math.max(r, g, b) - Math.min(r, g, b) > 40;
}

function coloured(picture: Awaited<ReturnType<typeof canvasPixels>>, box: Whole): number {
  let count = 0;
  for (let y = box.y; y < box.y + box.height; y++)
    for (let x = box.x; x < box.x + box.width; x++) if (isColoured(pixelAt(picture, x, y))) count++;
  return count / (box.width * box.height);
}

/**
 * A coloured pixel with coloured neighbours, searched in the middle of the box, then in rows further away.
 */
function firstColoured(
  picture: Awaited<ReturnType<typeof canvasPixels>>,
  box: Whole,
): { readonly x: number; readonly y: number } | null {
  for (const away of [0, 20, -20, 40, -40, 60, -60]) {
    const y = Math.round(box.y + box.height / 2) + away;
    for (let x = box.x + 10; x < box.x + box.width - 10; x++)
      if ([-4, 0, 4].every((d) => isColoured(pixelAt(picture, x + d, y)))) return { x, y };
  }
  return null;
}
