/** Checks the keys of the 3D view by its camera in the address. */

import { expect, type Page } from "@playwright/test";
import type { Size } from "../../../src/base/pair.ts";
import { type Camera, cameraFrom, orbit, pan, zoomAt } from "../../../src/domain/geometry/camera.ts";
import { VIEW_FROM } from "../../../src/domain/geometry/orientation.ts";
import { idle } from "../app.ts";
import { paneBox } from "../planes.ts";
import { type Check, choice, choose } from "./on-page.ts";

const cameraIn = (url: URL) => cameraFrom(url.searchParams.get("cam") ?? "");
const camera = (page: Page) => cameraIn(new URL(page.url()));

/** Checks the camera that a key leads to from the current one. */
function sees(wanted: (from: Camera, size: Size) => Camera): Check {
  return async (page, press) => {
    const before = await standing(page);
    const { width, height } = await paneBox(page, "3D");
    const after = wanted(before, [width, height]);
    expect(numbersOf(after)).not.toEqual(numbersOf(before));
    await press();
    await expectCamera(page, numbersOf(after));
  };
}

/** Rounds to two of the address's six decimals, and turns -0 into 0. */
const rounded = (numbers: readonly number[]) => numbers.map((n) => Number(n.toFixed(2)) + 0);

function numbersOf(seen: Camera | null): readonly number[] {
  return seen ? rounded([...seen.rotation, ...seen.focusMm, seen.spanMm]) : [];
}

/**
 * Waits for the address, which updates a little later. @param first the known leading numbers of the camera
 */
async function expectCamera(page: Page, first: readonly number[]): Promise<void> {
  await expect(page, `a camera of ${first.join(", ")}`).toHaveURL(
    (url) => numbersOf(cameraIn(url)).slice(0, first.length).join() === first.join(),
  );
}

async function expectNoCamera(page: Page): Promise<void> {
  await expect(page).toHaveURL(({ searchParams }) => !searchParams.has("cam"));
}

/** The camera in Planes: the one that the last check left in the address, or else the view from the front. */
async function standing(page: Page): Promise<Camera> {
  if (!(await choice(page, "View", "Planes").isChecked())) await choose(page, "View", "Planes");
  if (!camera(page))
    for (const [side, name] of [
      ["L", "View from left"],
      ["A", "View from anterior"],
    ] as const) {
      await page.getByRole("button", { name }).click();
      await expectCamera(page, rounded(VIEW_FROM[side]));
    }
  await idle(page);
  const seen = camera(page);
  if (!seen) throw new Error("no camera in the address");
  return seen;
}

export const VIEW3D_KEYS = {
  "view3d-turn-left": sees((from, size) => orbit(from, -24, 0, size)),
  "view3d-turn-right": sees((from, size) => orbit(from, 24, 0, size)),
  "view3d-turn-up": sees((from, size) => orbit(from, 0, -24, size)),
  "view3d-turn-down": sees((from, size) => orbit(from, 0, 24, size)),
  "view3d-pan-left": sees((from, size) => pan(from, -24, 0, size)),
  "view3d-pan-right": sees((from, size) => pan(from, 24, 0, size)),
  "view3d-pan-up": sees((from, size) => pan(from, 0, -24, size)),
  "view3d-pan-down": sees((from, size) => pan(from, 0, 24, size)),
  "view3d-zoom-in": sees((from, size) => zoomAt(from, 1.25, [size[0] / 2, size[1] / 2], size)),
  "view3d-zoom-out": sees((from, size) => zoomAt(from, 0.8, [size[0] / 2, size[1] / 2], size)),
  "view3d-whole": async (page, press) => {
    await standing(page);
    await press();
    await expectNoCamera(page);
    await press();
    await expect(page).toHaveURL((url) => cameraIn(url) !== null);
    const fitted = numbersOf(camera(page));
    await press();
    await expectNoCamera(page);
    await page.getByRole("button", { name: /^Fit the shown regions/ }).click();
    await expectCamera(page, fitted);
  },
} satisfies Record<string, Check>;
