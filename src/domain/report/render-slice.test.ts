/** Tests pictures of a mask on a slice. */
import { describe, expect, it } from "vitest";
import type { Grid, Triple } from "../geometry/grid.ts";
import { axisTables, scalesOf } from "../targets/deep-supervision.ts";
import { cropAround, greyLookup, renderSlice, type SliceScene } from "./render-slice.ts";

/** RAS in file order, so array axes are S, A, R; voxels are 4 mm high, 2 mm deep, 1 mm wide. */
const grid: Grid = { shape: [2, 4, 4], toWorld: [0, 0, 1, 0, 0, 2, 0, 0, 4, 0, 0, 0] };
const [full, half] = scalesOf(grid.shape, [
  [1, 1, 1],
  [1, 2, 2],
  [1, 2, 2],
]).map((scale) => axisTables(grid.shape, scale, "nearest-exact"));
if (!full || !half) throw new Error("no scales");

/**
 * Slice 1: one voxel at y 1, x 1, which the half-size scale copies, and one at y 2, x 0, which it does not.
 */
const inside = new Set([16 + 1 * 4 + 1, 16 + 2 * 4 + 0]);

const scene: SliceScene = {
  grid,
  plane: "axial",
  voxel: [1, 1, 1],
  crop: { first: [0, 0], size: [4, 4] },
  tables: full,
  holds: (index) => inside.has(index),
  color: [1, 0, 0],
  grey: () => 0,
  showFullSize: false,
  longSidePx: 8,
};

/** One letter per pixel: # is the mask's edge or fill, . is empty. */
function letters({ width, pixels }: ReturnType<typeof renderSlice>): string[] {
  const all = Array.from({ length: pixels.length / 4 }, (_, i) => ((pixels[4 * i] ?? 0) > 100 ? "#" : "."));
  return Array.from({ length: all.length / width }, (_, y) => all.slice(y * width, (y + 1) * width).join(""));
}

describe("renderSlice", () => {
  it("has the physical aspect, A at the top and R at the left", () => {
    // 4 voxels of 1 mm across, 4 of 2 mm down. x 1 is the second voxel from the patient's left, so the third
    // from the left of the screen.
    expect(letters(renderSlice(scene))).toEqual([
      "....",
      "....",
      "...#",
      "...#",
      "..#.",
      "..#.",
      "....",
      "....",
    ]);
  });

  it("shows the voxels that the scale copies, at the size of its voxels", () => {
    expect([...half[1]]).toEqual([1, 3]);
    expect(letters(renderSlice({ ...scene, tables: half }))).toEqual([
      "....",
      "....",
      "....",
      "....",
      "..##",
      "..##",
      "..##",
      "..##",
    ]);
  });

  it("shows the slice that the scale copies", () => {
    const [only] = scalesOf(
      [2, 4, 4],
      [
        [2, 1, 1],
        [1, 1, 1],
      ],
    ).map((scale) => axisTables(grid.shape, scale, "nearest-exact"));
    if (!only) throw new Error("no scale");
    // At this scale both slices are copied from slice 1.
    expect([...only[0]]).toEqual([1]);
    const there = renderSlice({ ...scene, voxel: [0, 1, 1], tables: only });
    expect(letters(there)).toEqual(letters(renderSlice(scene)));
    expect(letters(renderSlice({ ...scene, voxel: [0, 1, 1] })).join("")).not.toContain("#");
  });

  it("fills the inside of an outline over the image", () => {
    const { pixels, width } = renderSlice({ ...scene, holds: () => true, grey: () => 0.5 });
    expect(width).toBe(4);
    // The mask covers the whole picture: no edge, red over grey.
    expect([...pixels.subarray(0, 4)]).toEqual([Math.round((0.5 + 0.5 * 0.42) * 255), 74, 74, 255]);
    const column = renderSlice({ ...scene, holds: (i) => i % 4 === 1, longSidePx: 80 });
    const row = [...Array(column.width).keys()].map((x) => column.pixels[4 * x] ?? 0);
    expect(row.filter((red) => red === 255)).toHaveLength(4);
    expect(row.filter((red) => red > 0 && red < 255)).toHaveLength(6);
  });

  it("draws the edge at full size over a scale that lost it", () => {
    const lost = { ...scene, holds: (i: number) => i === 16, tables: half };
    expect(letters(renderSlice(lost)).join("")).not.toContain("#");
    expect(letters(renderSlice({ ...lost, showFullSize: true }))[7]).toBe("...#");
  });

  it("is blank at a scale without voxels", () => {
    const none: SliceScene["tables"] = [new Uint32Array(0), new Uint32Array(0), new Uint32Array(0)];
    const { pixels } = renderSlice({ ...scene, tables: none });
    expect(new Set(pixels.filter((_, i) => i % 4 < 3)).size).toBe(3);
  });

  it("draws only the crop", () => {
    const cropped = renderSlice({ ...scene, crop: { first: [1, 1], size: [1, 1] }, longSidePx: 2 });
    expect([cropped.width, cropped.height]).toEqual([1, 2]);
    expect(letters(cropped)).toEqual(["#", "#"]);
  });
});

describe("greyLookup", () => {
  const data = Float32Array.from({ length: 32 }, (_, i) => i);
  const window = { level: 16, width: 32 };

  it("reads the image of the same grid by index", () => {
    const grey = greyLookup({ grid, data, min: 0, max: 31 }, grid, window);
    expect(grey([1, 0, 0])).toBe(0.5);
    expect(grey([0, 0, 0])).toBe(0);
  });

  it("reads another grid through both affines, and NaN outside it", () => {
    const moved: Grid = { ...grid, toWorld: [0, 0, 1, 1, 0, 2, 0, 0, 4, 0, 0, 0] };
    const grey = greyLookup({ grid: moved, data, min: 0, max: 31 }, grid, window);
    expect(grey([1, 0, 1])).toBe(0.5);
    expect(grey([1, 0, 0])).toBeNaN();
    expect(greyLookup(null, grid, window)([0, 0, 0])).toBeNaN();
  });
});

describe("cropAround", () => {
  const large: Grid = { shape: [100, 100, 200], toWorld: [0, 0, 1, 0, 0, 2, 0, 0, 4, 0, 0, 0] };
  const around = (first: Triple, last: Triple) => cropAround(large, "axial", first, last);

  it("is square in mm with a margin, and within the slice", () => {
    expect(around([0, 50, 100], [0, 50, 100])).toEqual({ first: [66, 33], size: [70, 35] });
    expect(around([0, 0, 199], [0, 0, 199])).toEqual({ first: [130, 0], size: [70, 35] });
    expect(around([0, 0, 0], [99, 99, 199])).toEqual({ first: [0, 0], size: [200, 100] });
  });
});
