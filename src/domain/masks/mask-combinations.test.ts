/** Tests which combinations of masks occur in which voxels. */
import { describe, expect, it } from "vitest";
import { voxelCount } from "../geometry/grid.ts";
import { MASK_CASES, masksAt, randomMasks, stackFrom } from "../testing/random-masks.ts";
import type { MaskStack } from "../volume/palette-volume.ts";
import { CombinationFinder, type FoundCombinations, TooManyCombinations } from "./mask-combinations.ts";

function find({ grid, bitPlanes }: MaskStack, wordsAtATime: number): FoundCombinations {
  const finder = new CombinationFinder(bitPlanes.length, voxelCount(grid.shape));
  const length = bitPlanes[0]?.length ?? 0;
  for (let from = 0; from < length; from += wordsAtATime) {
    finder.add(bitPlanes.map((bitPlane) => bitPlane.slice(from, from + wordsAtATime)));
  }
  return finder.finish();
}

describe("combinations of masks", () => {
  it.each(MASK_CASES)("of %j voxels and %i masks equal those found voxel by voxel", (shape, masks, seed) => {
    const stack = randomMasks(shape, masks, seed);
    const plain = masksAt(stack);
    for (const wordsAtATime of [1, 3, 1000]) {
      const { combinations, indices } = find(stack, wordsAtATime);
      expect(Array.from(indices, (index) => combinations[index - 1]?.masks ?? [])).toEqual(plain);
      const counted = combinations.map((_, c) => indices.filter((index) => index === c + 1).length);
      expect(combinations.map(({ voxels }) => voxels)).toEqual(counted);
      expect(new Set(combinations.map((c) => c.masks.join())).size).toBe(combinations.length);
    }
  });

  it("ignore bits beyond the last voxel", () => {
    const stack: MaskStack = {
      grid: { shape: [1, 1, 5], toWorld: [] },
      names: ["a", "b"],
      bitPlanes: [Uint32Array.of(0xffffffff), Uint32Array.of(0xfffffff0)],
    };
    expect(find(stack, 1).combinations).toEqual([
      { masks: [0], voxels: 4 },
      { masks: [0, 1], voxels: 1 },
    ]);
  });

  it("may number more than a byte holds, and at most 32,767, as nnU-Net's labels", () => {
    // Mask m contains voxel i if bit m of i is set, so every voxel has its own combination.
    const counting = (voxels: number) =>
      stackFrom(
        [1, 1, voxels],
        Array.from({ length: 16 }, (_, m) => Array.from({ length: voxels }, (_, i) => (i >>> m) & 1)),
      );
    const { combinations, indices } = find(counting(300), 2);
    expect(combinations.length).toBe(299);
    const voxelOf = (index: number) =>
      combinations[index - 1]?.masks.reduce((sum, m) => sum + 2 ** m, 0) ?? 0;
    expect(Array.from(indices, voxelOf)).toEqual(Array.from({ length: 300 }, (_, i) => i));
    expect(find(counting(32_768), 100).combinations.length).toBe(32_767);
    expect(() => find(counting(32_769), 100)).toThrow(TooManyCombinations);
    expect(() => find(counting(32_769), 100)).toThrow(
      /more than 32,767 labels, the limit of the int16 in which nnU-Net stores/,
    );
  });
});
