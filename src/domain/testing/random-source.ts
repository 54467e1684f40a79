/** Generates repeatable label volumes, masks and regions for tests. */
import { randomFrom } from "../../base/random.ts";
import { type RegionTable, regionTable } from "../dataset/region-table.ts";
import { type Triple, voxelCount } from "../geometry/grid.ts";
import type { Source } from "../volume/palette-volume.ts";
import { volumeFromLabels } from "../volume/volume-from-labels.ts";

const TO_WORLD = [0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 0];

export interface RandomCase {
  readonly source: Source;
  readonly table: RegionTable | null;
  readonly channels: readonly number[];
}

/**
 * Labels 0 to 5, mostly 0, in short runs along x; three overlapping regions of them, and a fourth without
 * voxels.
 */
export function randomLabelCase(shape: Triple, density: number, seed: number): RandomCase {
  const random = randomFrom(seed);
  let label = 0;
  const labels = Uint8Array.from({ length: voxelCount(shape) }, () => {
    if (random() < 0.6) label = random() < density ? 1 + Math.floor(random() * 5) : 0;
    return label;
  });
  const volume = volumeFromLabels({ shape, toWorld: TO_WORLD }, labels);
  const regions = [[1, 2, 3, 4, 5], [1], [2, 3], [9]].map((members, i) => ({
    name: `${i}`,
    labels: members,
    classOrder: null,
    ignore: false,
  }));
  return {
    source: { kind: "labels", volume },
    table: regionTable(volume.palette, regions),
    channels: [0, 1, 2, 3],
  };
}

/** Masks with the given densities. */
export function randomMaskCase(shape: Triple, densities: readonly number[], seed: number): RandomCase {
  const random = randomFrom(seed);
  const voxels = voxelCount(shape);
  const bitPlanes = densities.map((density) => {
    const bitPlane = new Uint32Array(Math.ceil(voxels / 32));
    for (let i = 0; i < voxels; i++) {
      if (random() < density) bitPlane[i >>> 5] = (bitPlane[i >>> 5] ?? 0) | (1 << (i & 31));
    }
    return bitPlane;
  });
  const names = densities.map((_, i) => `${i}`);
  return {
    source: { kind: "masks", stack: { grid: { shape, toWorld: TO_WORLD }, names, bitPlanes } },
    table: null,
    channels: densities.map((_, i) => i),
  };
}
