/** A case small enough to check by hand, for tests. */
import type { DatasetDefinition } from "../../domain/dataset/dataset-definition.ts";
import type { Plans } from "../../domain/dataset/plans.ts";
import type { Triple } from "../../domain/geometry/grid.ts";
import { defaultStrides } from "../../domain/targets/deep-supervision.ts";
import type { MaskStack, PaletteVolume, Source } from "../../domain/volume/palette-volume.ts";
import type { OpenCase } from "../slices/case-slice.ts";
import type { SecondLabels } from "../slices/compare-slice.ts";

/** Identity affine in RAS: array axes 0, 1, 2 are S, A, R. */
export const TO_WORLD = [0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 0];

/** Five scales, however small a case is. */
export const PLANS: Plans = {
  name: "nnUNetPlans",
  file: "nnUNetPlans.json",
  transposeForward: [0, 1, 2],
  configurations: [{ name: "3d_fullres", strides: defaultStrides(), patchSize: null, batchSize: 2 }],
};

/** Values in C order. */
export function volumeOf(shape: Triple, values: readonly number[]): PaletteVolume {
  const palette = [...new Set(values)].sort((a, b) => a - b);
  return {
    grid: { shape, toWorld: TO_WORLD },
    palette: Float64Array.from(palette),
    indices: Uint8Array.from(values, (value) => palette.indexOf(value)),
    counts: Float64Array.from(palette, (value) => values.filter((other) => other === value).length),
  };
}

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

/** Labels to compare a case with, that come from no file. */
export function secondOf(name: string, source: Source): SecondLabels {
  return { name, source, geometry: null, transpose: [0, 1, 2] };
}

export function stackOf(shape: Triple, masks: Readonly<Record<string, readonly number[]>>): MaskStack {
  const bits = (mask: readonly number[]) => {
    const plane = new Uint32Array(Math.ceil(mask.length / 32));
    mask.forEach((bit, i) => {
      if (bit) plane[i >>> 5] = (plane[i >>> 5] ?? 0) | (1 << (i & 31));
    });
    return plane;
  };
  return {
    grid: { shape, toWorld: TO_WORLD },
    names: Object.keys(masks),
    planes: Object.values(masks).map(bits),
  };
}

export function definitionOf(
  labels: Readonly<Record<string, unknown>>,
  regionsClassOrder: readonly number[] | null,
): DatasetDefinition {
  const rest = { channel_names: { "0": "CT" }, numTraining: 1, file_ending: ".nii.gz" };
  return {
    keys: ["labels", "regions_class_order", ...Object.keys(rest)],
    labels: Object.entries(labels).map(([name, value]) => ({ name, value, text: JSON.stringify(value) })),
    regionsClassOrder,
    channels: { key: "channel_names", members: [{ name: "0", value: "CT" }], value: { "0": "CT" } },
    channelNames: ["CT"],
    name: "Test",
    fileEnding: ".nii.gz",
    text: JSON.stringify({ labels, regions_class_order: regionsClassOrder, ...rest }),
    file: "dataset.json",
  };
}
