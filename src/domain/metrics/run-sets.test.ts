/** Tests sets of runs against the same sets voxel by voxel. */
import { describe, expect, it } from "vitest";
import { maskRunsOf } from "../analysis/rle-mask.ts";
import type { Triple } from "../geometry/grid.ts";
import { bordersOf } from "../testing/brute-force-metrics.ts";
import { bitsOf, MASK_CASES, randomMasks, stackFrom } from "../testing/random-masks.ts";
import { borderRuns, commonRuns, runsWithout, voxelsOf } from "./run-sets.ts";

function runsFrom(shape: Triple, bits: ArrayLike<number>) {
  return maskRunsOf({ kind: "masks", stack: stackFrom(shape, [bits]) }, null)(0);
}

describe.each(MASK_CASES)("sets of runs of %j, %d masks", (shape, count, seed) => {
  const stack = randomMasks(shape, count, seed, 0.6);
  const masks = stack.bitPlanes.map((_, mask) => bitsOf(stack, mask));
  masks.push(new Uint8Array(masks[0]?.length ?? 0), new Uint8Array(masks[0]?.length ?? 0).fill(1));

  it("are those of their voxels", () => {
    for (const a of masks.slice(-8)) {
      for (const b of masks.slice(-8)) {
        const [runsA, runsB] = [runsFrom(shape, a), runsFrom(shape, b)];
        const both = a.map((bit, i) => bit & (b[i] ?? 0));
        expect(commonRuns(runsA, runsB)).toEqual(runsFrom(shape, both));
        const rest = a.map((bit, i) => bit & ~(b[i] ?? 0));
        expect(runsWithout(runsA, runsB)).toEqual(runsFrom(shape, rest));
        expect(voxelsOf(runsA)).toBe(a.reduce((sum, bit) => sum + bit, 0));
      }
    }
  });

  it("have the borders of their voxels", () => {
    const [, height, width] = shape;
    for (const mask of masks) {
      const border = new Uint8Array(mask.length);
      for (const [z, y, x] of bordersOf(mask, shape)) border[(z * height + y) * width + x] = 1;
      expect(borderRuns(runsFrom(shape, mask))).toEqual(runsFrom(shape, border));
    }
  });
});
