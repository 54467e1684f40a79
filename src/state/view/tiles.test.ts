/** Tests the choice of slices and the layout of lightbox tiles. */
import { expect, test } from "vitest";
import { columnsFor, scrolled, slicesOf, TILE_GAP_PX, tileRects } from "./tiles.ts";

test("a few slices are all shown; many are thinned evenly within their range", () => {
  expect(slicesOf(3, 6, 10, 1)).toEqual({ slices: [3, 4, 5, 6], step: 1 });
  expect(slicesOf(3, 6, 10, -1).slices).toEqual([6, 5, 4, 3]);
  for (const [first, last, most] of [
    [0, 99, 24],
    [10, 10, 4],
    [5, 200, 7],
    [0, 121, 80],
  ] as const) {
    const { slices, step } = slicesOf(first, last, most, 1);
    expect(slices.length).toBeLessThanOrEqual(most);
    // One more would not fit.
    expect(slices.length * step).toBeGreaterThan(last - first);
    for (const [i, slice] of slices.entries()) expect(slice).toBe((slices[0] ?? 0) + i * step);
    const ends = [(slices[0] ?? 0) - first, last - (slices.at(-1) ?? 0)] as const;
    expect(Math.min(...ends)).toBeGreaterThanOrEqual(0);
    expect(Math.abs(ends[0] - ends[1])).toBeLessThanOrEqual(1);
  }
  expect(slicesOf(5, 4, 10, 1).slices).toEqual([]);
});

test("all tiles scroll on by the same number of slices, as far as both ends of the axis", () => {
  const few = slicesOf(3, 6, 10, 1);
  expect(scrolled(few, 0, 10, 1)).toEqual({ shown: few, scroll: { at: 0, least: -3, most: 3 } });
  expect(scrolled(few, 2, 10, 1).shown.slices).toEqual([5, 6, 7, 8]);
  expect(scrolled(few, 99, 10, 1)).toMatchObject({ shown: { slices: [6, 7, 8, 9] }, scroll: { at: 3 } });
  // Where tiles begin with the last slice, they scroll towards the first.
  const down = slicesOf(3, 7, 10, -1);
  expect(scrolled(down, 1, 10, -1)).toMatchObject({
    shown: { slices: [6, 5, 4, 3, 2] },
    scroll: { least: -2, most: 3 },
  });
  expect(scrolled(down, -99, 10, -1).shown.slices).toEqual([9, 8, 7, 6, 5]);
});

test("tiles of a whole axis scroll over the slices left out between them, and all of none stay", () => {
  for (const direction of [1, -1] as const) {
    const every4th = slicesOf(0, 19, 5, direction);
    const seen = new Set<number>();
    const { least, most } = scrolled(every4th, 0, 20, direction).scroll;
    expect([least, most]).toEqual([-3, 3]);
    for (let shift = least; shift <= most; shift++) {
      const { slices } = scrolled(every4th, shift, 20, direction).shown;
      expect(new Set(slices).size).toBe(5);
      for (const slice of slices) seen.add(slice);
    }
    expect([...seen].sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, i) => i));
  }
  expect(scrolled(slicesOf(0, 3, 9, 1), 2, 4, 1).shown.slices).toEqual([0, 1, 2, 3]);
});

test("no other number of columns draws slices larger", () => {
  const area = { width: 900, height: 500 };
  const scale = (count: number, c: number) =>
    Math.min((area.width / c - TILE_GAP_PX) / 120, (area.height / Math.ceil(count / c) - TILE_GAP_PX) / 200);
  for (const count of [1, 4, 13, 24, 80]) {
    const best = columnsFor(count, area, [120, 200]);
    for (let c = 1; c <= count; c++) expect(scale(count, best)).toBeGreaterThanOrEqual(scale(count, c));
  }
});

test("all tiles have the same size, even if the area does not divide evenly", () => {
  for (const width of [746, 772, 803])
    for (const [count, columns] of [
      [6, 6],
      [20, 5],
      [7, 3],
      [1, 1],
    ] as const) {
      const rects = tileRects(count, columns, { width, height: 601 });
      expect(new Set(rects.map((rect) => `${rect.width} x ${rect.height}`)).size).toBe(1);
      for (const [i, { x }] of rects.entries())
        if (i % columns > 0)
          expect(x - (rects[i - 1]?.x ?? 0) - (rects[i - 1]?.width ?? 0)).toBeGreaterThanOrEqual(TILE_GAP_PX);
      expect((rects[columns - 1]?.x ?? 0) + (rects[0]?.width ?? 0)).toBe(
        columns === 1 ? rects[0]?.width : width,
      );
    }
});

test("tiles fill the area without overlapping", () => {
  const rects = tileRects(10, 4, { width: 803, height: 601 });
  expect(rects).toHaveLength(10);
  expect(rects[0]).toMatchObject({ x: 0, y: 0 });
  expect((rects[3]?.x ?? 0) + (rects[3]?.width ?? 0)).toBe(803);
  expect((rects[9]?.y ?? 0) + (rects[9]?.height ?? 0)).toBe(601);
  for (const [i, a] of rects.entries())
    for (const b of rects.slice(i + 1))
      expect(
        a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y,
      ).toBe(true);
});
