/** Builds volumes, masks and definitions small enough to check by hand. */
import { RegionSlices } from "../analysis/region-slices.ts";
import { sliceOccupancy } from "../analysis/slice-occupancy.ts";
import type { DatasetDefinition } from "../dataset/dataset-definition.ts";
import type { Triple } from "../geometry/grid.ts";
import type { MaskStack, PaletteVolume, Source } from "../volume/palette-volume.ts";

/** Identity affine in RAS: array axes 0, 1, 2 are S, A, R. */
export const TO_WORLD = [0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 0];

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

export function stackOf(shape: Triple, masks: Readonly<Record<string, readonly number[]>>): MaskStack {
  const bits = (mask: readonly number[]) => {
    const bitPlane = new Uint32Array(Math.ceil(mask.length / 32));
    mask.forEach((bit, i) => {
      if (bit) bitPlane[i >>> 5] = (bitPlane[i >>> 5] ?? 0) | (1 << (i & 31));
    });
    return bitPlane;
  };
  return {
    grid: { shape, toWorld: TO_WORLD },
    names: Object.keys(masks),
    bitPlanes: Object.values(masks).map(bits),
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

/** Finds the slices of each label or mask in one go. */
export function regionSlicesOf(source: Source): RegionSlices {
  const pass = sliceOccupancy(source);
  for (let step = pass.next(); ; step = pass.next())
    if (step.done) return new RegionSlices(source, step.value);
}
