/** Places for labels beside boxes. */

import { expect, test } from "vitest";
import type { Pair } from "../../base/pair.ts";
import type { TileRect } from "./component-boxes.ts";
import { overlap, placeLabels } from "./place-labels.ts";

const BOUNDS: TileRect = { x: 0, y: 0, width: 160, height: 120 };
const SIZE: Pair = [100, 14];

const box = (x: number, y: number, width = 10, height = 10): TileRect => ({ x, y, width, height });
const wanted = (...rects: TileRect[]) => rects.map((rect) => ({ rect, size: SIZE }));

test("below a box, shifted so that the tile holds the words; above it at the bottom", () => {
  expect(placeLabels(wanted(box(75, 40)), BOUNDS, [])).toEqual([[30, 52]]);
  expect(placeLabels(wanted(box(2, 40)), BOUNDS, [])).toEqual([[0, 52]]);
  expect(placeLabels(wanted(box(148, 40)), BOUNDS, [])).toEqual([[60, 52]]);
  expect(placeLabels(wanted(box(75, 105)), BOUNDS, [])).toEqual([[30, 89]]);
});

test("neither over each other nor over what is taken nor over other boxes", () => {
  const boxes = [box(20, 10), box(30, 40), box(100, 45), box(70, 80)];
  const taken = [box(0, 0, 60, 18)];
  const places = placeLabels(wanted(...boxes), BOUNDS, taken).flatMap((place) =>
    place ? [{ x: place[0], y: place[1], width: SIZE[0], height: SIZE[1] }] : [],
  );
  expect(places.length).toBeGreaterThanOrEqual(3);
  places.forEach((place, i) => {
    expect(overlap(place, BOUNDS)).toEqual(place);
    for (const other of [...taken, ...boxes, ...places.slice(0, i)]) expect(overlap(place, other)).toBeNull();
  });
});

test("a box that fills the room has its words inside", () => {
  expect(placeLabels(wanted(box(-20, -20, 300, 300)), BOUNDS, [])).toEqual([[30, 2]]);
});

test("words cover a box only where there are none yet", () => {
  const large = box(-20, -20, 300, 300);
  expect(placeLabels(wanted(box(75, 40), large), BOUNDS, [])).toEqual([[30, 52], null]);
});

test("no words without room, beside the room, and where none are wanted", () => {
  expect(placeLabels(wanted(box(40, 40)), { ...BOUNDS, width: 90 }, [])).toEqual([null]);
  expect(placeLabels(wanted(box(40, 40)), BOUNDS, [BOUNDS])).toEqual([null]);
  expect(placeLabels(wanted(box(200, 40)), BOUNDS, [])).toEqual([null]);
  expect(placeLabels([{ rect: box(40, 40), size: null }], BOUNDS, [])).toEqual([null]);
});
