/** Tests which mask of a stack is the background. */
import { describe, expect, it } from "vitest";
import type { Grid } from "../geometry/grid.ts";
import { firstIsBackground, foregroundMasks, namedBackground, overlapOfRegions } from "./one-hot.ts";

/** Two and a half words. */
const grid: Grid = { shape: [4, 4, 5], toWorld: [0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 0] };
const LABELS = Array.from({ length: 80 }, (_, i) => (i * 7) % 4);

function stackOf(masks: readonly ((label: number, voxel: number) => boolean)[]) {
  const bitPlanes = masks.map((isIn) => {
    const bitPlane = new Uint32Array(3);
    LABELS.forEach((label, i) => {
      if (isIn(label, i)) bitPlane[i >>> 5] = (bitPlane[i >>> 5] ?? 0) | (1 << (i & 31));
    });
    return bitPlane;
  });
  return { grid, names: masks.map((_, i) => `${i}`), bitPlanes };
}
const is = (value: number) => (label: number) => label === value;

describe("firstIsBackground", () => {
  it("recognises masks that put every voxel in exactly one of them", () => {
    expect(firstIsBackground(stackOf([is(0), is(1), is(2), is(3)]))).toBe("one-hot");
    expect(firstIsBackground(stackOf([is(0), (label) => label > 0]))).toBe("one-hot");
  });

  it("recognises a background beside masks that overlap", () => {
    const inside = (label: number) => label > 0;
    expect(firstIsBackground(stackOf([is(0), inside, is(2)]))).toBe("rest");
  });

  it("is null if the first mask shares a voxel with another or leaves one in no mask", () => {
    expect(firstIsBackground(stackOf([is(0), is(1), is(2)]))).toBeNull();
    for (const odd of [0, 31, 32, 63, 64, 79]) {
      const changed = (label: number, voxel: number) => (label === 0) !== (voxel === odd);
      expect(firstIsBackground(stackOf([changed, is(1), is(2), is(3)]))).toBeNull();
    }
    expect(firstIsBackground(stackOf([is(0)]))).toBeNull();
    expect(firstIsBackground(stackOf([is(1), is(0), is(2), is(3)]))).toBe("one-hot");
  });
});

describe("a mask named background", () => {
  const masks = [is(1), () => true, (label: number) => label > 0];
  const stack = { ...stackOf(masks), names: ["a", "background", "b"] };

  it("is not a region, at any position and with any overlap", () => {
    expect(namedBackground(stack)).toBe("named");
    expect(namedBackground({ names: ["a", "Background"] })).toBeNull();
    const { names, bitPlanes } = foregroundMasks(stack, "named");
    expect([names, bitPlanes]).toEqual([
      ["a", "b"],
      [stack.bitPlanes[0], stack.bitPlanes[2]],
    ]);
    // 20 voxels have label 1, and lie in both other masks.
    expect(overlapOfRegions(stack, "named")).toEqual({ voxels: 20, lost: [20, 0, 0] });
    expect(overlapOfRegions(stack, null)).toEqual({ voxels: 60, lost: [20, 60, 0] });
  });
});
