/** Tests saved training grids and targets by opening them again. */
import { describe, expect, it } from "vitest";
import { randomFrom } from "../../base/random.ts";
import { regionTable } from "../../domain/dataset/region-table.ts";
import {
  cornerDistanceMm,
  type Grid,
  spacingMm,
  type Triple,
  transposeGrid,
  voxelCount,
} from "../../domain/geometry/grid.ts";
import { transposeArray } from "../../domain/geometry/transpose.ts";
import type { GeometrySource } from "../../domain/reader/file-geometry.ts";
import { placedTargets } from "../../domain/targets/placed-targets.ts";
import { targetGrid } from "../../domain/targets/target-grid.ts";
import { finish } from "../../domain/testing/finish.ts";
import { nonzeroMaskOf } from "../../domain/testing/nonzero-mask-of.ts";
import { stackOf } from "../../domain/testing/small-case.ts";
import { chooseResampling, DEFAULT_SEG_RESAMPLING } from "../../domain/training-grid/resampling.ts";
import { trainingVoxelGrid } from "../../domain/training-grid/stored-position.ts";
import { type TrainingGrid, trainingGrid } from "../../domain/training-grid/training-grid.ts";
import type { PaletteVolume } from "../../domain/volume/palette-volume.ts";
import { volumeFromLabels } from "../../domain/volume/volume-from-labels.ts";
import { countsOf, labelsOf, open, valuesOf } from "../testing/opening.ts";
import { type WrittenLabels, writeLabels } from "./nifti-writer.ts";
import {
  spaceCodeOf,
  targetLabels,
  targetMask,
  targetOfMask,
  trainedLabels,
  trainingFileName,
  wholeLabels,
} from "./training-files.ts";

/** Axes k, j, i of a file with voxels of the given edges, rotated about two axes. */
function gridOf(shape: Triple, [dk, dj, di]: Triple): Grid {
  const [c, s] = [Math.cos(0.3), Math.sin(0.3)];
  const rows = [
    [dk * s * s, -dj * c, -di * s * c, 91.25],
    [-dk * s * c, -dj * s, di * c * c, -12.5],
    [dk * c, 0, di * s, 700.125],
  ];
  return { shape, toWorld: rows.flat().map(Math.fround) };
}

interface Trained {
  readonly axes: Triple;
  readonly plansSpacing: readonly number[];
  readonly result: TrainingGrid;
}

/** Labels 0 to 3 in blocks; the image is zero at the borders and in places inside. */
function trainedCase(shape: Triple, spacing: Triple, axes: Triple, plansSpacing: readonly number[]): Trained {
  const random = randomFrom(voxelCount(shape));
  let label = 0;
  const labels = Uint8Array.from({ length: voxelCount(shape) }, () => {
    if (random() < 0.3) label = Math.floor(random() * 4);
    return label;
  });
  const image = Float32Array.from(labels, (_, i) => {
    const x = i % shape[2];
    return x > 0 && x < shape[2] - 1 && random() < 0.8 ? 1 : 0;
  });
  const grid = transposeGrid(gridOf(shape, spacing), axes);
  const volume = volumeFromLabels(grid, transposeArray(labels, shape, axes));
  const mask = nonzeroMaskOf(grid.shape, [transposeArray(image, shape, axes)]);
  const along = (axis: number) => spacing[axis] ?? 1;
  const result = finish(
    trainingGrid({
      volume,
      spacing: [along(axes[0]), along(axes[1]), along(axes[2])],
      mask,
      plansSpacing,
      resampling: DEFAULT_SEG_RESAMPLING,
    }),
  );
  if (result.kind === "refused") throw new Error(result.reason);
  return { axes, plansSpacing, result };
}

async function reopened(written: WrittenLabels): Promise<PaletteVolume> {
  const blob = await writeLabels(written, "case_trained.nii.gz", () => undefined);
  return labelsOf(await open([{ path: "case_trained.nii.gz", blob }]));
}

/** The file's voxels in the plans' order of axes. */
function inPlansOrder(volume: PaletteVolume, axes: Triple): { grid: Grid; values: number[] } {
  const { shape } = volume.grid;
  const values = Float32Array.from(valuesOf(volume));
  return { grid: transposeGrid(volume.grid, axes), values: [...transposeArray(values, shape, axes)] };
}

const CASES: readonly (readonly [string, Trained])[] = [
  // 22.5 slices become 22, and 11.5 become 12.
  ["a half rounded down", trainedCase([9, 12, 14], [2.5, 0.8, 0.8], [0, 1, 2], [1, 0.7, 0.7])],
  ["halves rounded up", trainedCase([23, 12, 17], [0.7, 0.3, 0.9], [0, 1, 2], [1.4, 0.3, 1.8])],
  ["2D", trainedCase([5, 21, 31], [3, 0.7, 0.3], [0, 1, 2], [1.4, 0.6])],
  ["finer", trainedCase([8, 12, 14], [2.5, 0.8, 0.8], [0, 1, 2], [0.7, 0.3, 0.7])],
  ["much coarser", trainedCase([31, 30, 41], [0.7, 0.49, 0.49], [2, 0, 1], [2.04, 1.9, 1.7])],
  ["a coarse axis, transposed", trainedCase([14, 11, 7], [0.6, 0.9, 4.4], [2, 1, 0], [4.4, 1.3, 0.35])],
];

const EMPTY = { palette: new Float64Array(0), indices: new Uint8Array(0), counts: new Float64Array(0) };

describe.each(CASES)("%s", (_, { axes, plansSpacing, result }) => {
  it("the training grid comes back with its voxels, at the same millimetres", async () => {
    const { volume } = result;
    expect(volume.palette).toContain(-1);
    const file = await reopened({ ...trainedLabels(result, plansSpacing), transpose: axes });
    const { grid, values } = inPlansOrder(file, axes);
    expect(values).toEqual(valuesOf(volume));
    expect(cornerDistanceMm(grid, volume.grid)).toBeLessThan(1e-3);
  });

  it("with the same plans, the saved training grid is its own", async () => {
    const file = await reopened({ ...trainedLabels(result, plansSpacing), transpose: axes });
    const grid = transposeGrid(file.grid, axes);
    const volume = { ...file, grid, indices: transposeArray(file.indices, file.grid.shape, axes) };
    const again = finish(
      trainingGrid({
        volume,
        spacing: spacingMm(grid),
        mask: null,
        plansSpacing,
        resampling: DEFAULT_SEG_RESAMPLING,
      }),
    );
    if (again.kind === "refused") throw new Error(again.reason);
    expect(countsOf(again.volume)).toEqual(countsOf(result.volume));
    expect(valuesOf(again.volume)).toEqual(valuesOf(result.volume));
  });

  it("targets of each scale come back with the labels and regions that they have", async () => {
    const { volume } = result;
    const strides: Triple[] = [
      [1, 1, 1],
      [1, 2, 2],
      [2, 2, 2],
      [2, 2, 2],
    ];
    const targets = placedTargets(volume.grid.shape, null, strides, "nearest-exact");
    const regions = [[1, 2], [3]].map((labels, i) => ({
      name: `${i}`,
      labels,
      classOrder: null,
      ignore: false,
    }));
    const table = regionTable(volume.palette, regions);
    expect(targets.scales).toHaveLength(3);
    for (const placed of targets.scales) {
      const its = { targets, placed };
      const [zs, ys, xs] = placed.tables;
      const [, height, width] = volume.grid.shape;
      const expected: number[] = [];
      for (const z of zs)
        for (const y of ys)
          for (const x of xs) {
            const label = volume.palette[volume.indices[(z * height + y) * width + x] ?? 0] ?? 0;
            expected.push(label === -1 ? 0 : label);
          }
      const written = finish(targetLabels(its, volume, Int32Array.from(volume.palette)));
      const { grid, values } = inPlansOrder(await reopened({ ...written, transpose: axes }), axes);
      expect(values).toEqual(expected);
      expect(grid.shape).toEqual(placed.shape);
      expect(cornerDistanceMm(grid, written.grid)).toBeLessThan(1e-3);
      for (const [channel, { labels }] of regions.entries()) {
        const mask = await reopened({ ...finish(targetMask(its, volume, table, channel)), transpose: axes });
        expect(inPlansOrder(mask, axes).values).toEqual(
          expected.map((label) => Number(labels.includes(label))),
        );
      }
    }
  });
});

it("keeps its lengths by either reader's spacings, halves among them", () => {
  const random = randomFrom(11);
  const EDGES = [0.3, 0.5, 0.7, 0.8, 0.976_562, 1, 1.25, 1.5, 2, 2.5, 3, 5];
  const edge = () => Math.fround(EDGES[Math.floor(random() * EDGES.length)] ?? 1);
  const length = () => 1 + Math.floor(random() * 600);
  let halves = 0;
  for (let round = 0; round < 3000; round++) {
    const spacing: Triple = [edge(), edge(), edge()];
    const grid = gridOf([length(), length(), length()], spacing);
    const plansSpacing = [edge(), edge(), edge()];
    const chosen = chooseResampling(grid.shape, spacingMm(grid), plansSpacing, DEFAULT_SEG_RESAMPLING);
    if (chosen.kind === "refused") continue;
    const { shape } = chosen;
    const trained = trainingVoxelGrid(grid, { first: [0, 0, 0], shape: grid.shape }, shape);
    const volume = { ...EMPTY, grid: trained };
    const { toWorld } = trainedLabels({ volume }, plansSpacing).grid;
    // SimpleITK reads pixdim, nibabel measures the affine: both are float32.
    const pixdim = spacingMm({ shape, toWorld }).map(Math.fround);
    for (const read of [pixdim, spacingMm({ shape, toWorld: toWorld.map(Math.fround) })]) {
      const [z = 1, y = 1, x = 1] = read;
      const again = chooseResampling(shape, [z, y, x], plansSpacing, DEFAULT_SEG_RESAMPLING);
      expect(again).toMatchObject({ shape });
    }
    const excess = shape.map(
      (n, axis) => ((spacing[axis] ?? 1) / (plansSpacing[axis] ?? 1)) * (grid.shape[axis] ?? 1) - n,
    );
    if (excess.some((voxels) => Math.abs(Math.abs(voxels) - 0.5) < 1e-6)) halves++;
  }
  expect(halves).toBeGreaterThan(400);
});

it("names files after the grid, the patch, the scale and the region", () => {
  const caseName = "abdomen_001";
  const of = (its: Partial<Parameters<typeof trainingFileName>[0]>) =>
    trainingFileName({ caseName, isTrained: true, patch: null, scale: null, region: null, ...its });
  expect(of({})).toBe("abdomen_001_trained.nii.gz");
  expect(of({ scale: 2 })).toBe("abdomen_001_trained_scale2.nii.gz");
  expect(of({ scale: 0, region: "left: kidney/cyst" })).toBe(
    "abdomen_001_trained_scale0_left_kidney_cyst.nii.gz",
  );
  expect(of({ isTrained: false, scale: 2 })).toBe("abdomen_001_scale2.nii.gz");
  expect(of({ patch: [12, -4, 8], scale: 1, region: "liver" })).toBe(
    "abdomen_001_trained_patch_12_-4_8_scale1_liver.nii.gz",
  );
});

it("takes the code of the form that placed the file", () => {
  const placement = { grid: gridOf([1, 1, 1], [1, 1, 1]), spacing: [1, 1, 1] as const, refusal: null };
  const by = (from: GeometrySource) => ({ ...placement, from, intercept: 0, notices: [] });
  const labels = { file: "a.nii.gz", unoriented: false, unit: null, itk: by("qform"), nibabel: by("sform") };
  const codes = { qform: 2, sform: 4 };
  expect(spaceCodeOf({ labels: { ...labels, codes }, reader: "SimpleITKIO" })).toBe(2);
  expect(spaceCodeOf({ labels: { ...labels, codes }, reader: "NibabelIO" })).toBe(4);
  const bare = { ...labels, itk: by("pixdim"), codes: { qform: 0, sform: 0 } };
  expect(spaceCodeOf({ labels: bare, reader: "SimpleITKIO" })).toBe(1);
  expect(spaceCodeOf({ labels: { ...labels, codes: null }, reader: "SimpleITKIO" })).toBe(1);
  expect(spaceCodeOf(null)).toBe(1);
});

it("writes labels of any whole number, and says which it cannot write", async () => {
  const values = [-70_000, 0, 1605, 614_454_277];
  const volume = volumeFromLabels(gridOf([1, 2, 2], [2, 1, 1]), Int32Array.from(values));
  const labelOf = wholeLabels(volume.palette);
  if (!labelOf) throw new Error("these are whole numbers");
  const targets = placedTargets(volume.grid.shape, null, [[1, 1, 1]], "nearest-exact");
  const [placed] = targets.scales;
  if (!placed) throw new Error("there is full size");
  const written = finish(targetLabels({ targets, placed }, volume, labelOf));
  expect(valuesOf(await reopened({ ...written, transpose: [0, 1, 2] }))).toEqual(values);
  expect(wholeLabels(Float64Array.of(0, 0.5))).toBeNull();
  expect(wholeLabels(Float64Array.of(0, 2 ** 31))).toBeNull();
  expect(wholeLabels(Float64Array.of(0, Number.NaN))).toBeNull();
});

it("saves the target of a mask, of the part of a patch that lies in the case", async () => {
  const random = randomFrom(5);
  const shape: Triple = [7, 9, 11];
  const mask = Array.from({ length: voxelCount(shape) }, () => Number(random() < 0.4));
  const other = mask.map((bit) => 1 - bit);
  const stack = { ...stackOf(shape, { other, mask }), grid: gridOf(shape, [2, 0.7, 0.8]) };
  const patch = { origin: [-3, 2, 5], size: [12, 6, 8] } as const;
  const strides: Triple[] = [
    [1, 1, 1],
    [2, 2, 1],
    [2, 2, 2],
  ];
  const targets = placedTargets(shape, patch, strides, "nearest-exact");
  for (const placed of targets.scales) {
    const [zs, ys, xs] = placed.tables;
    const expected = [...zs].flatMap((z) =>
      [...ys].flatMap((y) => [...xs].map((x) => mask[(z * shape[1] + y) * shape[2] + x])),
    );
    const written = finish(targetOfMask({ targets, placed }, stack, 1));
    const file = await reopened({ ...written, transpose: [0, 1, 2] });
    expect(valuesOf(file)).toEqual(expected);
    expect(cornerDistanceMm(file.grid, targetGrid(stack.grid, targets, placed))).toBeLessThan(1e-3);
  }
});
