/** Random parts cover every scale and many words and slabs, and stay within their size. */
import { describe, expect, it } from "vitest";
import type { Triple } from "../../domain/geometry/grid.ts";
import { axisTables, defaultStrides, scalesOf } from "../../domain/targets/deep-supervision.ts";
import {
  MAX_RANDOM_VOXELS,
  MAX_WHOLE_VOXELS,
  type Part,
  randomParts,
  targetVoxels,
  voxelsIn,
} from "./verified-parts.ts";

const inputOf = (shape: Triple, channels: number) =>
  ({ shape, channels, scales: scalesOf(shape, defaultStrides()), mode: "nearest-exact" }) as const;

const tablesOf = ({ shape, scales }: ReturnType<typeof inputOf>) =>
  scales.map((scale) => axisTables(shape, scale, "nearest-exact"));

function drawn(shape: Triple, channels: number, seed = 1): readonly Part[] {
  const parts = randomParts(inputOf(shape, channels), seed);
  if (!parts) throw new Error("no parts");
  return parts;
}

const keyOf = ({ firstChannel, firstSlice }: Part) => `${firstChannel} ${firstSlice}`;

/** Schaefer's atlas, Allen's, a CT with the organs of TotalSegmentator, and a single slice. */
const LARGE: readonly (readonly [Triple, number])[] = [
  [[182, 218, 182], 1000],
  [[310, 388, 318], 138],
  [[600, 512, 512], 73],
  [[1, 4096, 4096], 40],
];

describe.each(LARGE)("%j with %i channels", (shape, channels) => {
  const parts = drawn(shape, channels);
  const tables = tablesOf(inputOf(shape, channels));

  it("stays within the budget or is a single part", () => {
    const voxels = parts.reduce(
      (sum, part) => sum + part.channels * tables.reduce((of, table) => of + voxelsIn(table, part), 0),
      0,
    );
    expect(parts.length === 1 || voxels <= MAX_RANDOM_VOXELS).toBe(true);
    expect(voxels).toBeGreaterThan(0);
  });

  it("has no part twice, and each is a whole word inside the case", () => {
    expect(new Set(parts.map(keyOf)).size).toBe(parts.length);
    for (const { firstChannel, channels: n, firstSlice, slices } of parts) {
      expect(firstChannel % 32).toBe(0);
      expect(n).toBe(Math.min(32, channels - firstChannel));
      expect(slices).toBeGreaterThan(0);
      expect(firstSlice + slices).toBeLessThanOrEqual(shape[0]);
    }
  });

  it("has as many different words and slabs as parts allow", () => {
    const words = new Set(parts.map(({ firstChannel }) => firstChannel));
    const slabs = new Set(parts.map(({ firstSlice }) => firstSlice));
    expect(words.size).toBe(Math.min(parts.length, Math.ceil(channels / 32)));
    const all = Math.ceil(shape[0] / Math.max(...parts.map(({ slices }) => slices)));
    expect(slabs.size).toBe(Math.min(parts.length, all));
  });

  it("leaves no scale out", () => {
    for (const table of tables.filter(([zs]) => zs.length > 0))
      expect(parts.some((part) => voxelsIn(table, part) > 0)).toBe(true);
  });
});

it("another seed draws other parts, the same seed the same parts", () => {
  const keys = (seed: number) => drawn([182, 218, 182], 1000, seed).map(keyOf);
  expect(keys(1)).toEqual(keys(1));
  expect(keys(1)).not.toEqual(keys(2));
});

it("covers everything exactly once without a limit, for any number of words and slabs", () => {
  for (const [depth, channels] of [
    [12, 32 * 4],
    [7, 32 * 7],
    [9, 32 * 6 - 5],
    [1, 70],
    [5, 20],
  ] as const) {
    const input = inputOf([depth, 8, 8], channels);
    const sizes = { whole: 0, most: Number.POSITIVE_INFINITY, partBytes: 8 * 8 * Math.min(32, channels) };
    const parts = randomParts(input, 3, sizes) ?? [];
    expect(parts).toHaveLength(depth * Math.ceil(channels / 32));
    expect(new Set(parts.map(keyOf)).size).toBe(parts.length);
    const voxels = parts.reduce(
      (sum, part) => sum + part.channels * tablesOf(input).reduce((of, t) => of + voxelsIn(t, part), 0),
      0,
    );
    expect(voxels).toBe(targetVoxels(input));
  }
});

it("small cases are compared whole", () => {
  const input = inputOf([112, 101, 122], 73);
  expect(targetVoxels(input)).toBeLessThan(MAX_WHOLE_VOXELS);
  expect(randomParts(input, 1)).toBeNull();
});
