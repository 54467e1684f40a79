/** Writes PNG files where there is no canvas, or where one would cost more than the picture. */
import { crc32 } from "../bytes/crc32.ts";

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** Bits per sample, then: RGB, deflate, the five filters, not interlaced. */
const RGB_8 = [8, 2, 0, 0, 0];
/** Each byte is written as its difference from the pixel to the left. */
const FILTER_SUB = 1;

/** @param pixels RGBA, row by row from the top left; the result is opaque */
export async function pngOf({
  width,
  height,
  pixels,
}: {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8ClampedArray;
}): Promise<Uint8Array<ArrayBuffer>> {
  const rows = new Uint8Array(height * (1 + 3 * width));
  let to = 0;
  for (let y = 0; y < height; y++) {
    rows[to++] = FILTER_SUB;
    const from = 4 * width * y;
    for (let x = 0; x < width; x++)
      for (let part = 0; part < 3; part++) {
        const at = from + 4 * x + part;
        rows[to++] = (pixels[at] as number) - (x > 0 ? (pixels[at - 4] as number) : 0);
      }
  }
  const size = new DataView(new ArrayBuffer(8));
  size.setUint32(0, width);
  size.setUint32(4, height);
  return joined([
    Uint8Array.from(SIGNATURE),
    chunk("IHDR", joined([new Uint8Array(size.buffer), Uint8Array.from(RGB_8)])),
    chunk("IDAT", await deflated(rows)),
    chunk("IEND", new Uint8Array(0)),
  ]);
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const out = new Uint8Array(12 + data.length);
  const view = new DataView(out.buffer);
  view.setUint32(0, data.length);
  out.set(new TextEncoder().encode(type), 4);
  out.set(data, 8);
  view.setUint32(8 + data.length, crc32(out.subarray(4, 8 + data.length)));
  return out;
}

async function deflated(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const packed = new Blob([bytes]).stream().pipeThrough(new CompressionStream("deflate"));
  return new Uint8Array(await new Response(packed).arrayBuffer());
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
