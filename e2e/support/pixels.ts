/** Reading the canvas of pictures as the screen shows it. */
import { inflateSync } from "node:zlib";
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
  return decodeScreenshot(png);
}

/**
 * The pixels of a screenshot: eight bits of red, green and blue, as Chromium packs them. Through the page, as
 * below, it would take ten times as long.
 */
function decodeScreenshot(png: Buffer): Picture {
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
  const format = png.toString("hex", 24, 29);
  if (format !== "0802000000") throw new Error(`A screenshot of format ${format}`);
  const packed: Buffer[] = [];
  for (let at = 8; at < png.length; at += png.readUInt32BE(at) + 12)
    if (png.toString("latin1", at + 4, at + 8) === "IDAT")
      packed.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  const lines = inflateSync(Buffer.concat(packed));
  const data = new Uint8ClampedArray(width * height * 4).fill(255);
  let above: Uint8Array = new Uint8Array(width * 3);
  for (let y = 0; y < height; y++) {
    const start = y * (width * 3 + 1);
    const line = lines.subarray(start + 1, start + 1 + width * 3);
    unfilter(line, above, lines[start] ?? 0);
    for (let i = 0, to = y * width * 4; i < line.length; i += 3, to += 4) {
      data[to] = line[i] ?? 0;
      data[to + 1] = line[i + 1] ?? 0;
      data[to + 2] = line[i + 2] ?? 0;
    }
    above = line;
  }
  return { width, height, data };
}

/** A PNG holds what bytes differ by from those left of them and above: adds these again. */
function unfilter(line: Uint8Array, above: Uint8Array, filter: number): void {
  for (let i = 0; i < line.length; i++) {
    const left = i < 3 ? 0 : (line[i - 3] ?? 0);
    const corner = i < 3 ? 0 : (above[i - 3] ?? 0);
    line[i] = (line[i] ?? 0) + predicted(filter, left, above[i] ?? 0, corner);
  }
}

function predicted(filter: number, left: number, up: number, corner: number): number {
  if (filter === 0) return 0;
  if (filter === 1) return left;
  if (filter === 2) return up;
  if (filter === 3) return (left + up) >> 1;
  // Paeth: whichever is nearest to left + up - corner, and of equals the first.
  const [toLeft, toUp, toCorner] = [
    Math.abs(up - corner),
    Math.abs(left - corner),
    Math.abs(left + up - 2 * corner),
  ];
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}

/** The pixels of a PNG file of any kind, decoded in the page. */
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
