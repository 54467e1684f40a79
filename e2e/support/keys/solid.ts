/** Keys of the 3D view: what they make of its camera, which is in the address. */
import { expect, type Page } from "@playwright/test";
import { cameraFrom, orbit, pan, type SolidCamera, zoomAt } from "../../../src/domain/camera.ts";
import { VIEW_FROM } from "../../../src/domain/orientation.ts";
import { idle } from "../app.ts";
import { paneBox } from "../planes.ts";
import { type Check, choice, choose, parameter } from "./on-page.ts";

type Size = readonly [number, number];

const camera = (page: Page) => cameraFrom(parameter(page, "cam") ?? "");

/** From the front, and what a key makes of that. */
function sees(wanted: (from: SolidCamera, size: Size) => SolidCamera): Check {
  return async (page, press) => {
    const before = await fromFront(page);
    const { width, height } = await paneBox(page, "3D");
    const after = wanted(before, [width, height]);
    expect(numbersOf(after)).not.toEqual(numbersOf(before));
    await press();
    await expect.poll(() => numbersOf(camera(page))).toEqual(numbersOf(after));
  };
}

/** Rounded: an address has six decimals. */
function numbersOf(seen: SolidCamera | null): readonly string[] {
  return seen ? [...seen.rotation, ...seen.focusMm, seen.spanMm].map((n) => (n + 0).toFixed(2)) : [];
}

async function fromFront(page: Page): Promise<SolidCamera> {
  if (!(await choice(page, "View", "Planes").isChecked())) await choose(page, "View", "Planes");
  // The address follows a little later: from another side it is told from what the key before left.
  for (const [side, name] of [
    ["L", "View from left"],
    ["A", "View from anterior"],
  ] as const) {
    await page.getByRole("button", { name }).click();
    const rotation = VIEW_FROM[side].map((n) => n.toFixed(2));
    await expect.poll(() => numbersOf(camera(page)).slice(0, 4)).toEqual(rotation);
  }
  await idle(page);
  const seen = camera(page);
  if (!seen) throw new Error("no camera in the address");
  return seen;
}

export const SOLID_KEYS = {
  "solid-turn-left": sees((from, size) => orbit(from, -24, 0, size)),
  "solid-turn-right": sees((from, size) => orbit(from, 24, 0, size)),
  "solid-turn-up": sees((from, size) => orbit(from, 0, -24, size)),
  "solid-turn-down": sees((from, size) => orbit(from, 0, 24, size)),
  "solid-pan-left": sees((from, size) => pan(from, -24, 0, size)),
  "solid-pan-right": sees((from, size) => pan(from, 24, 0, size)),
  "solid-pan-up": sees((from, size) => pan(from, 0, -24, size)),
  "solid-pan-down": sees((from, size) => pan(from, 0, 24, size)),
  "solid-zoom-in": sees((from, size) => zoomAt(from, 1.25, [size[0] / 2, size[1] / 2], size)),
  "solid-zoom-out": sees((from, size) => zoomAt(from, 0.8, [size[0] / 2, size[1] / 2], size)),
  "solid-whole": async (page, press) => {
    await fromFront(page);
    await press();
    await expect.poll(() => parameter(page, "cam")).toBeNull();
    await press();
    await expect.poll(() => camera(page)).not.toBeNull();
    const fitted = numbersOf(camera(page));
    await fromFront(page);
    await press();
    await expect.poll(() => parameter(page, "cam")).toBeNull();
    await page.getByRole("button", { name: /^Fit the shown regions/ }).click();
    await expect.poll(() => numbersOf(camera(page))).toEqual(fitted);
  },
} satisfies Record<string, Check>;
