/** Reading the canvas of pictures as the screen shows it. */
import type { Locator, Page } from "@playwright/test";

export interface Picture {
  readonly width: number;
  readonly height: number;
  /** RGBA, row by row. */
  readonly data: Uint8ClampedArray;
}

/** The canvas' pixels, with the words over it taken away. */
export function canvasPixels(page: Page): Promise<Picture> {
  const hide =
    ".tile, .row-head, .grid-row, .pane, .splitter { visibility: hidden !important } .grid-scroller, .panes { outline: none !important }";
  return screenPixels(page, page.locator("canvas.grid-canvas, canvas.panes-canvas"), hide);
}

/** What the screen shows of an element. @param css a style for the time of the picture */
export async function screenPixels(page: Page, element: Locator, css: string): Promise<Picture> {
  // A sheet made by script: the page's policy allows no style elements.
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
  return decodePng(page, png);
}

/** The pixels of a PNG file, decoded in the page. */
export async function decodePng(page: Page, png: Buffer): Promise<Picture> {
  const decoded = await page.evaluate(async (base64) => {
    const blob = new Blob([Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))], {
      type: "image/png",
    });
    const bitmap = await createImageBitmap(blob);
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    const context = canvas.getContext("2d");
    if (!context) throw new Error("no 2D context");
    context.drawImage(bitmap, 0, 0);
    const { data, width, height } = context.getImageData(0, 0, bitmap.width, bitmap.height);
    let text = "";
    for (let i = 0; i < data.length; i += 0x8000)
      text += String.fromCharCode(...data.subarray(i, i + 0x8000));
    return { width, height, base64: btoa(text) };
  }, png.toString("base64"));
  return {
    width: decoded.width,
    height: decoded.height,
    data: new Uint8ClampedArray(Buffer.from(decoded.base64, "base64")),
  };
}

/** Red, green and blue of one pixel. */
export function pixelAt(picture: Picture, x: number, y: number): readonly [number, number, number] {
  const at = (y * picture.width + x) * 4;
  return [picture.data[at] ?? 0, picture.data[at + 1] ?? 0, picture.data[at + 2] ?? 0];
}

/** How many pixels of a rectangle differ between two pictures. */
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
