/** Tests the metrics of predicted regions against all pairs of voxels, numpy and scipy. */
import { describe, expect, it } from "vitest";
import { randomFrom } from "../../base/random.ts";
import type { Region } from "../dataset/region-set.ts";
import { type Triple, voxelCount } from "../geometry/grid.ts";
import { bruteForceMetrics } from "../testing/brute-force-metrics.ts";
import { ODD_SHAPES } from "../testing/odd-shapes.ts";
import { TO_WORLD } from "../testing/small-case.ts";
import { volumeFromLabels } from "../volume/volume-from-labels.ts";
import { type RegionMetrics, regionMetrics } from "./region-metrics.ts";

const regionOf = (labels: readonly number[], ignore = false): Region => ({
  name: ignore ? "ignore" : labels.join(" "),
  labels,
  classOrder: null,
  ignore,
});
/** The last lists a label twice, and one that no volume has. */
const REGIONS = [[1, 2, 3], [1], [2, 3], [9], [3, 3, 8]].map((labels) => regionOf(labels));
const IGNORE = regionOf([4], true);
const ANISOTROPIC: Triple = [2.5, 0.7, 0.31];

interface Side {
  readonly shape: Triple;
  readonly values: ArrayLike<number>;
}

function measure(
  { shape, values }: Side,
  predicted: ArrayLike<number>,
  regions: readonly Region[],
  spacing: Triple = [1, 1, 1],
  toleranceMm = 1,
): RegionMetrics[] {
  const volume = (labels: ArrayLike<number>) => volumeFromLabels({ shape, toWorld: TO_WORLD }, labels);
  return regionMetrics({
    reference: volume(values),
    predicted: volume(predicted),
    regions,
    spacing,
    toleranceMm,
  });
}

/** The one region of label 1. */
function measureOne(...[side, predicted, spacing, toleranceMm]: [Side, ArrayLike<number>, Triple?, number?]) {
  const [metrics] = measure(side, predicted, [regionOf([1])], spacing, toleranceMm);
  if (!metrics) throw new Error("a region has metrics");
  return metrics;
}

function expectEqual(found: RegionMetrics | undefined, expected: RegionMetrics): void {
  const { hd95, nsd, ...counts } = expected;
  expect(found).toMatchObject(counts);
  for (const [name, value] of Object.entries({ hd95, nsd })) {
    const own = found?.[name as "hd95" | "nsd"];
    if (value === null) expect(own).toBeNull();
    else expect(own, name).toBeCloseTo(value, 9);
  }
}

const zeros = (shape: Triple) => new Uint8Array(voxelCount(shape));

/** Labels 0 to 4 in runs, and for the prediction the same with changes here and there. */
function randomSides(shape: Triple, density: number, seed: number) {
  const random = randomFrom(seed);
  let label = 0;
  const reference = zeros(shape).map(() => {
    if (random() < 0.5) label = random() < density ? 1 + Math.floor(random() * 4) : 0;
    return label;
  });
  const predicted = reference.map((value) => {
    if (random() < 0.3) label = random() < density ? 1 + Math.floor(random() * 4) : 0;
    return random() < 0.3 ? label : value;
  });
  return { reference, predicted };
}

describe("metrics of regions", () => {
  const cases = [...ODD_SHAPES, [9, 12, 33] as const].flatMap((shape) =>
    [0.02, 0.4, 0.97].map((density, i) => [shape, density, i + 1] as const),
  );

  it.each(cases)("equal those of all pairs: %j, density %d", (shape, density, seed) => {
    const { reference, predicted } = randomSides(shape, density, seed);
    for (const ignore of [false, true]) {
      const found = measure(
        { shape, values: reference },
        predicted,
        [...REGIONS, ...(ignore ? [IGNORE] : [])],
        ANISOTROPIC,
        0.8,
      );
      expect(found.length).toBe(REGIONS.length);
      for (const [r, { labels }] of REGIONS.entries()) {
        const maskOf = (values: Uint8Array) =>
          values.map((value, i) => Number(labels.includes(value) && !(ignore && reference[i] === 4)));
        const [a, b] = [maskOf(reference), maskOf(predicted)];
        expectEqual(found[r], bruteForceMetrics(a, b, shape, ANISOTROPIC, 0.8));
      }
    }
  });

  // scipy 1.17.1: binary_erosion, distance_transform_edt, label with 26 neighbours; numpy.percentile.
  it.each([
    [[2.5, 0.7, 0.31], 0.8, 3.492506263416001, 1813, 54.981164047335334],
    [[1, 1, 1], 1, 3.1622776601683795, 1816, 48.093658625644196],
    [[0.5, 0.8, 5], 2, 5.617828762075256, 3144, 171.55943576498495],
  ] as const)(
    "equal scipy's at a spacing of %j, tolerance %d mm",
    (spacing, toleranceMm, hd95, near, farHd95) => {
      const shape: Triple = [30, 40, 50];
      const ellipsoids = (...list: readonly (readonly [Triple, Triple])[]) =>
        zeros(shape).map((_, i) => {
          const voxel: Triple = [Math.floor(i / 2000), Math.floor(i / 50) % 40, i % 50];
          const within = ([centre, radii]: readonly [Triple, Triple]) =>
            voxel.reduce(
              (sum, at, axis) => sum + ((at - (centre[axis] ?? 0)) / (radii[axis] ?? 1)) ** 2,
              0,
            ) <= 1;
          return Number(list.some(within));
        });
      const reference = ellipsoids(
        [
          [14, 19, 22],
          [9, 14, 17],
        ],
        [
          [26, 35, 45],
          [2, 3, 3],
        ],
      );
      const predicted = ellipsoids(
        [
          [15, 21, 20],
          [8, 15, 16],
        ],
        [
          [3, 4, 5],
          [2, 2, 3],
        ],
      );
      const found = measureOne({ shape, values: reference }, predicted, spacing, toleranceMm);
      expect(found).toMatchObject({ referenceVoxels: 8998, predictedVoxels: 8042, commonVoxels: 6990 });
      expect(found).toMatchObject({ referenceComponents: 2, hits: 1, falseComponents: 1 });
      expect(found.dice).toBeCloseTo((2 * 6990) / (8998 + 8042), 12);
      expect(found.hd95).toBeCloseTo(hd95, 10);
      expect(found.nsd).toBeCloseTo(near / 3604, 12);

      const apart = [
        ellipsoids([
          [4, 6, 7],
          [4, 6, 7],
        ]),
        ellipsoids([
          [25, 33, 42],
          [4, 6, 7],
        ]),
      ] as const;
      const far = measureOne({ shape, values: apart[0] }, apart[1], spacing, toleranceMm);
      expect(far).toMatchObject({ referenceVoxels: 671, predictedVoxels: 671, dice: 0, nsd: 0 });
      expect(far).toMatchObject({ referenceComponents: 1, hits: 0, falseComponents: 1 });
      expect(far.hd95).toBeCloseTo(farHd95, 10);
    },
  );

  it("are null where nothing is to be found, and nothing is found", () => {
    const shape: Triple = [2, 3, 4];
    expect(measureOne({ shape, values: zeros(shape) }, zeros(shape))).toEqual({
      referenceVoxels: 0,
      predictedVoxels: 0,
      commonVoxels: 0,
      dice: null,
      hd95: null,
      nsd: null,
      hits: 0,
      referenceComponents: 0,
      falseComponents: 0,
    });
  });

  it("have no distance where one side is empty", () => {
    const shape: Triple = [2, 3, 4];
    const some = zeros(shape).fill(1, 3, 5).fill(1, 20);
    expect(measureOne({ shape, values: some }, zeros(shape))).toEqual({
      referenceVoxels: 6,
      predictedVoxels: 0,
      commonVoxels: 0,
      dice: 0,
      hd95: null,
      nsd: 0,
      hits: 0,
      referenceComponents: 2,
      falseComponents: 0,
    });
    expect(measureOne({ shape, values: zeros(shape) }, some)).toMatchObject({
      dice: 0,
      hd95: null,
      nsd: 0,
      falseComponents: 2,
    });
  });

  it("measure from the centres of two voxels", () => {
    const shape: Triple = [3, 4, 5];
    const [one, other] = [zeros(shape), zeros(shape)];
    one[0] = 1;
    other[voxelCount(shape) - 1] = 1;
    // (2 · 3)² + (3 · 2)² + (4 · 0.5)² = 76
    const found = measureOne({ shape, values: one }, other, [3, 2, 0.5], 8.7);
    expect(found).toMatchObject({ dice: 0, nsd: 0, hits: 0, referenceComponents: 1, falseComponents: 1 });
    expect(found.hd95).toBeCloseTo(Math.sqrt(76), 12);
    expect(measureOne({ shape, values: one }, other, [3, 2, 0.5], 8.72).nsd).toBe(1);
  });

  it("equal 1 and 0 for a volume that is all region", () => {
    const shape: Triple = [4, 5, 6];
    const full = zeros(shape).fill(1);
    expect(measureOne({ shape, values: full }, full, ANISOTROPIC, 0)).toMatchObject({
      dice: 1,
      hd95: 0,
      nsd: 1,
      hits: 1,
      falseComponents: 0,
    });
  });

  it("count a step of float32 spacing as within the tolerance that was meant", () => {
    const shape: Triple = [1, 1, 6];
    const [one, other] = [Uint8Array.of(1, 1, 0, 0, 0, 0), Uint8Array.of(0, 1, 1, 0, 0, 0)];
    const spacing = Math.fround(0.8);
    expect(spacing).toBeGreaterThan(0.8);
    expect(measureOne({ shape, values: one }, other, [1, 1, spacing], 0.8).nsd).toBe(1);
    expect(measureOne({ shape, values: one }, other, [1, 1, spacing], 0.79).nsd).toBe(0.5);
  });

  it("leave out what the reference ignores, and not what the prediction ignores", () => {
    const shape: Triple = [1, 1, 8];
    const reference = Uint8Array.of(1, 1, 4, 4, 0, 1, 0, 0);
    const predicted = Uint8Array.of(1, 4, 1, 1, 1, 1, 0, 0);
    const [metrics, ...more] = measure({ shape, values: reference }, predicted, [regionOf([1]), IGNORE]);
    expect(more).toEqual([]);
    expect(metrics).toMatchObject({ referenceVoxels: 3, predictedVoxels: 3, commonVoxels: 2, dice: 4 / 6 });
    expect(metrics).toMatchObject({ referenceComponents: 2, hits: 2, falseComponents: 0 });
    expect(
      measure({ shape, values: zeros(shape).fill(4) }, predicted, [regionOf([1]), IGNORE]),
    ).toMatchObject([{ referenceVoxels: 0, predictedVoxels: 0, dice: null }]);
  });

  it("refuse volumes of different shapes, and a spacing that is none", () => {
    const labels = (shape: Triple) => volumeFromLabels({ shape, toWorld: TO_WORLD }, zeros(shape));
    const [reference, predicted] = [labels([2, 3, 4]), labels([2, 4, 3])];
    const [regions, toleranceMm] = [[regionOf([1])], 1];
    const spacing: Triple = [1, 1, 1];
    expect(() => regionMetrics({ reference, predicted, regions, spacing, toleranceMm })).toThrow(
      "cannot compare volumes of 2×3×4 and 2×4×3 voxels",
    );
    for (const wrong of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
      const sides = { reference, predicted: reference, regions, toleranceMm };
      expect(() => regionMetrics({ ...sides, spacing: [1, wrong, 1] })).toThrow("with a spacing of 1, ");
    }
  });
});
