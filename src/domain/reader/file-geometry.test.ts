/** Tests how readers' voxel orders convert into each other. */
import { expect, it } from "vitest";
import { orientationCode, rasOrder, type Triple, transposeGrid, worldFromVoxel } from "../geometry/grid.ts";
import { transposeArray } from "../geometry/transpose.ts";
import { volumeFromLabels } from "../volume/volume-from-labels.ts";
import { type AxisOrder, orderBetween } from "./file-geometry.ts";
import { changesNothing, reorderImage, reorderSource } from "./reorder.ts";

const SHAPE: Triple = [2, 3, 4];
const STORED = Uint8Array.from({ length: 24 }, (_, i) => i);
const AXES: readonly Triple[] = [
  [0, 1, 2],
  [0, 2, 1],
  [1, 0, 2],
  [1, 2, 0],
  [2, 0, 1],
  [2, 1, 0],
];
const ORDERS = AXES.flatMap((axes) =>
  Array.from({ length: 8 }, (_, bits): AxisOrder => {
    const backwards = [(bits & 1) > 0, (bits & 2) > 0, (bits & 4) > 0] as const;
    return { axes, backwards };
  }),
);
const shapeIn = ({ axes }: AxisOrder): Triple => [
  SHAPE[axes[0] as 0],
  SHAPE[axes[1] as 0],
  SHAPE[axes[2] as 0],
];

it("reordering from one axis order to another equals reading the file in the other", () => {
  for (const from of ORDERS)
    for (const to of ORDERS) {
      const one = transposeArray(STORED, SHAPE, from.axes, from.backwards);
      const other = transposeArray(STORED, SHAPE, to.axes, to.backwards);
      const { axes, backwards } = orderBetween(from, to);
      expect(String(transposeArray(one, shapeIn(from), axes, backwards))).toBe(String(other));
    }
});

it("voxels keep their place in the patient in every axis order", () => {
  const grid = { shape: SHAPE, toWorld: [0, 0.5, -2, 7, 3, 0, 0.1, -9, 0, 1, 0, 11] };
  const volume = volumeFromLabels(grid, [...STORED]);
  for (const { axes, backwards } of ORDERS) {
    const moved = reorderSource({ kind: "labels", volume }, { axes, backwards, addend: 0 });
    if (moved.kind !== "labels") throw new Error("Expected labels.");
    const [nz, ny, nx] = moved.volume.grid.shape;
    for (let i = 0; i < nz * ny * nx; i++) {
      const value = moved.volume.palette[moved.volume.indices[i] ?? 0] ?? 0;
      const now = worldFromVoxel(moved.volume.grid, [
        Math.floor(i / (ny * nx)),
        Math.floor(i / nx) % ny,
        i % nx,
      ]);
      const stored = worldFromVoxel(grid, [Math.floor(value / 12), Math.floor(value / 4) % 3, value % 4]);
      for (const axis of [0, 1, 2] as const) expect(now[axis]).toBeCloseTo(stored[axis], 10);
    }
    const ras = rasOrder(moved.volume.grid);
    expect(orientationCode(transposeGrid(moved.volume.grid, ras.axes, ras.backwards))).toBe("RAS");
  }
});

it("a reader's addend changes labels and image, but not masks", () => {
  const grid = { shape: [1, 1, 3], toWorld: [0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 0] } as const;
  const plain = { axes: [0, 1, 2], backwards: [false, false, false], addend: 7 } as const;
  expect([changesNothing(plain), changesNothing({ ...plain, addend: 0 })]).toEqual([false, true]);
  const source = { kind: "labels", volume: volumeFromLabels(grid, [0, 1, 1]) } as const;
  const added = reorderSource(source, plain);
  expect(added.kind === "labels" && [...added.volume.palette]).toEqual([7, 8]);
  expect([...source.volume.palette]).toEqual([0, 1]);
  const image = { grid, data: Float32Array.of(-1, Number.NaN, 2), min: -1, max: 2 };
  expect(reorderImage(image, plain)).toEqual({
    grid,
    data: Float32Array.of(6, Number.NaN, 9),
    min: 6,
    max: 9,
  });
  const masks = { kind: "masks", stack: { grid, names: ["a"], bitPlanes: [Uint32Array.of(5)] } } as const;
  expect(reorderSource(masks, plain)).toEqual(masks);
  const turned = reorderSource(masks, { ...plain, backwards: [false, false, true] });
  expect(turned.kind === "masks" && turned.stack.grid.toWorld).toEqual([0, 0, -1, 2, 0, 1, 0, 0, 1, 0, 0, 0]);
});
