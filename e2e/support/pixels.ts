/** Reads pixels as the screen shows them. */
import type { Locator, Page } from "@playwright/test";
import { decode } from "fast-png";

export interface Picture {
  readonly width: number;
  readonly height: number;
  /** RGBA, row by row. */
  readonly data: Uint8ClampedArray;
}

/** The pixels of the canvas, with the text over it hidden. */
export function canvasPixels(page: Page): Promise<Picture> {
  const hide =
    ".tile, .row-head, .grid-row, .pane, .splitter { visibility: hidden !important } .grid-scroller, .slices { outline: none !important }";
  return screenPixels(page, page.locator("canvas.grid-canvas, canvas.slices-canvas"), hide);
}

/** What the screen shows of an element. @param css a style that applies during the screenshot */
export async function screenPixels(page: Page, element: Locator, css: string): Promise<Picture> {
  // A constructed style sheet, as the page's policy allows no style elements.
  const added = await page.evaluateHandle((text) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    document.adoptedStyleSheets.push(sheet);
    return sheet;
  }, css);
  const png = await element.screenshot({ animations: "disabled" });
  await added.evaluate((sheet) => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet);
  });
  return decodePng(png);
}

/**
 * Decodes a PNG file: a screenshot or an exported picture. @throws Error unless it has eight bits a channel
 */
export function decodePng(png: Uint8Array): Picture {
  const { width, height, depth, channels, data } = decode(png);
  if (depth !== 8 || channels < 3) throw new Error(`A PNG of ${channels} channels of ${depth} bits`);
  const rgba = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let from = 0, to = 0; to < rgba.length; from += channels, to += 4)
    for (let channel = 0; channel < channels; channel++) rgba[to + channel] = data[from + channel] ?? 0;
  return { width, height, data: rgba };
}

/** Red, green and blue of one pixel. */
export function pixelAt(picture: Picture, x: number, y: number): readonly [number, number, number] {
  const at = (y * picture.width + x) * 4;
  return [picture.data[at] ?? 0, picture.data[at + 1] ?? 0, picture.data[at + 2] ?? 0];
}

/** Number of pixels in a rectangle that differ between two pictures. */
export function differingPixels(
  a: Picture,
  b: Picture,
  box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
): number {
  let count = 0;
  for (let y = box.y; y < box.y + box.height; y++) {
    for (let x = box.x; x < box.x + box.width; x++) {
      const [p, q] = [pixelAt(a, x, y), pixelAt(b, x, y)];
      if (p.some((value, i) => value !== q[i])) count++;
    }
  }
  return count;
}
