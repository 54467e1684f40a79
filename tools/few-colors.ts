/** Makes a picture of a page a fraction of its size, as a PNG with a palette. */
import { decode, encode } from "fast-png";

const MOST_COLORS = 256;
/** Bits of a component that are dropped where colours are counted. */
const DROPPED = 3;

interface Bin {
  pixels: number;
  /** Its most frequent colours are few, so the first stands for all. */
  readonly color: readonly [number, number, number];
}

/**
 * Keeps the 256 most frequent colours, of which pages have few besides photographs, and gives every other
 * pixel the nearest of them.
 *
 * @param png with 8 bits a component
 */
export function withFewColors(png: Uint8Array): Uint8Array {
  const { data, width, height, channels, depth } = decode(png);
  if (depth !== 8 || channels < 3) throw new Error("Only a PNG with 8 bits of red, green and blue will do.");
  const bins = new Map<number, Bin>();
  const keys = new Uint32Array(width * height);
  for (let i = 0; i < keys.length; i++) {
    const [r = 0, g = 0, b = 0] = data.subarray(i * channels, i * channels + 3);
    const key = ((r >> DROPPED) << 16) | ((g >> DROPPED) << 8) | (b >> DROPPED);
    keys[i] = key;
    const bin = bins.get(key);
    if (bin) bin.pixels++;
    else bins.set(key, { pixels: 1, color: [r, g, b] });
  }
  const kept = [...bins.values()].sort((a, b) => b.pixels - a.pixels).slice(0, MOST_COLORS);
  const nearest = new Map(
    [...bins].map(([key, { color }]) => [
      key,
      kept.reduce(
        (best, one, i) => (apart(one.color, color) < apart(kept[best]?.color, color) ? i : best),
        0,
      ),
    ]),
  );
  const indices = Uint8Array.from(keys, (key) => nearest.get(key) ?? 0);
  const palette = kept.map(({ color: [r, g, b] }): [number, number, number] => [r, g, b]);
  return encode({ data: indices, width, height, channels: 1, depth: 8, palette }, { zlib: { level: 9 } });
}

function apart(a: Bin["color"] | undefined, b: Bin["color"]): number {
  return a ? (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 + (a[2] - b[2]) ** 2 : Number.POSITIVE_INFINITY;
}
