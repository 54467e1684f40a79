/** Tests palette volumes and the transposing of sources. */
import { describe, expect, it } from "vitest";
import type { Grid } from "../geometry/grid.ts";
import { packMasks } from "../targets/reference.ts";
import { transposeImage } from "./image-volume.ts";
import { type MaskStack, transposeMasks, transposeSource, transposeVolume } from "./palette-volume.ts";
import { volumeFromLabels } from "./volume-from-labels.ts";

const grid: Grid = { shape: [1, 2, 3], toWorld: [0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 0] };
const labels = [5, 5, -1, 0, 1605, 5];

describe("volumeFromLabels", () => {
  it("stores distinct values once, ascending, with counts", () => {
    const volume = volumeFromLabels(grid, labels);
    expect([...volume.palette]).toEqual([-1, 0, 5, 1605]);
    expect([...volume.indices]).toEqual([2, 2, 0, 1, 3, 2]);
    expect([...volume.counts]).toEqual([1, 1, 3, 1]);
  });

  it("takes two bytes per voxel for more than 256 values", () => {
    const line: Grid = { ...grid, shape: [1, 1, 300] };
    expect(
      volumeFromLabels(
        line,
        Array.from({ length: 300 }, (_, i) => i),
      ).indices,
    ).toBeInstanceOf(Uint16Array);
  });
});

describe("transposing", () => {
  it("moves voxels as numpy.transpose does", () => {
    // y, x, z of a 1x2x3 array: the two rows one after the other; x, z, y: columns.
    const turned = transposeVolume(volumeFromLabels(grid, labels), [2, 0, 1]);
    expect(turned.grid.shape).toEqual([3, 1, 2]);
    expect([...turned.indices].map((i) => turned.palette[i])).toEqual([5, 0, 5, 1605, -1, 5]);
  });

  it("undoes itself", () => {
    const volume = volumeFromLabels(
      { ...grid, shape: [3, 4, 5] },
      Array.from({ length: 60 }, (_, i) => (i * 7) % 11),
    );
    const back = transposeVolume(transposeVolume(volume, [2, 0, 1]), [1, 2, 0]);
    expect(back).toEqual(volume);
    expect(transposeVolume(volume, [0, 1, 2]).indices).toBe(volume.indices);
  });

  it("moves masks and images the same way", () => {
    const shape = [3, 5, 7] as const;
    const on = Array.from({ length: 105 }, (_, i) => (i % 3 === 0 || i % 7 === 2 ? 1 : 0));
    const bitPlane = new Uint32Array(4);
    on.forEach((v, i) => {
      if (v) bitPlane[i >>> 5] = (bitPlane[i >>> 5] ?? 0) | (1 << (i & 31));
    });
    const stack: MaskStack = { grid: { ...grid, shape }, names: ["a"], bitPlanes: [bitPlane] };
    const turned = transposeMasks(stack, [1, 2, 0]);
    const image = transposeImage(
      { grid: stack.grid, data: Float32Array.from(on), min: 0, max: 1 },
      [1, 2, 0],
    );
    expect(turned.grid.shape).toEqual([5, 7, 3]);
    expect([...packMasks(turned)]).toEqual([...image.data]);
    expect(transposeSource({ kind: "masks", stack }, [1, 2, 0])).toEqual({ kind: "masks", stack: turned });
  });
});
