/** Tests the pages' pictures by touch: taps, drags, pinches and double taps in the grid and in Planes. */
import { type Camera, cameraFrom } from "../src/domain/geometry/camera.ts";
import { goto, idle, probe, probedVoxel } from "./support/app.ts";
import { pane } from "./support/planes.ts";
import { type Spot, spotIn } from "./support/spots.ts";
import { expect, type Locator, type Page, test } from "./support/test.ts";
import { Touch } from "./support/touch.ts";

test.use({ hasTouch: true });

test("the grid is used by touch", async ({ page }) => {
  await goto(page, "?sample=abdomen-regions&voxel=59,47,60");
  const touch = await Touch.of(page);

  await step(page, "one finger moves the crosshair, by a tap and by a drag", async () => {
    await touch.tap(await spotIn(tile(page), 0.35, 0.4));
    const tapped = await probedVoxel(page);
    expect(tapped[1]).toBe(47);
    expect(tapped[0]).not.toBe(59);
    expect(tapped[2]).not.toBe(60);
    await expect(probe(page)).not.toContainText("Pointer");

    await touch.drag({
      from: await spotIn(tile(page), 0.35, 0.4),
      to: await spotIn(tile(page), 0.65, 0.7),
    });
    const dragged = await probedVoxel(page);
    expect(dragged[1]).toBe(47);
    // Down is towards the feet, and right is towards the patient's left.
    expect(dragged[0]).toBeLessThan((tapped[0] ?? 0) - 10);
    expect(Math.abs((dragged[2] ?? 0) - (tapped[2] ?? 0))).toBeGreaterThan(10);
    await expect(page).not.toHaveURL(/[?&](zoom|pan)=/);
  });

  await step(page, "two fingers pan and pinch about their middle, and leave the crosshair", async () => {
    const middle = await spotIn(tile(page), 0.4, 0.45);
    await touch.tap(middle);
    const under = await probedVoxel(page);
    await touch.tap(await spotIn(tile(page), 0.6, 0.6));
    const crosshair = await probedVoxel(page);
    expect(crosshair).not.toEqual(under);

    await touch.pinch(middle, 30, 90);
    await expect.poll(() => Number(parameter(page, "zoom"))).toBeCloseTo(3, 1);
    expect(await probedVoxel(page)).toEqual(crosshair);
    await touch.tap(middle);
    expectNear(await probedVoxel(page), under);

    // The voxel under the fingers' middle moves along.
    const to = { x: middle.x + 24, y: middle.y - 30 };
    await touch.drag(...sideBySide(middle, to));
    await expect.poll(() => Number(parameter(page, "zoom"))).toBeCloseTo(3, 1);
    await touch.tap(to);
    expectNear(await probedVoxel(page), under);
    await touch.pinch(middle, 90, 15);
    await expect.poll(() => parameter(page, "zoom")).toBe(null);
  });

  await step(page, "a finger that is left of two drags nothing", async () => {
    const before = await probedVoxel(page);
    const at = await spotIn(tile(page), 0.4, 0.4);
    await touch.liftOneOfTwo(at, { x: at.x + 40, y: at.y }, { x: at.x + 20, y: at.y + 40 });
    expect(await probedVoxel(page)).toEqual(before);
    await expect(probe(page)).not.toContainText("Pointer");
  });

  await step(page, "a double tap shows a tile alone, the next one all planes", async () => {
    await touch.doubleTap(await spotIn(page.locator(".tile").nth(1), 0.5, 0.5));
    await expect(pane(page, "Coronal")).toBeVisible();
    await expect(pane(page, "Axial")).toHaveCount(0);
    await expect(page.getByRole("combobox", { name: "Scale" })).toContainText("scale 1");
    await expect.poll(() => parameter(page, "solo")).toBe("skeleton");
    await idle(page);
    await touch.doubleTap(await spotIn(pane(page, "Coronal"), 0.4, 0.4));
    await expect(pane(page, "Axial")).toBeVisible();
  });
});

test("Planes are used by touch", async ({ page }) => {
  await goto(page, "?sample=abdomen-regions&view=planes&voxel=59,47,60");
  const touch = await Touch.of(page);

  await step(page, "a tap selects the region in front", async () => {
    await touch.tap(await spotIn(pane(page, "Axial"), 0.5, 0.55));
    await expect(probe(page).getByRole("button", { pressed: true })).toContainText("spine");
  });

  await step(page, "one finger moves the crosshair, two pan and pinch one pane", async () => {
    const axial = pane(page, "Axial");
    const middle = await spotIn(axial, 0.4, 0.45);
    await touch.tap(middle);
    const under = await probedVoxel(page);
    expect(under[0]).toBe(59);
    await touch.drag({ from: middle, to: await spotIn(axial, 0.6, 0.6) });
    const crosshair = await probedVoxel(page);
    expect(crosshair[0]).toBe(59);
    expect(crosshair[1]).not.toBe(under[1]);
    expect(crosshair[2]).not.toBe(under[2]);
    await expect(axial).toHaveAttribute("data-active", "true");

    await touch.pinch(middle, 60, 150);
    await expect.poll(() => Number(parameter(page, "pzoom"))).toBeCloseTo(2.5, 1);
    expect(await probedVoxel(page)).toEqual(crosshair);
    await touch.tap(middle);
    expectNear(await probedVoxel(page), under);

    const to = { x: middle.x + 50, y: middle.y - 40 };
    const pans = parameter(page, "pans");
    await touch.drag(...sideBySide(middle, to));
    await expect.poll(() => parameter(page, "pans")).not.toBe(pans);
    await expect.poll(() => Number(parameter(page, "pzoom"))).toBeCloseTo(2.5, 1);
    await touch.tap(to);
    expectNear(await probedVoxel(page), under);
  });

  await step(page, "in 3D one finger turns, two pan and zoom", async () => {
    const view3dBox = pane(page, "3D");
    const [middle, to] = [await spotIn(view3dBox, 0.4, 0.5), await spotIn(view3dBox, 0.6, 0.55)];
    const before = await probedVoxel(page);
    await touch.drag({ from: middle, to });
    await expect.poll(() => parameter(page, "cam")).not.toBe(null);
    const turned = cameraOf(page);

    await touch.pinch(middle, 60, 120);
    await expect.poll(() => cameraOf(page).spanMm / turned.spanMm).toBeCloseTo(0.5, 1);
    const near = cameraOf(page);
    expect(near.rotation).toEqual(turned.rotation);

    await touch.drag(...sideBySide(middle, to));
    await expect.poll(() => cameraOf(page).focusMm).not.toEqual(near.focusMm);
    expect(cameraOf(page).rotation).toEqual(turned.rotation);
    expect(cameraOf(page).spanMm).toBeCloseTo(near.spanMm, 3);
    expect(await probedVoxel(page)).toEqual(before);
  });

  await step(page, "a double tap maximises a pane, and brings all back, at the same crosshair", async () => {
    const before = await probedVoxel(page);
    for (const name of ["Sagittal", "3D"] as const) {
      await touch.doubleTap(await spotIn(pane(page, name), 0.4, 0.6));
      await expect(pane(page, "Axial")).toHaveCount(0);
      await expect.poll(() => parameter(page, "max")).toBe(name === "3D" ? "solid" : "sagittal");
      await touch.doubleTap(await spotIn(pane(page, name), 0.4, 0.6));
      await expect(pane(page, "Axial")).toBeVisible();
      await expect.poll(() => parameter(page, "max")).toBe(null);
      await idle(page);
      expect(await probedVoxel(page)).toEqual(before);
    }
  });
});

/** Runs a step and checks that the page neither scrolled nor zoomed: touches belong to the pictures. */
async function step(page: Page, title: string, touches: () => Promise<void>): Promise<void> {
  await test.step(title, async () => {
    await touches();
    const moved = await page.evaluate(() => {
      const view = window.visualViewport;
      const rows = document.querySelector(".grid-scroller")?.scrollTop ?? 0;
      return [view?.scale, view?.offsetLeft, view?.offsetTop, window.scrollX, window.scrollY, rows];
    });
    expect(moved).toEqual([1, 0, 0, 0, 0, 0]);
  });
}

function tile(page: Page): Locator {
  return page.locator(".tile").first();
}

/** Two fingers that keep their distance. */
function sideBySide(from: Spot, to: Spot): { from: Spot; to: Spot }[] {
  return [-25, 25].map((dx) => ({ from: { x: from.x + dx, y: from.y }, to: { x: to.x + dx, y: to.y } }));
}

function parameter(page: Page, name: string): string | null {
  return new URL(page.url()).searchParams.get(name);
}

function cameraOf(page: Page): Camera {
  const camera = cameraFrom(parameter(page, "cam") ?? "");
  if (!camera) throw new Error("The address has no camera.");
  return camera;
}

/** Within one voxel, which is two or three px wide before zooming. */
function expectNear(voxel: readonly number[], other: readonly number[]): void {
  for (const [axis, n] of voxel.entries())
    expect(Math.abs(n - (other[axis] ?? Number.NaN)), `axis ${axis}`).toBeLessThanOrEqual(1);
}
