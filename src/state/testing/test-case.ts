/** A case small enough to check by hand, for tests. */
import type { Plans } from "../../domain/dataset/plans.ts";
import { defaultStrides } from "../../domain/targets/deep-supervision.ts";
import type { PaletteVolume, Source } from "../../domain/volume/palette-volume.ts";
import type { OpenCase } from "../slices/case-slice.ts";
import type { SecondLabels } from "../slices/compare-slice.ts";

/** Plans with five scales, however small the case. */
export const PLANS: Plans = {
  name: "nnUNetPlans",
  file: "nnUNetPlans.json",
  transposeForward: [0, 1, 2],
  configurations: [{ name: "3d_fullres", strides: defaultStrides(), patchSize: null, batchSize: 2 }],
};

export function caseOf(volume: PaletteVolume, changes: Partial<OpenCase> = {}): OpenCase {
  return {
    name: "case",
    datasetName: null,
    sampleId: null,
    source: { kind: "labels", volume },
    orientation: "RAS",
    transpose: [0, 1, 2],
    image: null,
    labelNames: [],
    ...changes,
  };
}

/** Second labels that come from no file. */
export function secondOf(name: string, source: Source): SecondLabels {
  return { name, source, geometry: null, transpose: [0, 1, 2], labelNames: [], definition: null };
}
