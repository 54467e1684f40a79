/** Tests where the loader can place patches. */
import { describe, expect, it } from "vitest";
import type { Triple } from "../geometry/grid.ts";
import { originRange } from "../targets/patch.ts";
import { centredOrigin, foregroundPatches, loadedPatchSize, trainedOrigins } from "./loader.ts";

describe("the loader", () => {
  it("centres the last third of a batch on foreground, halves to even", () => {
    // `n - round(n * (1 - 0.33))` in Python.
    const counts = [1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 50].map(foregroundPatches);
    expect(counts).toEqual([0, 1, 1, 1, 2, 2, 2, 3, 3, 4, 16]);
  });

  it("loads what rotation needs", () => {
    // Made with nnU-Net's own `get_patch_size`.
    const made: readonly (readonly [Triple, Triple])[] = [
      [
        [128, 128, 128],
        [205, 205, 205],
      ],
      [
        [64, 160, 160],
        [159, 257, 200],
      ],
      [
        [96, 160, 160],
        [191, 257, 219],
      ],
      [
        [20, 256, 224],
        [20, 301, 301],
      ],
    ];
    for (const [size, loaded] of made) expect(loadedPatchSize(size, false)).toEqual(loaded);
    expect(loadedPatchSize([1, 512, 512], true)).toEqual([1, 602, 602]);
  });

  it("places a patch anywhere in bounds, up to half a voxel off where sizes are odd", () => {
    expect(trainedOrigins([200, 130, 60], [128, 128, 128], [205, 205, 205])).toEqual({
      first: [-1, -1, -35],
      last: [72, 2, -34],
    });
  });

  it("without rotation places it as in validation", () => {
    for (let length = 1; length < 12; length++)
      for (let size = 1; size < 16; size++) {
        const [shape, patch]: readonly [Triple, Triple] = [
          [length, 20, 9],
          [size, 7, 11],
        ];
        expect(trainedOrigins(shape, patch, patch)).toEqual(originRange(shape, patch));
      }
  });

  it("clamps a patch around foreground at the near end alone", () => {
    expect([0, 63, 64, 199].map((voxel) => centredOrigin(-1, 128, voxel))).toEqual([-1, -1, 0, 135]);
  });
});
