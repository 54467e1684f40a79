/** Tests what findings say of cropping and resampling against nnU-Net's own results. */
import { describe, expect, it } from "vitest";
import { regionSetFromLabels } from "../dataset/region-set.ts";
import { regionTable } from "../dataset/region-table.ts";
import type { Triple } from "../geometry/grid.ts";
import { transposeArray } from "../geometry/transpose.ts";
import { finish } from "../testing/finish.ts";
import { nonzeroMaskOf } from "../testing/nonzero-mask-of.ts";
import { smallTrainingGrids } from "../testing/training-grids.ts";
import { DEFAULT_SEG_RESAMPLING, targetSpacing } from "../training-grid/resampling.ts";
import { resamplingChanges } from "../training-grid/resampling-changes.ts";
import { trainingGrid } from "../training-grid/training-grid.ts";
import { transposeVolume } from "../volume/palette-volume.ts";
import { volumeFromLabels } from "../volume/volume-from-labels.ts";
import { croppedAway, type ResampledFacts, vanishesInResampling } from "./resampling.ts";

type Reference = ReturnType<typeof smallTrainingGrids>[number];

/** The findings on a case with each label as a region, and the voxels of each label. */
function findingsOn(its: Reference) {
  const axes = its.transpose_forward;
  const along = (axis: number) => its.spacing[axis] ?? 0;
  const spacing: Triple = [along(axes[0]), along(axes[1]), along(axes[2])];
  const grid = { shape: its.shape, toWorld: [0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 0] };
  const volume = transposeVolume(volumeFromLabels(grid, its.labels), axes);
  const image = transposeArray(Float32Array.from(its.nonzero), its.shape, axes);
  const mask = nonzeroMaskOf(volume.grid.shape, [image]);
  const plansSpacing = its.plans_spacing;
  const resampling = { ...DEFAULT_SEG_RESAMPLING, kwargs: its.resampling_fn_seg_kwargs };
  const trained = finish(trainingGrid({ volume, spacing, mask, plansSpacing, resampling }));
  const to = targetSpacing(spacing, plansSpacing);
  if (trained.kind === "refused" || !to) throw new Error("There is a training grid.");
  const set = regionSetFromLabels(volume.palette);
  const tables = {
    stored: regionTable(volume.palette, set.regions),
    trained: regionTable(trained.volume.palette, set.regions),
  };
  const { regions } = finish(resamplingChanges({ stored: { volume, mask }, trained }, tables));
  const facts: ResampledFacts = {
    configuration: "c",
    from: spacing,
    to,
    shape: trained.volume.grid.shape,
    uncropped: null,
    regions,
  };
  const labelsOf = (found: readonly { readonly labels: readonly number[] }[]) =>
    found.flatMap(({ labels }) => labels).sort((a, b) => a - b);
  return {
    vanished: labelsOf(vanishesInResampling(set, facts)),
    cropped: labelsOf(croppedAway(set, regions)),
    labels: set.regions.flatMap(({ labels }) => labels),
    message: vanishesInResampling(set, facts)[0]?.message,
  };
}

/** Labels of the file by how many of their voxels are in nnU-Net's box: some, and not all. */
function labelsByBox({ labels, shape, bbox, transpose_forward: axes }: Reference) {
  const [inside, outside] = [new Set<number>(), new Set<number>()];
  for (const [i, label] of labels.entries()) {
    const voxel = [Math.floor(i / (shape[1] * shape[2])), Math.floor(i / shape[2]) % shape[1], i % shape[2]];
    const isInside = bbox.every(([first, end], axis) => {
      const at = voxel[axes[axis as 0 | 1 | 2]] ?? 0;
      return at >= first && at < end;
    });
    (isInside ? inside : outside).add(label);
  }
  return { inside, outside };
}

describe("on nnU-Net's own results", () => {
  const all = smallTrainingGrids().map((its) => ({ its, ...findingsOn(its), ...labelsByBox(its) }));

  it.each(all.map((one) => [one.its.name, one] as const))("%s", (_, { its, ...found }) => {
    const trained = new Set(its.voxels.map(([label]) => label));
    expect(found.labels.length).toBeGreaterThan(0);
    expect(found.vanished).toEqual(
      found.labels.filter((label) => found.inside.has(label) && !trained.has(label)),
    );
    expect(found.cropped).toEqual(found.labels.filter((label) => found.outside.has(label)));
    if (found.message) expect(found.message).toContain(`to ${its.expected_shape.join("×")} voxels of `);
  });

  it("some labels vanish, and some are cropped", () => {
    expect(all.some(({ vanished }) => vanished.length > 0)).toBe(true);
    expect(all.some(({ cropped }) => cropped.length > 0)).toBe(true);
  });
});
