/** Finds and clicks the panes of the Planes view. */
import { expect, type Locator, type Page } from "@playwright/test";
import { idle } from "./app.ts";

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export function pane(page: Page, name: "Axial" | "Coronal" | "Sagittal" | "3D"): Locator {
  return page.getByRole("group", { name, exact: true });
}

/** A pane's box on the canvas, in CSS px. */
export async function paneBox(page: Page, name: Parameters<typeof pane>[1]): Promise<Box> {
  const [box, canvas] = await Promise.all([
    pane(page, name).boundingBox(),
    page.locator("canvas.slices-canvas").boundingBox(),
  ]);
  if (!box || !canvas) throw new Error(`${name} is not there`);
  return { ...box, x: box.x - canvas.x, y: box.y - canvas.y };
}

/** Clicks into a pane, at fractions of its width and height. */
export async function clickPane(
  page: Page,
  name: Parameters<typeof pane>[1],
  across: number,
  down: number,
): Promise<void> {
  const box = await pane(page, name).boundingBox();
  if (!box) throw new Error(`${name} is not there`);
  await page.mouse.click(Math.round(box.x + box.width * across), Math.round(box.y + box.height * down));
  // Otherwise the probe would follow the resting pointer.
  await page.mouse.move(2, 2);
  await idle(page);
}

export async function expectLetters(locator: Locator, letters: string): Promise<void> {
  await expect(locator.locator(".letter")).toHaveText([...letters]);
}

/** Pairs of things over the panes that overlap. */
export function collisions(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const things =
      ".pane-title, .letter, .pane-button, .scale-bar, .slice-track, .orientation-cube svg, .orientation-sides, .view3d-clip";
    return [...document.querySelectorAll(".pane")].flatMap((pane) => {
      const boxes = [...pane.querySelectorAll(things)].map((element) => ({
        name: `${pane.getAttribute("aria-label")}: ${element.className || element.tagName} ${element.textContent}`,
        box: element.getBoundingClientRect(),
      }));
      return boxes.flatMap(({ name, box }, i) =>
        boxes.slice(i + 1).flatMap((other) => {
          const across = Math.min(box.right, other.box.right) - Math.max(box.left, other.box.left);
          const down = Math.min(box.bottom, other.box.bottom) - Math.max(box.top, other.box.top);
          return box.width > 0 && other.box.width > 0 && across > 1 && down > 1
            ? [`${name} and ${other.name}`]
            : [];
        }),
      );
    });
  });
}
