/** Tests the voxel counts of regions at every scale. */
import { describe, expect, it } from "vitest";
import { regionTable } from "../dataset/region-table.ts";
import { type Triple, voxelCount } from "../geometry/grid.ts";
import { axisTables, type SamplingMode, scalesOf } from "../targets/deep-supervision.ts";
import { countRegions, downsample, encodeWords, packMasks } from "../targets/reference.ts";
import { type RandomCase, randomLabelCase, randomMaskCase } from "../testing/random-source.ts";
import { volumeFromLabels } from "../volume/volume-from-labels.ts";
import { entryVoxels, regionVoxels } from "./region-voxels.ts";

const STRIDES: readonly Triple[] = [
  [1, 1, 1],
  [1, 2, 2],
  [2, 2, 3],
  [2, 2, 2],
  [2, 2, 2],
];
const SHAPES: readonly Triple[] = [
  [9, 14, 11],
  [33, 2, 40],
  [5, 64, 3],
];

/** Counts with the plain versions of the kernels: words of every scale, channel by channel. */
function byWords({ source, table, channels }: RandomCase, shape: Triple, mode: SamplingMode): number[][] {
  const full = source.kind === "labels" && table ? encodeWords(source.volume, table) : null;
  const words = full ?? (source.kind === "masks" ? packMasks(source.stack) : new Uint32Array(0));
  return scalesOf(shape, STRIDES).map((scale) => {
    const tables = axisTables(shape, scale, mode);
    return countRegions(downsample(words, shape, tables), voxelCount(scale.shape), channels.length);
  });
}

describe.each(SHAPES)("%i × %i × %i", (...shape) => {
  for (const mode of ["nearest-exact", "resize-segmentation"] as const) {
    const tables = scalesOf(shape, STRIDES).map((scale) => axisTables(shape, scale, mode));
    it(`labels, ${mode}: counts equal those of the words at every scale`, () => {
      const given = randomLabelCase(shape, 0.4, 5);
      expect(regionVoxels(given.source, given.table, tables)).toEqual(byWords(given, shape, mode));
    });
    it(`masks, ${mode}: counts equal those of the words at every scale`, () => {
      const given = randomMaskCase(shape, [0, 0.02, 0.5, 0.98, 1], 11);
      expect(regionVoxels(given.source, null, tables)).toEqual(byWords(given, shape, mode));
    });
  }
});

it("thousands of regions: full size has the palette's counts, other scales count voxels once", () => {
  const shape: Triple = [64, 64, 64];
  const labels = Uint16Array.from({ length: voxelCount(shape) }, (_, i) => i >>> 5);
  const volume = volumeFromLabels({ shape, toWorld: [0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 0] }, labels);
  const tables = scalesOf(shape, STRIDES).map((scale) => axisTables(shape, scale, "nearest-exact"));
  const [full] = tables;
  if (!full) throw new Error("no scale");
  expect(entryVoxels(volume, full)).toBe(volume.counts);
  const regions = Array.from(volume.palette, (label) => ({
    name: `${label}`,
    labels: [label],
    classOrder: null,
    ignore: false,
  }));
  const counted = regionVoxels({ kind: "labels", volume }, regionTable(volume.palette, regions), tables);
  expect(counted[0]).toEqual([...volume.counts]);
  for (const [s, tables_] of tables.entries())
    expect(counted[s]?.reduce((a, b) => a + b, 0)).toBe(tables_.reduce((n, table) => n * table.length, 1));
});
