/** Tests the places where resampling changed a case against a search voxel by voxel. */
import { expect, it } from "vitest";
import { randomFrom } from "../../base/random.ts";
import { components } from "../analysis/components.ts";
import { regionTable } from "../dataset/region-table.ts";
import { type Triple, voxelCount } from "../geometry/grid.ts";
import { finish } from "../testing/finish.ts";
import { nonzeroMaskOf } from "../testing/nonzero-mask-of.ts";
import { ODD_SHAPES } from "../testing/odd-shapes.ts";
import { stackOf, TO_WORLD } from "../testing/small-case.ts";
import { volumeFromLabels } from "../volume/volume-from-labels.ts";
import { sourcePosition } from "./axis-samples.ts";
import { type ChangedPlace, componentOf, isGapOf, OUTSIDE_MASK } from "./changed-place.ts";
import { changedPlaces, LOST_PER_REGION } from "./changed-places.ts";
import { DEFAULT_SEG_RESAMPLING } from "./resampling.ts";
import { nearestStored, type ResampledCase, resamplingChanges } from "./resampling-changes.ts";
import { resamplingGaps } from "./resampling-gaps.ts";
import { trainingGrid } from "./training-grid.ts";

const REGIONS = [[1, 2, 3], [2], [3, 4], [0, 5], [9]].map((labels, i) => ({
  name: `${i}`,
  labels,
  classOrder: null,
  ignore: false,
}));

function resampled(shape: Triple, labels: ArrayLike<number>, plansSpacing: Triple, image?: number[]) {
  const volume = volumeFromLabels({ shape, toWorld: TO_WORLD }, labels);
  const mask = image ? nonzeroMaskOf(shape, [image]) : null;
  const trained = finish(
    trainingGrid({ volume, spacing: [1, 1, 1], mask, plansSpacing, resampling: DEFAULT_SEG_RESAMPLING }),
  );
  if (trained.kind === "refused") throw new Error(trained.reason);
  const its: ResampledCase = { stored: { volume, mask }, trained };
  const tables = {
    stored: regionTable(volume.palette, REGIONS),
    trained: regionTable(trained.volume.palette, REGIONS),
  };
  return { its, tables };
}

function placesOf({ its, tables }: ReturnType<typeof resampled>) {
  const { regions } = finish(resamplingChanges(its, tables));
  const work = changedPlaces(its, tables, regions);
  const fractions: number[] = [];
  for (let step = work.next(); ; step = work.next()) {
    if (step.done) return { fractions, regions, places: step.value };
    fractions.push(step.value);
  }
}

/** Every voxel of the listed components of these places, as positions in C order, by rank. */
function voxelsOf(place: ChangedPlace): number[] {
  const { runs, componentOf: rankOf } = place.components;
  const found: number[] = [];
  for (let row = 0; row + 1 < runs.rowStart.length; row++)
    for (let run = runs.rowStart[row] ?? 0; run < (runs.rowStart[row + 1] ?? 0); run++)
      for (let x = runs.starts[run] ?? 0; rankOf[run] === place.rank && x < (runs.ends[run] ?? 0); x++)
        found.push(row * runs.shape[2] + x);
  return found;
}

it.each(ODD_SHAPES)("finds every lost voxel and gap of %i × %i × %i voxels", (...shape) => {
  const random = randomFrom(voxelCount(shape));
  for (let round = 0; round < 6; round++) {
    let label = 0;
    const labels = Array.from({ length: voxelCount(shape) }, () => {
      if (random() < 0.4) label = Math.floor(random() * 6);
      return label;
    });
    // An axis of one voxel stays.
    const spacing = (n: number) => (n === 1 ? 1 : ([0.5, 0.8, 1, 1.37, 2][Math.floor(random() * 5)] ?? 1));
    const image = round % 2 ? labels.map(() => Number(random() < 0.3)) : undefined;
    const made = resampled(shape, labels, [spacing(shape[0]), spacing(shape[1]), spacing(shape[2])], image);
    const { its } = made;
    const { places, regions } = placesOf(made);
    const gapBits = finish(resamplingGaps(its)).bits;
    const isGap = (i: number) => (((gapBits[i >>> 5] ?? 0) >>> (i & 31)) & 1) === 1;
    expect(places.gaps.flatMap(voxelsOf).sort((a, b) => a - b)).toEqual(
      Array.from({ length: voxelCount(its.trained.volume.grid.shape) }, (_, i) => i).filter(isGap),
    );
    for (const [channel, { labels: own }] of REGIONS.entries()) {
      const of = places.lost.filter((place) => place.channel === channel);
      const lost = plainLost(its, own).filter((i) => !isGap(i));
      const listed = of.flatMap(voxelsOf);
      if (of.length < LOST_PER_REGION) expect(listed.sort((a, b) => a - b)).toEqual(lost);
      else for (const i of listed) expect(lost).toContain(i);
      // Gaps are lost too, unless the region has the background.
      const gaps = own.includes(0) ? 0 : (regions[channel]?.gaps ?? 0);
      expect(regions[channel]?.lost).toBe(lost.length + gaps);
      expect(places.gone.filter((place) => place.channel === channel).map(({ rank }) => rank)).toEqual(
        plainGone(its, own),
      );
      const gapVoxels = places.gaps.filter((gap) => isGapOf(gap, made.tables.stored, channel));
      expect(gapVoxels.length > 0).toBe((regions[channel]?.gaps ?? 0) > 0);
    }
  }
});

/** Positions of the training voxels outside the region whose nearest stored voxel is in it. */
function plainLost({ stored: { volume }, trained }: ResampledCase, labels: readonly number[]): number[] {
  const [zs, ys, xs] = nearestStored(trained);
  const [depth, height, width] = trained.volume.grid.shape;
  const isIn = (value = 0) => labels.includes(value === -1 ? 0 : value);
  const found: number[] = [];
  for (let z = 0, i = 0; z < depth; z++)
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++, i++) {
        const [, h, w] = volume.grid.shape;
        const was = volume.indices[((zs[z] ?? 0) * h + (ys[y] ?? 0)) * w + (xs[x] ?? 0)] ?? 0;
        const is = trained.volume.indices[i] ?? 0;
        if (isIn(volume.palette[was]) && !isIn(trained.volume.palette[is])) found.push(i);
      }
  return found;
}

/**
 * Ranks of the region's components in the box that nothing is interpolated from; of all if none is in the
 * box.
 */
function plainGone({ stored: { volume }, trained }: ResampledCase, labels: readonly number[]): number[] {
  const isIn = (value = 0) => labels.includes(value === -1 ? 0 : value);
  const mask = Array.from(volume.indices, (entry) => Number(isIn(volume.palette[entry])));
  const stack = stackOf(volume.grid.shape, { mask });
  const { listed, runs, componentOf: rankOf } = components({ kind: "masks", stack }, null, 0);
  const [, h] = volume.grid.shape;
  const rankAt = (z: number, y: number, x: number) => {
    for (let run = runs.rowStart[z * h + y] ?? 0; run < (runs.rowStart[z * h + y + 1] ?? 0); run++)
      if (x >= (runs.starts[run] ?? 0) && x < (runs.ends[run] ?? 0)) return rankOf[run] ?? -1;
    return -1;
  };
  const { box, resampling } = trained;
  const kept = new Set<number>();
  const [depth, height, width] = resampling.shape;
  const near = (i: number, axis: 0 | 1 | 2) => {
    const n = box.shape[axis];
    const at = sourcePosition(i, n, resampling.shape[axis]);
    const clamp = (k: number) => Math.min(n - 1, Math.max(0, k)) + box.first[axis];
    const only = resampling.separateAxis === axis && resampling.orderZ === 0;
    if (only) return [clamp(Math.floor(at + 0.5))];
    return Number.isInteger(at) ? [clamp(at)] : [clamp(Math.floor(at)), clamp(Math.floor(at) + 1)];
  };
  for (let z = 0, i = 0; z < depth; z++)
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++, i++) {
        if (!isIn(trained.volume.palette[trained.volume.indices[i] ?? 0])) continue;
        for (const k of near(z, 0))
          for (const j of near(y, 1)) for (const l of near(x, 2)) kept.add(rankAt(k, j, l));
      }
  const meetsBox = (voxels: (typeof listed)[number]["box"]) =>
    [0, 1, 2].every(
      (axis) =>
        (voxels.last[axis] ?? 0) >= (box.first[axis] ?? 0) &&
        (voxels.first[axis] ?? 0) < (box.first[axis] ?? 0) + (box.shape[axis] ?? 0),
    );
  const hasInside = listed.some(({ box: its }) => meetsBox(its));
  return hasInside
    ? listed.flatMap(({ box: its }, rank) => (!kept.has(rank) && meetsBox(its) ? [rank] : []))
    : [...listed.keys()];
}

it("finds the components of a region that is gone, on the stored grid, largest first", () => {
  const shape: Triple = [4, 6, 12];
  const at = (z: number, y: number, x: number) => (z * shape[1] + y) * shape[2] + x;
  const labels = new Array(voxelCount(shape)).fill(0);
  labels[at(1, 1, 1)] = 2;
  labels[at(1, 3, 8)] = 2;
  labels[at(1, 3, 9)] = 2;
  const { places, regions, fractions } = placesOf(resampled(shape, labels, [2, 2, 2]));
  expect(regions.map(({ isGone }) => isGone)).toEqual([true, true, false, false, false]);
  expect(places.gone.every(({ isWhole }) => isWhole)).toBe(true);
  // Region 0 has label 2 too.
  expect(places.gone.map((place) => [place.channel, componentOf(place).voxels])).toEqual([
    [0, 2],
    [1, 2],
    [0, 1],
    [1, 1],
  ]);
  expect(places.gone[1] && voxelsOf(places.gone[1])).toEqual([at(1, 3, 8), at(1, 3, 9)]);
  expect(places.gone[1]?.grid.shape).toEqual(shape);
  expect([...fractions].sort((a, b) => a - b)).toEqual(fractions);
  expect(fractions.every((fraction) => fraction > 0 && fraction <= 1)).toBe(true);
});

it("finds regions that lie outside the box first, on the stored grid", () => {
  const shape: Triple = [4, 6, 12];
  const at = (z: number, y: number, x: number) => (z * shape[1] + y) * shape[2] + x;
  const labels = new Array(voxelCount(shape)).fill(0);
  for (const [label, voxel] of [
    [9, at(0, 0, 0)],
    [9, at(0, 5, 11)],
    [9, at(0, 4, 11)],
    [4, at(2, 3, 3)],
    [4, at(3, 5, 11)],
  ] as const)
    labels[voxel] = label;
  for (let x = 5; x < 9; x++) labels[at(3, 3, x)] = labels[at(3, 2, x)] = labels[at(2, 2, x)] = 4;
  const image = labels.map((_, i) => Number(i >= at(1, 0, 0)));
  const { places } = placesOf(resampled(shape, labels, [2, 2, 2], image));
  expect(
    places.gone.map((place) => [place.channel, componentOf(place).voxels, place.isWhole, place.isCropped]),
  ).toEqual([
    [4, 2, true, true],
    [4, 1, true, true],
    [2, 1, false, false],
    [2, 1, false, false],
  ]);
});

it("names the labels that meet at a gap, most frequent first", () => {
  const shape: Triple = [3, 3, 6];
  const labels = Array.from({ length: 54 }, (_, i) => {
    const [y, x] = [Math.floor(i / 6) % 3, i % 6];
    return 1 + Number(y > 0) + 2 * Number(x > 2);
  });
  const made = resampled(shape, labels, [1, 1.5, 2]);
  const { places } = placesOf(made);
  expect(made.its.trained.gapVoxels).toBeGreaterThan(0);
  for (const gap of places.gaps) expect([...gap.labels].sort()).toEqual([1, 2, 3, 4]);
});

it("tells background outside the nonzero mask from other background at a gap", () => {
  const shape: Triple = [3, 3, 6];
  const quarter = (i: number) => 2 * Number(Math.floor(i / 6) % 3 > 0) + Number(i % 6 > 2);
  const labels = Array.from({ length: 54 }, (_, i) => [1, 2, 3, 0][quarter(i)] ?? 0);
  const image = Array.from({ length: 54 }, (_, i) => Number(quarter(i) < 3 || i < 18));
  const gapsOf = (its: number[]) => placesOf(resampled(shape, labels, [1, 1.5, 2], its)).places.gaps;
  const [gap, ...others] = gapsOf(image);
  expect([...(gap?.labels ?? [])].sort((a, b) => a - b)).toEqual([-1, 0, 1, 2, 3]);
  expect([gap?.labels.slice(3), others]).toEqual([[0, OUTSIDE_MASK], []]);
  // An image that is zero everywhere has no mask to be outside of.
  expect(gapsOf(image.fill(0)).map(({ labels: met }) => met.at(-1))).toEqual([0]);
});
