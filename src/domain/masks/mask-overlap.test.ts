/** Tests how far masks overlap. */
import { describe, expect, it } from "vitest";
import { MASK_CASES, masksAt, randomMasks } from "../testing/random-masks.ts";
import type { MaskStack } from "../volume/palette-volume.ts";
import { maskOverlap } from "./mask-overlap.ts";

describe("overlap of masks", () => {
  it.each(MASK_CASES)("of %j voxels and %i masks equals a count voxel by voxel", (shape, masks, seed) => {
    const stack = randomMasks(shape, masks, seed);
    const plain = masksAt(stack);
    const lost = stack.bitPlanes.map(
      (_, m) => plain.filter((at) => at.includes(m) && at.at(-1) !== m).length,
    );
    expect(maskOverlap(stack)).toEqual({ voxels: plain.filter((at) => at.length > 1).length, lost });
  });

  it("is added up over more words than one step takes", () => {
    const voxels = 32 * 40_000;
    const bitPlane = (from: number, to: number) => new Uint32Array(40_000).fill(0xffffffff, from, to);
    const stack: MaskStack = {
      grid: { shape: [1, 1, voxels], toWorld: [] },
      names: ["a", "b", "c"],
      bitPlanes: [bitPlane(0, 40_000), bitPlane(30_000, 35_000), bitPlane(34_000, 39_999)],
    };
    expect(maskOverlap(stack)).toEqual({ voxels: 32 * 9999, lost: [32 * 9999, 32 * 1000, 0] });
  });

  it("ignores bits beyond the last voxel", () => {
    const grid = { shape: [1, 1, 5], toWorld: [] } as const;
    const bitPlanes = [Uint32Array.of(0xffffffff), Uint32Array.of(0xfffffff0)];
    expect(maskOverlap({ grid, names: ["a", "b"], bitPlanes })).toEqual({ voxels: 1, lost: [1, 0] });
  });
});
