/** Makes pseudo-random sources and regions for tests: the same seed gives the same case. */
import type { Region } from "../../domain/dataset/region-set.ts";
import type { Triple } from "../../domain/geometry/grid.ts";
import { voxelCount } from "../../domain/geometry/grid.ts";
import type { Source } from "../../domain/volume/palette-volume.ts";

/** A small linear congruential generator of numbers from 0 to 1. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0 || 1;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const identityGrid = (shape: Triple) => ({ shape, toWorld: [0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 0] });

/** Makes labels 0 to labels - 1 in runs, as in a real volume, with single voxels in between. */
export function randomLabels(
  shape: Triple,
  labels: number,
  seed: number,
): Extract<Source, { kind: "labels" }> {
  const random = seeded(seed);
  const n = voxelCount(shape);
  const indices = labels > 256 ? new Uint16Array(n) : new Uint8Array(n);
  let label = 0;
  for (let i = 0; i < n; i++) {
    if (random() < 0.4) label = Math.floor(random() * labels);
    indices[i] = label;
  }
  const counts = new Float64Array(labels);
  for (const p of indices) counts[p] = (counts[p] ?? 0) + 1;
  const palette = Float64Array.from({ length: labels }, (_, i) => i);
  return { kind: "labels", volume: { grid: identityGrid(shape), palette, indices, counts } };
}

export function randomMasks(
  shape: Triple,
  channels: number,
  seed: number,
): Extract<Source, { kind: "masks" }> {
  const random = seeded(seed);
  const n = voxelCount(shape);
  const bitPlanes = Array.from({ length: channels }, () => {
    const bitPlane = new Uint32Array(Math.ceil(n / 32));
    for (let i = 0; i < n; i++) {
      if (random() < 0.3) bitPlane[i >>> 5] = ((bitPlane[i >>> 5] ?? 0) | (1 << (i & 31))) >>> 0;
    }
    return bitPlane;
  });
  const names = bitPlanes.map((_, c) => `mask ${c}`);
  return { kind: "masks", stack: { grid: identityGrid(shape), names, bitPlanes } };
}

/** Makes overlapping regions of one to six labels each. */
export function randomRegions(labels: number, channels: number, seed: number): Region[] {
  const random = seeded(seed);
  return Array.from({ length: channels }, (_, c) => {
    const size = 1 + Math.floor(random() * 6);
    const members = new Set<number>();
    for (let i = 0; i < size; i++) members.add(1 + Math.floor(random() * Math.max(1, labels - 1)));
    return { name: `region ${c}`, labels: [...members], classOrder: c + 1, ignore: false };
  });
}
