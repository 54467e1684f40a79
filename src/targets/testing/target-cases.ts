/**
 * Cases for the tests of every path and of both formats of targets: odd shapes, 16-bit palettes, several
 * words, masks.
 */
import { type RegionTable, regionTable } from "../../domain/dataset/region-table.ts";
import type { Triple } from "../../domain/geometry/grid.ts";
import type { SamplingMode } from "../../domain/targets/deep-supervision.ts";
import type { Source } from "../../domain/volume/palette-volume.ts";
import { randomLabels, randomMasks, randomRegions } from "./testing.ts";

export const MODES: readonly SamplingMode[] = ["nearest-exact", "resize-segmentation"];

export interface TargetCase {
  readonly name: string;
  readonly shape: Triple;
  readonly labels: number;
  readonly channels: number;
  readonly strides: readonly Triple[];
  readonly masks?: boolean;
}

const HALVING: readonly Triple[] = [
  [1, 1, 1],
  [2, 2, 2],
  [2, 2, 2],
  [2, 2, 2],
];

export const CASES: readonly TargetCase[] = [
  { name: "one word", shape: [9, 11, 13], labels: 7, channels: 5, strides: HALVING },
  { name: "exactly one word", shape: [16, 16, 16], labels: 41, channels: 32, strides: HALVING },
  { name: "one bit more than a word", shape: [7, 19, 5], labels: 41, channels: 33, strides: HALVING },
  { name: "three words", shape: [12, 10, 11], labels: 61, channels: 73, strides: HALVING },
  {
    name: "16-bit palette, anisotropic",
    shape: [6, 23, 31],
    labels: 700,
    channels: 40,
    strides: [
      [1, 1, 1],
      [1, 2, 2],
      [1, 2, 3],
      [2, 2, 2],
    ],
  },
  {
    name: "first scale already downsampled",
    shape: [10, 14, 15],
    labels: 9,
    channels: 9,
    strides: [
      [2, 2, 2],
      [3, 1, 2],
      [2, 2, 2],
    ],
  },
  {
    name: "a single slice",
    shape: [1, 37, 50],
    labels: 5,
    channels: 4,
    strides: [
      [1, 1, 1],
      [1, 2, 2],
      [1, 2, 2],
    ],
  },
  {
    name: "channels on the period of caches",
    shape: [32, 32, 32],
    labels: 41,
    channels: 24,
    strides: [
      [1, 1, 1],
      [8, 8, 16],
    ],
  },
  { name: "overlapping masks", shape: [9, 11, 13], labels: 0, channels: 37, strides: HALVING, masks: true },
  { name: "masks in one word", shape: [8, 8, 9], labels: 0, channels: 3, strides: HALVING, masks: true },
];

export function build(c: TargetCase): { source: Source; table: RegionTable | null } {
  if (c.masks) return { source: randomMasks(c.shape, c.channels, 3), table: null };
  const source = randomLabels(c.shape, c.labels, 5);
  return { source, table: regionTable(source.volume.palette, randomRegions(c.labels, c.channels, 11)) };
}
