/** Checks the training grid of the bundled cases against nnU-Net's own results. */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { DatasetDefinition } from "../../domain/dataset/dataset-definition.ts";
import { regionSetFromDefinition } from "../../domain/dataset/region-set.ts";
import { regionTable } from "../../domain/dataset/region-table.ts";
import { spacingMm } from "../../domain/geometry/grid.ts";
import { finish } from "../../domain/testing/finish.ts";
import { nonzeroMaskOf } from "../../domain/testing/nonzero-mask-of.ts";
import { plainChanges } from "../../domain/testing/plain-changes.ts";
import { sampleTrainingGrids } from "../../domain/testing/training-grids.ts";
import { DEFAULT_SEG_RESAMPLING } from "../../domain/training-grid/resampling.ts";
import { type ResampledCase, resamplingChanges } from "../../domain/training-grid/resampling-changes.ts";
import { resamplingGaps } from "../../domain/training-grid/resampling-gaps.ts";
import { trainingGrid } from "../../domain/training-grid/training-grid.ts";
import { labelsOf, open, valuesOf } from "../testing/opening.ts";
import { inputFile } from "../testing/write-nifti.ts";

const SAMPLES = new URL("../../../public/samples/", import.meta.url);

function filesOf(dataset: string) {
  const listed = ["imagesTr", "labelsTr"].flatMap((folder) =>
    readdirSync(new URL(`${dataset}/${folder}`, SAMPLES)).map((name) => `${folder}/${name}`),
  );
  return ["dataset.json", "nnUNetPlans.json", ...listed].map((path) =>
    inputFile(`${dataset}/${path}`, new Uint8Array(readFileSync(new URL(`${dataset}/${path}`, SAMPLES)))),
  );
}

/** What resampling changed is what a comparison voxel by voxel finds, for every fourth region. */
function expectPlainChanges(its: ResampledCase, definition: DatasetDefinition | null): void {
  if (!definition) throw new Error("a sample has a definition");
  const { stored, trained } = its;
  const { regions } = regionSetFromDefinition(definition);
  const tables = {
    stored: regionTable(stored.volume.palette, regions),
    trained: regionTable(trained.volume.palette, regions),
  };
  const changes = finish(resamplingChanges(its, tables));
  const { bits, components } = finish(resamplingGaps(its));
  const { listed, rest } = components;
  expect(listed.reduce((sum, { voxels }) => sum + voxels, rest.voxels)).toBe(trained.gapVoxels);
  const isGap = (i: number) => (((bits[i >>> 5] ?? 0) >>> (i & 31)) & 1) === 1;
  for (const [channel, { labels, name }] of regions.entries()) {
    if (channel % 4 !== 0) continue;
    const { isGone, ...counts } = changes.regions[channel] ?? { isGone: null };
    expect(counts, name).toEqual(plainChanges(stored.volume, trained.box, trained.volume, isGap, labels));
    expect(isGone, name).toBe(false);
  }
}

describe("the training grid of a bundled case is nnU-Net's in every voxel", () => {
  for (const its of sampleTrainingGrids()) {
    it(`${its.dataset} at ${its.plans_spacing.join(" × ")} mm`, async () => {
      const opened = await open(filesOf(its.dataset));
      const volume = labelsOf(opened);
      const spacing = spacingMm(volume.grid);
      expect(spacing).toEqual(its.transpose_forward.map((axis) => its.spacing[axis]));
      const mask = opened.image && nonzeroMaskOf(volume.grid.shape, [opened.image.data]);
      const result = finish(
        trainingGrid({
          volume,
          spacing,
          mask,
          plansSpacing: its.plans_spacing,
          resampling: { ...DEFAULT_SEG_RESAMPLING, kwargs: its.resampling_fn_seg_kwargs },
        }),
      );
      if (result.kind === "refused") throw new Error(result.reason);
      const first = its.bbox.map(([start]) => start);
      expect(result.box).toEqual({ first, shape: its.shape_after_cropping });
      expect(result.volume.grid.shape).toEqual(its.expected_shape);
      expect(result.type).toBe(its.dtype);
      const values = Int16Array.from(valuesOf(result.volume));
      const sha256 = createHash("sha256").update(new Uint8Array(values.buffer)).digest("hex");
      expect(sha256).toBe(its.sha256_int16_c_order);
      expectPlainChanges({ stored: { volume, mask }, trained: result }, opened.definition);
    });
  }
});
