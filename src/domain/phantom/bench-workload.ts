/**
 * Generates the fixed workload of the benchmark: a label volume of cubes with 41 labels, and 5 labels per
 * region.
 */
import { randomFrom } from "../../base/random.ts";
import type { RegionSet } from "../dataset/region-set.ts";
import type { Triple } from "../geometry/grid.ts";
import type { PaletteVolume } from "../volume/palette-volume.ts";
import { volumeFromLabels } from "../volume/volume-from-labels.ts";

const LABELS = 41;
const LABELS_PER_REGION = 5;

/**
 * A cube of `size` voxels per side, divided into cubes of 1/16 of that, each with a pseudo-random label of
 * 0..40.
 */
export function benchVolume(size: number, seed: number): PaletteVolume {
  const edge = Math.max(1, Math.round(size / 16));
  const cubes = Math.ceil(size / edge);
  const random = randomFrom(seed);
  const ofCube = Uint8Array.from({ length: cubes ** 3 }, () => Math.floor(random() * LABELS));
  const labels = new Uint8Array(size ** 3);
  let i = 0;
  for (let z = 0; z < size; z++)
    for (let y = 0; y < size; y++) {
      const row = (Math.floor(z / edge) * cubes + Math.floor(y / edge)) * cubes;
      for (let x = 0; x < size; x++) labels[i++] = ofCube[row + Math.floor(x / edge)] ?? 0;
    }
  const shape: Triple = [size, size, size];
  return volumeFromLabels({ shape, toWorld: [0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 0] }, labels);
}

/** `channels` overlapping regions, each with five different labels of 1..40. */
export function benchRegions(channels: number): RegionSet {
  const random = randomFrom(channels);
  const regions = Array.from({ length: channels }, (_, c) => {
    const labels = new Set<number>();
    while (labels.size < LABELS_PER_REGION) labels.add(1 + Math.floor(random() * (LABELS - 1)));
    const ascending = [...labels].sort((a, b) => a - b);
    return { name: `region ${c + 1}`, labels: ascending, classOrder: ascending[0] ?? null, ignore: false };
  });
  return { trainsOn: "regions", regions, fromMasks: false };
}
