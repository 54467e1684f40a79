/** Generates a synthetic trunk with nested regions. */
import { randomFrom } from "../../base/random.ts";
import type { Region, RegionSet } from "../dataset/region-set.ts";
import type { Triple } from "../geometry/grid.ts";
import type { PaletteVolume } from "../volume/palette-volume.ts";
import { volumeFromLabels } from "../volume/volume-from-labels.ts";
import { anatomy, type Structure } from "./phantom-anatomy.ts";

const EXTENT_MM = 360;

interface Phantom {
  readonly volume: PaletteVolume;
  readonly regions: RegionSet;
  /** A dataset.json that matches `regions`. */
  readonly definitionText: string;
}

/**
 * A synthetic trunk: nested, wobbly ellipsoids in `size` voxels per side, one region each. A region holds its
 * own label and those of everything inside it; parents come first, so that every label comes back from a
 * prediction. The same options give the same volume.
 */
export function phantom(options: { size: number; regions: number; seed?: number }): Phantom {
  const { size, seed = 1 } = options;
  const structures = anatomy(Math.max(1, Math.floor(options.regions)), seed);
  const labels = new Uint16Array(size ** 3);
  const random = randomFrom(seed + 1);
  const placed: Placed[] = [];
  structures.forEach((structure, i) => {
    const at = place(structure, placed, size);
    placed.push(at);
    paint(labels, size, at, i + 1, random() * 2 * Math.PI);
  });
  const step = EXTENT_MM / size;
  const start = -((size - 1) / 2) * step;
  const toWorld = [0, 0, step, start, 0, step, 0, start, step, 0, 0, start];
  const regions: RegionSet = { trainsOn: "regions", regions: regionsOf(structures), fromMasks: false };
  return {
    volume: volumeFromLabels({ shape: [size, size, size], toWorld }, labels),
    regions:
      structures.length > 1
        ? regions
        : { ...regions, trainsOn: "labels", regions: withoutOrder(regions.regions) },
    definitionText: definitionOf(regions.regions),
  };
}

interface Placed {
  /** In voxels. */
  readonly centre: Triple;
  readonly radii: Triple;
}

function place(structure: Structure, placed: readonly Placed[], size: number): Placed {
  const middle = (size - 1) / 2;
  const whole: Placed = { centre: [middle, middle, middle], radii: [size / 2, size / 2, size / 2] };
  const outer = (structure.parent === null ? undefined : placed[structure.parent]) ?? whole;
  const centre = (a: 0 | 1 | 2) => outer.centre[a] + structure.centre[a] * outer.radii[a];
  // Never thinner than a voxel, so that even a small phantom shows every structure.
  const radius = (a: 0 | 1 | 2) => Math.max(0.9, structure.radii[a] * outer.radii[a]);
  return { centre: [centre(0), centre(1), centre(2)], radii: [radius(0), radius(1), radius(2)] };
}

/** Overwrites the inside of the ellipsoid; its surface wobbles slightly, like an organ's. */
function paint(labels: Uint16Array, size: number, at: Placed, label: number, phase: number): void {
  const wobble = label === 1 ? 0.02 : 0.1;
  const from = (a: 0 | 1 | 2) => Math.max(0, Math.floor(at.centre[a] - at.radii[a] * (1 + wobble)));
  const to = (a: 0 | 1 | 2) => Math.min(size - 1, Math.ceil(at.centre[a] + at.radii[a] * (1 + wobble)));
  for (let z = from(0); z <= to(0); z++) {
    const dz = (z - at.centre[0]) / at.radii[0];
    for (let y = from(1); y <= to(1); y++) {
      const dy = (y - at.centre[1]) / at.radii[1];
      const row = (z * size + y) * size;
      for (let x = from(2); x <= to(2); x++) {
        const dx = (x - at.centre[2]) / at.radii[2];
        const limit = 1 + wobble * Math.sin(3 * dz + phase) * Math.cos(4 * dy + 2 * dx - phase);
        if (dz * dz + dy * dy + dx * dx <= limit * limit) labels[row + x] = label;
      }
    }
  }
}

function regionsOf(structures: readonly Structure[]): Region[] {
  return structures.map((structure, i) => ({
    name: structure.name,
    labels: structures.flatMap((_, inner) => (liesIn(structures, inner, i) ? [inner + 1] : [])),
    classOrder: i + 1,
    ignore: false,
  }));
}

function liesIn(structures: readonly Structure[], inner: number, outer: number): boolean {
  if (inner === outer) return true;
  const parent = structures[inner]?.parent ?? null;
  return parent !== null && liesIn(structures, parent, outer);
}

const withoutOrder = (regions: readonly Region[]) => regions.map((r) => ({ ...r, classOrder: null }));

/** A dataset.json with these regions; `channel` names the image's modality. */
export function definitionOf(
  regions: readonly Region[],
  { name, channel } = { name: "Phantom", channel: "CT" },
): string {
  const labels: Record<string, number | readonly number[]> = { background: 0 };
  for (const region of regions)
    labels[region.name] = region.labels.length === 1 ? (region.labels[0] ?? 0) : region.labels;
  const definition = {
    name,
    channel_names: { "0": channel },
    labels,
    ...(regions.length > 1 || regions.some((r) => r.labels.length > 1)
      ? { regions_class_order: regions.map((r) => r.classOrder) }
      : {}),
    numTraining: 1,
    file_ending: ".nii.gz",
  };
  return `${JSON.stringify(definition, null, 2)}\n`;
}
