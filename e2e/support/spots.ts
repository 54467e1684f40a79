/** Points of the page, where the mouse or a finger goes. */
import type { Locator } from "@playwright/test";

/** In CSS px of the page. */
export interface Spot {
  readonly x: number;
  readonly y: number;
}

/** A point of an element, as fractions of its width and height. */
export async function spotIn(element: Locator, across: number, down: number): Promise<Spot> {
  const box = await element.boundingBox();
  if (!box) throw new Error(`${element} is not on the page.`);
  return { x: Math.round(box.x + box.width * across), y: Math.round(box.y + box.height * down) };
}
