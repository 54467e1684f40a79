/**
 * Places captions beside boxes in a tile so that they cover neither one another nor other text there. Pure;
 * CSS px.
 */
import type { Pair } from "../../base/pair.ts";
import type { TileRect } from "./component-boxes.ts";

/** Distance between a box and its caption. */
const BESIDE_PX = 2;

/** A box and the size of its caption. */
interface Wanted {
  readonly rect: TileRect;
  /** Null for a box without a caption, which is only an obstacle. */
  readonly size: Pair | null;
}

/**
 * Returns the corner of each caption, or null if there is no room. Captions stay within `bounds` and avoid
 * `taken`; earlier ones choose first. A caption covers a box only if there would otherwise be none at all,
 * because all captions of a tile say the same.
 */
export function placeCaptions(
  wanted: readonly Wanted[],
  bounds: TileRect,
  taken: readonly TileRect[],
): (Pair | null)[] {
  const placed: TileRect[] = [...taken];
  const boxes = wanted.map(({ rect }) => rect);
  let some = false;
  return wanted.map(({ rect, size }) => {
    const seen = overlap(rect, bounds);
    if (!size || !seen || size[0] > bounds.width || size[1] > bounds.height) return null;
    const free = around(seen, size, bounds).filter(
      (place) => isWithin(place, bounds) && placed.every((other) => overlap(place, other) === null),
    );
    const clear = free.find((place) => boxes.every((box) => overlap(place, box) === null));
    const chosen = clear ?? (some ? undefined : free[0]);
    if (!chosen) return null;
    some = true;
    placed.push(chosen);
    return [chosen.x, chosen.y];
  });
}

/** Returns the intersection of two rectangles; null if they only touch. */
export function overlap(a: TileRect, b: TileRect): TileRect | null {
  const x = Math.max(a.x, b.x);
  const y = Math.max(a.y, b.y);
  const width = Math.min(a.x + a.width, b.x + b.width) - x;
  const height = Math.min(a.y + a.height, b.y + b.height) - y;
  return width > 0 && height > 0 ? { x, y, width, height } : null;
}

/**
 * Candidates: below, above, right, left; then one line further; finally inside the top, for a box that fills
 * the bounds.
 */
function around(box: TileRect, [width, height]: Pair, bounds: TileRect): TileRect[] {
  const within = (at: number, length: number, start: number, extent: number) =>
    Math.min(Math.max(at, start), start + extent - length);
  const x = within(box.x + (box.width - width) / 2, width, bounds.x, bounds.width);
  const y = within(box.y + (box.height - height) / 2, height, bounds.y, bounds.height);
  const below = box.y + box.height + BESIDE_PX;
  const above = box.y - height - BESIDE_PX;
  const further = height + BESIDE_PX;
  const places: readonly Pair[] = [
    [x, below],
    [x, above],
    [box.x + box.width + BESIDE_PX, y],
    [box.x - width - BESIDE_PX, y],
    [x, below + further],
    [x, above - further],
    [x, box.y + BESIDE_PX],
  ];
  return places.map(([left, top]) => ({ x: left, y: top, width, height }));
}

/** Tolerance, so that rounding does not reject a caption that just fits. */
const SLACK_PX = 1e-6;

function isWithin(a: TileRect, bounds: TileRect): boolean {
  return (
    a.x >= bounds.x - SLACK_PX &&
    a.y >= bounds.y - SLACK_PX &&
    a.x + a.width <= bounds.x + bounds.width + SLACK_PX &&
    a.y + a.height <= bounds.y + bounds.height + SLACK_PX
  );
}
