/** Tests the training grid against nnU-Net's own results. */
import { describe, expect, it } from "vitest";
import type { SegResampling } from "../dataset/plans.ts";
import type { Grid, Triple } from "../geometry/grid.ts";
import { transposeArray } from "../geometry/transpose.ts";
import { finish } from "../testing/finish.ts";
import { nonzeroMaskOf } from "../testing/nonzero-mask-of.ts";
import { smallTrainingGrids } from "../testing/training-grids.ts";
import type { PaletteVolume } from "../volume/palette-volume.ts";
import { transposeVolume } from "../volume/palette-volume.ts";
import { volumeFromLabels } from "../volume/volume-from-labels.ts";
import { plainCrop, plainNonzero, plainResample } from "./plain.ts";
import { chooseResampling, DEFAULT_SEG_RESAMPLING, type Refused } from "./resampling.ts";
import { type TrainingGrid, type TrainingGridInput, trainingGrid } from "./training-grid.ts";

/** Axes z, y, x run towards S, A, R. */
function gridOf(shape: Triple, [dz, dy, dx]: Triple): Grid {
  return { shape, toWorld: [0, 0, dx, 0, 0, dy, 0, 0, dz, 0, 0, 0] };
}

const valuesOf = ({ palette, indices }: PaletteVolume) => Array.from(indices, (entry) => palette[entry] ?? 0);

function made(result: TrainingGrid | Refused): TrainingGrid {
  if (result.kind === "refused") throw new Error(result.reason);
  return result;
}

describe("agrees with nnU-Net in every voxel", () => {
  for (const its of smallTrainingGrids()) {
    const axes = its.transpose_forward;
    const resampling = { ...DEFAULT_SEG_RESAMPLING, kwargs: its.resampling_fn_seg_kwargs };
    const along = (axis: number) => its.spacing[axis] ?? 0;
    const spacing: Triple = [along(axes[0]), along(axes[1]), along(axes[2])];
    const volume = transposeVolume(volumeFromLabels(gridOf(its.shape, its.spacing), its.labels), axes);
    const image = transposeArray(Float32Array.from(its.nonzero), its.shape, axes);
    const first = its.bbox.map(([start]) => start);

    it(its.name, () => {
      const mask = nonzeroMaskOf(volume.grid.shape, [image]);
      const input = { volume, spacing, mask, plansSpacing: its.plans_spacing, resampling };
      const result = made(finish(trainingGrid(input)));
      expect(result.box).toEqual({ first, shape: its.shape_after_cropping });
      expect(result.volume.grid.shape).toEqual(its.expected_shape);
      expect(result.type).toBe(its.dtype);
      expect([...result.volume.palette].map((label, i) => [label, result.volume.counts[i]])).toEqual(
        its.voxels,
      );
      expect(valuesOf(result.volume)).toEqual([...its.expected]);
    });

    it(`${its.name}, in the plain way`, () => {
      const { shape } = volume.grid;
      const nonzero = plainNonzero([{ shape, values: Float64Array.from(image) }], shape);
      const labels = { shape, values: Float64Array.from(valuesOf(volume)) };
      const crop = plainCrop(labels, nonzero);
      expect(crop.first).toEqual(first);
      const chosen = chooseResampling(crop.cropped.shape, spacing, its.plans_spacing, resampling);
      if (chosen.kind === "refused") throw new Error(chosen.reason);
      expect([...plainResample(crop.cropped, chosen).values]).toEqual([...its.expected]);
    });
  }
});

const ISOTROPIC: Triple = [1, 1, 1];

/** @param labels in C order over 2 × 2 × 2 voxels of 1 mm */
function gridOfEight(labels: readonly number[], changed: Partial<TrainingGridInput> = {}) {
  const volume = volumeFromLabels(gridOf([2, 2, 2], ISOTROPIC), labels);
  return finish(
    trainingGrid({
      volume,
      spacing: ISOTROPIC,
      mask: null,
      plansSpacing: ISOTROPIC,
      resampling: DEFAULT_SEG_RESAMPLING,
      ...changed,
    }),
  );
}

describe("the box", () => {
  const labels = [0, 1, 1, 1, 1, 1, 1, 1];

  it("is the whole volume if the image is not known, or zero everywhere", () => {
    const unknown = made(gridOfEight(labels));
    expect(unknown).toMatchObject({
      uncropped: "image-unknown",
      box: { first: [0, 0, 0], shape: [2, 2, 2] },
    });
    const zero = made(gridOfEight(labels, { mask: nonzeroMaskOf([2, 2, 2], [new Float32Array(8)]) }));
    expect(zero.uncropped).toBe("image-all-zero");
    expect(valuesOf(zero.volume)).toEqual(labels);
  });

  it("is the stored volume only if nothing changed, also where the file has -1 already", () => {
    const given = [0, 7, -1, 1, 0, 0, 0, 0];
    const inside = nonzeroMaskOf([2, 2, 2], [Float32Array.of(1, 1, 1, 1, 1, 1, 1, 1)]);
    const same = gridOfEight(given, { mask: inside });
    expect(made(same).volume.counts).toEqual(volumeFromLabels(gridOf([2, 2, 2], ISOTROPIC), given).counts);
    const corner = nonzeroMaskOf([2, 2, 2], [Float32Array.of(1, 1, 1, 1, 0, 1, 1, 1)]);
    const changed = made(gridOfEight(given, { mask: corner }));
    expect(changed.box.shape).toEqual([2, 2, 2]);
    expect(valuesOf(changed.volume)).toEqual([0, 7, -1, 1, -1, 0, 0, 0]);
  });

  it("keeps labels outside the mask, and turns background there to -1", () => {
    const image = Float32Array.of(0, 0, 1, 1, 0, 0, 0, 1);
    const mask = nonzeroMaskOf([2, 2, 2], [image]);
    const cropped = made(gridOfEight([0, 7, 0, 1, 0, 0, 0, 0], { mask }));
    expect(cropped).toMatchObject({ uncropped: null, box: { first: [0, 1, 0], shape: [2, 1, 2] } });
    expect(valuesOf(cropped.volume)).toEqual([0, 1, -1, 0]);
    expect([...cropped.volume.counts]).toEqual([1, 2, 1]);
  });
});

describe("number types", () => {
  const cast = (labels: readonly number[]) => {
    const { volume, type } = made(gridOfEight(labels));
    return { type, values: valuesOf(volume) };
  };

  it("is int8 up to 127, and wraps what does not fit", () => {
    expect(cast([0, 1, 2, 127, -1, -128, -129, 0.9])).toEqual({
      type: "int8",
      values: [0, 1, 2, 127, -1, -128, 127, 0],
    });
  });

  it("is int16 beyond, where 40,000 becomes -25,536", () => {
    expect(cast([0, 128, 300, 32_767, 40_000, -1, 65_536, 1.5])).toEqual({
      type: "int16",
      values: [0, 128, 300, 32_767, -25_536, -1, 0, 1],
    });
  });

  it("merges labels that float32 does not tell apart", () => {
    const { volume } = made(gridOfEight([0, 0, 0, 0, 16_777_216, 16_777_217, 16_777_217, 16_777_216]));
    expect(volume.palette).toHaveLength(1);
  });
});

it("counts voxels where no label reaches one half", () => {
  // The centre of the one voxel lies between eight labels.
  const { volume, gapVoxels } = made(gridOfEight([1, 2, 3, 4, 5, 6, 7, 8], { plansSpacing: [2, 2, 2] }));
  expect(gapVoxels).toBe(1);
  expect(valuesOf(volume)).toEqual([0]);
});

it("refuses what chooseResampling refuses", () => {
  const resampling = { ...DEFAULT_SEG_RESAMPLING, name: "resample_torch_fornnunet" };
  const labels = [0, 1, 0, 1, 0, 1, 0, 1];
  const found = gridOfEight(labels, { resampling });
  expect([found.kind, "inside" in found]).toEqual(["refused", false]);
});

it("counts what cropping leaves where resampling is not followed, unless nnU-Net stops", () => {
  const mask = nonzeroMaskOf([2, 2, 2], [Float32Array.of(0, 0, 1, 1, 0, 0, 0, 1)]);
  const counted = (resampling: SegResampling, plansSpacing = ISOTROPIC) => {
    const found = gridOfEight([7, 7, 7, 1, 1, 1, 0, 0], { mask, resampling, plansSpacing });
    return found.kind === "refused" && found.inside ? [...found.inside] : null;
  };
  const torch = { ...DEFAULT_SEG_RESAMPLING, name: "resample_torch_fornnunet" };
  // 0, 1 and 7, of the palette, in the second row of both slices.
  expect(counted(torch)).toEqual([2, 1, 1]);
  expect(counted({ ...torch, name: "unknown" })).toBeNull();
  expect(counted(torch, [9, 1, 1])).toBeNull();
});

it("yields ascending fractions", () => {
  const volume = volumeFromLabels(gridOf([30, 8, 8], ISOTROPIC), new Uint8Array(30 * 64).fill(1));
  const input = { volume, spacing: ISOTROPIC, mask: null, resampling: DEFAULT_SEG_RESAMPLING };
  const fractions = [...trainingGrid({ ...input, plansSpacing: [0.7, 1.2, 1.2] })];
  expect([...fractions].sort((a, b) => a - b)).toEqual(fractions);
  expect(fractions.length).toBeGreaterThanOrEqual(43);
  expect(fractions.every((fraction) => fraction > 0 && fraction <= 1)).toBe(true);
});
