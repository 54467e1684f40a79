/** Tests in which slices labels, masks and regions lie. */
import { describe, expect, test } from "vitest";
import type { Triple } from "../geometry/grid.ts";
import { randomLabelCase, randomMaskCase } from "../testing/random-source.ts";
import type { Source } from "../volume/palette-volume.ts";
import { sliceOccupancy } from "./slice-occupancy.ts";
import {
  centroidOf,
  type Entries,
  entriesOf,
  inSlice,
  nextSlice,
  type SliceOccupancy,
  sliceRanges,
  slicesOf,
} from "./slice-set.ts";

const AXES = [0, 1, 2] as const;
const SHAPES: readonly Triple[] = [
  [5, 4, 3],
  [1, 1, 70],
  [33, 2, 40],
  [3, 65, 1],
  [7, 9, 64],
];

function run(source: Source): { found: SliceOccupancy; steps: number[] } {
  const steps: number[] = [];
  const pass = sliceOccupancy(source);
  for (let step = pass.next(); ; step = pass.next()) {
    if (step.done) return { found: step.value, steps };
    steps.push(step.value);
  }
}

/** Counts voxel by voxel: slices along every axis, and the mean. */
function recount(shape: Triple, has: (at: number) => boolean) {
  const slices = AXES.map(() => new Set<number>());
  const sum = [0, 0, 0];
  let voxels = 0;
  for (let z = 0; z < shape[0]; z++)
    for (let y = 0; y < shape[1]; y++)
      for (let x = 0; x < shape[2]; x++) {
        if (!has((z * shape[1] + y) * shape[2] + x)) continue;
        voxels++;
        for (const [axis, i] of [z, y, x].entries()) {
          slices[axis]?.add(i);
          sum[axis] = (sum[axis] ?? 0) + i;
        }
      }
  const members = slices.map((set) => [...set].sort((a, b) => a - b));
  return { members, mean: voxels === 0 ? null : sum.map((along) => along / voxels) };
}

function membersOf(found: SliceOccupancy, entries: Entries, axis: 0 | 1 | 2): number[] {
  const slices = slicesOf(found, entries, axis);
  return Array.from({ length: found.shape[axis] }, (_, i) => i).filter((i) => inSlice(slices, i));
}

function expectSame(found: SliceOccupancy, entries: Entries, has: (at: number) => boolean): void {
  const { members, mean } = recount(found.shape, has);
  expect(AXES.map((axis) => membersOf(found, entries, axis))).toEqual(members);
  const centroid = centroidOf(found, entries);
  if (mean === null) expect(centroid).toBeNull();
  else for (const axis of AXES) expect(centroid?.[axis]).toBeCloseTo(mean[axis] ?? Number.NaN, 9);
}

describe.each(SHAPES)("%i × %i × %i", (...shape) => {
  test("labels and regions of several labels occupy the slices that a recount finds", () => {
    const { source, table, channels } = randomLabelCase(shape, 0.3, 5);
    if (source.kind !== "labels" || !table) throw new Error("not a label volume");
    const { palette, indices } = source.volume;
    const { found, steps } = run(source);
    expect(steps.at(-1)).toBe(1);
    for (const [entry] of palette.entries()) expectSame(found, [entry], (at) => indices[at] === entry);
    for (const channel of channels) {
      const holds = (at: number) => ((table.bits[indices[at] ?? 0] ?? 0) >>> channel) & 1;
      expectSame(found, entriesOf(table, channel), (at) => holds(at) === 1);
    }
  });

  test("every mask occupies the slices that a recount finds", () => {
    const { source } = randomMaskCase(shape, [0.02, 0.5, 0.98], 11);
    if (source.kind !== "masks") throw new Error("not masks");
    const { found } = run(source);
    for (const [channel, bitPlane] of source.stack.bitPlanes.entries()) {
      expectSame(
        found,
        entriesOf(null, channel),
        (at) => (((bitPlane[at >>> 5] ?? 0) >>> (at & 31)) & 1) === 1,
      );
    }
  });
});

test("bits beyond the last voxel of a full mask are not counted", () => {
  const bitPlane = new Uint32Array(3).fill(0xffffffff);
  const grid = { shape: [2, 5, 7] as const, toWorld: [] };
  const { found } = run({ kind: "masks", stack: { grid, names: ["all"], bitPlanes: [bitPlane] } });
  expectSame(found, [0], () => true);
  expect(found.sums[0]).toBe(70);
});

test("a large volume is done in many steps", () => {
  const shape = [40, 256, 256] as const;
  const indices = new Uint8Array(40 * 256 * 256);
  const counts = Float64Array.of(indices.length);
  const volume = { grid: { shape, toWorld: [] }, palette: Float64Array.of(0), indices, counts };
  const { steps } = run({ kind: "labels", volume });
  expect(steps.length).toBeGreaterThan(2);
  expect(steps).toEqual([...steps].sort((a, b) => a - b));
});

test("sliceRanges joins consecutive slices, and nextSlice finds the next in either direction or null", () => {
  const slices = new Uint32Array(2);
  for (const i of [0, 1, 31, 32, 39]) slices[i >>> 5] = (slices[i >>> 5] ?? 0) | (1 << (i & 31));
  expect(sliceRanges(slices, 40)).toEqual([
    [0, 2],
    [31, 33],
    [39, 40],
  ]);
  expect(nextSlice(slices, 40, 1, 1)).toBe(31);
  expect(nextSlice(slices, 40, 31, -1)).toBe(1);
  expect(nextSlice(slices, 40, 39, 1)).toBeNull();
  expect(nextSlice(slices, 40, 0, -1)).toBeNull();
});
