/** Tests how regions relate, by labels and by voxels. */
import { describe, expect, it } from "vitest";
import { randomFrom } from "../../base/random.ts";
import type { Grid } from "../geometry/grid.ts";
import { maskOf } from "../targets/reference.ts";
import type { MaskStack, Source } from "../volume/palette-volume.ts";
import { volumeFromLabels } from "../volume/volume-from-labels.ts";
import type { Region } from "./region-set.ts";
import { regionTable } from "./region-table.ts";
import { labelDifference, labelRelations, type Relations, voxelRelations } from "./relations.ts";

const region = (name: string, ...labels: number[]): Region => ({
  name,
  labels,
  classOrder: null,
  ignore: false,
});

const table = (relations: Relations) =>
  Array.from({ length: relations.size }, (_, a) =>
    Array.from({ length: relations.size }, (_, b) => relations.relation(a, b)[0]).join(""),
  );

const REGIONS = [
  region("whole", 1, 2, 3),
  region("core", 3, 2, 2),
  region("same", 2, 3),
  region("across", 3, 4),
  region("other", 5),
  region("empty"),
];

describe("labelRelations", () => {
  it("compares regions by the labels in the definition", () => {
    const relations = labelRelations(REGIONS);
    expect(relations.unit).toBe("labels");
    expect(table(relations)).toEqual(["iccodd", "iiiodd", "iiiodd", "oooidd", "ddddid", "dddddi"]);
    expect(relations.relation(1, 0)).toBe("inside");
    expect(relations.relation(1, 2)).toBe("identical");
    expect(relations.dice(0, 1)).toBeCloseTo(4 / 5);
    expect(relations.dice(0, 4)).toBe(0);
    expect(relations.dice(5, 5)).toBeNull();
    expect([relations.sizeOf(0), relations.both(0, 3)]).toEqual([3, 1]);
  });

  it("is computed once for the same list of regions", () => {
    expect(labelRelations(REGIONS)).toBe(labelRelations(REGIONS));
  });

  it("is quick for 300 nested regions", () => {
    const chain = Array.from({ length: 300 }, (_, i) =>
      region(`r${i}`, ...Array.from({ length: 300 - i }, (_, k) => i + k)),
    );
    const start = performance.now();
    const relations = labelRelations(chain);
    expect(performance.now() - start).toBeLessThan(1500);
    expect(relations.relation(299, 0)).toBe("inside");
    expect(relations.both(10, 200)).toBe(100);
  });
});

const grid: Grid = { shape: [5, 7, 9], toWorld: [0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 0] };
const VOXELS = 5 * 7 * 9;

/** Counts shared voxels by looking at each one. */
function plainly(source: Source, regions: readonly Region[]): number[] {
  const table = source.kind === "labels" ? regionTable(source.volume.palette, regions) : null;
  const masks = regions.map((_, channel) => maskOf(source, table, channel));
  return masks.flatMap((a) => masks.map((b) => a.reduce((sum, bit, i) => sum + (bit & (b[i] ?? 0)), 0)));
}

describe("voxelRelations", () => {
  const next = randomFrom(3);
  const labels = Array.from({ length: VOXELS }, () => Math.floor(next() * 7) - 1);

  it("counts the voxels of a label volume, where labels without voxels do not count", () => {
    const volume = volumeFromLabels(
      grid,
      labels.map((label) => (label === 4 ? 0 : label)),
    );
    const source: Source = { kind: "labels", volume };
    const relations = voxelRelations(source, REGIONS);
    expect([...relations.shared]).toEqual(plainly(source, REGIONS));
    // Without label 4, “across” lies within “core” here.
    expect(relations.relation(3, 1)).toBe("inside");
    expect(voxelRelations(source, [region("zero", 0), region("outside", -1)]).sizeOf(1)).toBe(0);
  });

  it("counts more than 32 channels", () => {
    const regions = Array.from({ length: 70 }, (_, c) =>
      region(`r${c}`, ...[0, 1, 2, 3, 4, 5].filter((label) => ((c + 1) >> label) & 1)),
    );
    const source: Source = { kind: "labels", volume: volumeFromLabels(grid, labels) };
    expect([...voxelRelations(source, regions).shared]).toEqual(plainly(source, regions));
  });

  it("counts mask stacks bit by bit, and nothing after the last voxel", () => {
    const words = Math.ceil(VOXELS / 32);
    const bitPlanes = Array.from({ length: 40 }, (_, c) =>
      Uint32Array.from({ length: words }, () => (c % 3 === 0 || next() < 0.3 ? next() * 2 ** 32 : 0)),
    );
    bitPlanes.push(Uint32Array.from({ length: words }, () => 0xffffffff));
    const names = bitPlanes.map((_, c) => `m${c}`);
    const stack: MaskStack = { grid, names, bitPlanes };
    const regions = names.map((name) => region(name));
    const relations = voxelRelations({ kind: "masks", stack }, regions);
    expect([...relations.shared]).toEqual(plainly({ kind: "masks", stack }, regions));
    expect(relations.sizeOf(40)).toBe(VOXELS);
    expect(relations.relation(40, 0)).toBe("contains");
  });

  it("is quick for 300 masks", () => {
    const big: Grid = { ...grid, shape: [64, 64, 64] };
    const words = 64 ** 3 / 32;
    const bitPlanes = Array.from({ length: 300 }, (_, c) =>
      new Uint32Array(words).fill(0xffffffff, c * 20, c * 20 + 400),
    );
    const names = bitPlanes.map((_, c) => `m${c}`);
    const start = performance.now();
    const relations = voxelRelations({ kind: "masks", stack: { grid: big, names, bitPlanes } }, []);
    expect(performance.now() - start).toBeLessThan(4000);
    expect(relations.both(0, 10)).toBe(200 * 32);
    expect(relations.both(0, 20)).toBe(0);
  });
});

it("labelDifference gives the labels of both regions and those of only one", () => {
  const [whole, core] = [
    { name: "a", labels: [3, 1, 2, 2], classOrder: null, ignore: false },
    { name: "b", labels: [2, 7], classOrder: null, ignore: false },
  ];
  expect(labelDifference(whole, core)).toEqual({ both: [2], onlyA: [3, 1], onlyB: [7] });
});
