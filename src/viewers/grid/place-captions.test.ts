/** Tests where captions beside boxes are placed. */

import { expect, test } from "vitest";
import type { Pair } from "../../base/pair.ts";
import type { TileRect } from "./component-boxes.ts";
import { overlap, placeCaptions } from "./place-captions.ts";

const BOUNDS: TileRect = { x: 0, y: 0, width: 160, height: 120 };
const SIZE: Pair = [100, 14];

const box = (x: number, y: number, width = 10, height = 10): TileRect => ({ x, y, width, height });
const wanted = (...rects: TileRect[]) => rects.map((rect) => ({ rect, size: SIZE }));

test("a caption is below its box, shifted to fit into the tile, or above a box at the bottom", () => {
  expect(placeCaptions(wanted(box(75, 40)), BOUNDS, [])).toEqual([[30, 52]]);
  expect(placeCaptions(wanted(box(2, 40)), BOUNDS, [])).toEqual([[0, 52]]);
  expect(placeCaptions(wanted(box(148, 40)), BOUNDS, [])).toEqual([[60, 52]]);
  expect(placeCaptions(wanted(box(75, 105)), BOUNDS, [])).toEqual([[30, 89]]);
});

test("captions cover neither one another, nor taken places, nor other boxes", () => {
  const boxes = [box(20, 10), box(30, 40), box(100, 45), box(70, 80)];
  const taken = [box(0, 0, 60, 18)];
  const places = placeCaptions(wanted(...boxes), BOUNDS, taken).flatMap((place) =>
    place ? [{ x: place[0], y: place[1], width: SIZE[0], height: SIZE[1] }] : [],
  );
  expect(places.length).toBeGreaterThanOrEqual(3);
  places.forEach((place, i) => {
    expect(overlap(place, BOUNDS)).toEqual(place);
    for (const other of [...taken, ...boxes, ...places.slice(0, i)]) expect(overlap(place, other)).toBeNull();
  });
});

test("a box that fills the bounds has its caption inside", () => {
  expect(placeCaptions(wanted(box(-20, -20, 300, 300)), BOUNDS, [])).toEqual([[30, 2]]);
});

test("a caption covers a box only if it is the first of its tile", () => {
  const large = box(-20, -20, 300, 300);
  expect(placeCaptions(wanted(box(75, 40), large), BOUNDS, [])).toEqual([[30, 52], null]);
});

test("a box without room, outside the bounds, or that wants no caption has none", () => {
  expect(placeCaptions(wanted(box(40, 40)), { ...BOUNDS, width: 90 }, [])).toEqual([null]);
  expect(placeCaptions(wanted(box(40, 40)), BOUNDS, [BOUNDS])).toEqual([null]);
  expect(placeCaptions(wanted(box(200, 40)), BOUNDS, [])).toEqual([null]);
  expect(placeCaptions([{ rect: box(40, 40), size: null }], BOUNDS, [])).toEqual([null]);
});
