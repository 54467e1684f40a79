/** Tests the shares of patches against every draw of the loader. */
import { describe, expect, it } from "vitest";
import { randomFrom } from "../../base/random.ts";
import { inTimeSlices } from "../../base/time-slice.ts";
import { regionSetFromDefinition, regionSetFromMasks } from "../dataset/region-set.ts";
import { regionTable } from "../dataset/region-table.ts";
import ORACLE from "../fixtures/patches/shares.json" with { type: "json" };
import { type Triple, voxelCount } from "../geometry/grid.ts";
import { scalesOf } from "../targets/deep-supervision.ts";
import { patchTargets } from "../targets/patch.ts";
import { type PoolingRule, patchCells } from "../targets/pooling.ts";
import { downsample, encodeWords } from "../targets/reference.ts";
import { type LoaderCase, loaderDraws } from "../testing/loader-draws.ts";
import { poolWords } from "../testing/pool-words.ts";
import { definitionOf, stackOf, volumeOf } from "../testing/small-case.ts";
import { trainedOrigins } from "./loader.ts";
import { type PatchShares, type PatchSharesInput, patchShares } from "./patch-shares.ts";

const HALVING: readonly Triple[] = [
  [1, 1, 1],
  [2, 2, 2],
  [2, 2, 2],
  [2, 2, 2],
];

const DEFAULTS = { is2d: false, batchSize: 2, strides: HALVING, mode: "nearest-exact" } as const;

const ENTRIES = {
  overlapping: { background: 0, whole: [1, 2, 3], core: [2, 3], rest: 1, absent: [7, 8] },
  labels: { background: 0, a: 3, b: 1, c: 2, absent: 9 },
  ignored: { background: 0, whole: [1, 2], core: [2], ignore: 3 },
  "ignored labels": { background: 0, a: 1, b: 2, ignore: 3 },
  "only ignored": { background: 0, a: 7, b: 8, ignore: 1 },
  background: { background: 0, most: [0, 1], core: [2, 3] },
  "listed twice": { background: 0, twice: [2, 1, 1], same: [2, 1, 1], core: 2 },
} as const;

/** Mostly 0, and -1 at the first voxels, as outside the nonzero mask. */
function randomLabels(shape: Triple, density: number, seed: number): number[] {
  const random = randomFrom(seed);
  return Array.from({ length: voxelCount(shape) }, (_, i) => {
    if (random() < density) return 1 + Math.floor(random() * 3);
    return i < shape[2] * 2 ? -1 : 0;
  });
}

function inputOf(given: LoaderCase): PatchSharesInput {
  const set = regionSetFromDefinition(definitionOf(given.entries, null));
  const volume = volumeOf(given.shape, given.labels);
  return {
    ...given,
    source: { kind: "labels", volume },
    table: regionTable(volume.palette, set.regions),
    set,
  };
}

function finished(input: PatchSharesInput): PatchShares {
  const steps = patchShares(input);
  for (let step = steps.next(); ; step = steps.next()) if (step.done) return step.value;
}

function expectEveryDraw(given: LoaderCase): void {
  const wanted = loaderDraws(given);
  const { regions } = finished(inputOf(given));
  expect(regions.map(({ inPatch }) => inPatch)).toEqual(wanted.inPatch.map(near));
  expect(regions.map(({ gone }) => gone)).toEqual(wanted.gone.map((scales) => scales.map(near)));
}

/** Sums of thousands of probabilities differ in the last digits. */
const near = (value: number): unknown => expect.closeTo(value, 10);

describe("shares equal every draw of the loader", () => {
  const sizes: readonly (readonly [Triple, Triple])[] = [
    [
      [7, 8, 9],
      [4, 6, 5],
    ],
    [
      [5, 9, 6],
      [8, 4, 4],
    ],
    [
      [3, 4, 5],
      [6, 7, 8],
    ],
    [
      [2, 10, 9],
      [1, 4, 6],
    ],
    [
      [6, 1, 11],
      [2, 2, 7],
    ],
  ];
  for (const [name, entries] of Object.entries(ENTRIES))
    it.each(sizes)(`${name}, %o by patches of %o`, (shape, patchSize) => {
      for (const density of [0.02, 0.3]) {
        const labels = randomLabels(shape, density, 3);
        expectEveryDraw({ ...DEFAULTS, entries, labels, shape, patchSize });
      }
    });

  it.each([1, 2, 3, 5, 9])("in batches of %i", (batchSize) => {
    const shape: Triple = [6, 7, 8];
    const labels = randomLabels(shape, 0.04, batchSize);
    for (const entries of [ENTRIES.overlapping, ENTRIES.ignored])
      expectEveryDraw({ ...DEFAULTS, entries, labels, shape, patchSize: [4, 4, 4], batchSize });
  });

  it("where nothing is annotated, or nothing at all", () => {
    const shape: Triple = [4, 5, 6];
    const entries = ENTRIES["only ignored"];
    for (const label of [0, 1])
      expectEveryDraw({
        ...DEFAULTS,
        entries,
        labels: Array(voxelCount(shape)).fill(label) as number[],
        shape,
        patchSize: [3, 3, 3],
      });
  });

  it("of 2D patches", () => {
    const shape: Triple = [4, 9, 8];
    for (const patchSize of [
      [1, 5, 5],
      [1, 3, 8],
      [1, 12, 6],
    ] satisfies Triple[])
      expectEveryDraw({
        ...DEFAULTS,
        entries: ENTRIES.overlapping,
        labels: randomLabels(shape, 0.05, 8),
        shape,
        patchSize,
        is2d: true,
        strides: [
          [1, 1, 1],
          [1, 2, 2],
          [1, 2, 2],
        ],
      });
  });

  it("over random shapes, patches and strides", () => {
    const random = randomFrom(17);
    const from = (low: number, high: number) => low + Math.floor(random() * (high - low + 1));
    const three = (low: number, high: number): Triple => [from(low, high), from(low, high), from(low, high)];
    const all = Object.values(ENTRIES);
    for (let i = 0; i < 60; i++) {
      const shape = three(1, 9);
      expectEveryDraw({
        labels: randomLabels(shape, random() * 0.3, i),
        shape,
        entries: all[i % all.length] ?? ENTRIES.labels,
        patchSize: three(2, 9),
        is2d: false,
        batchSize: from(1, 9),
        strides: [three(1, 1), three(1, 3), three(1, 3), three(1, 2), three(2, 2)],
        mode: i % 2 === 0 ? "nearest-exact" : "resize-segmentation",
      });
    }
  });

  it("with rows of several words", () => {
    const shape: Triple = [2, 3, 75];
    for (const patchSize of [
      [1, 2, 40],
      [1, 2, 33],
    ] satisfies Triple[])
      expectEveryDraw({
        ...DEFAULTS,
        entries: ENTRIES.overlapping,
        labels: randomLabels(shape, 0.01, 5),
        shape,
        patchSize,
        strides: [
          [1, 1, 1],
          [1, 1, 4],
          [1, 1, 3],
          [1, 1, 2],
        ],
      });
  });
});

describe("shares equal those of nnU-Net's own code", () => {
  it.each(ORACLE.cases.map((made, i) => ({ made, i })))("in case $i", ({ made }) => {
    const entries = made.entries as unknown as LoaderCase["entries"];
    const { shape, patchSize, strides } = made as unknown as Pick<
      LoaderCase,
      "shape" | "patchSize" | "strides"
    >;
    const given = { ...made, entries, shape, patchSize, strides, mode: "nearest-exact" } as const;
    const { regions } = finished(inputOf(given));
    expect(regions.map(({ inPatch }) => inPatch)).toEqual(made.inPatch.map(near));
    expect(regions.map(({ gone }) => gone)).toEqual(made.gone.map((scales) => scales.map(near)));
  });
});

describe("shares with pooling", () => {
  const shape: Triple = [6, 9, 11];
  const size: Triple = [4, 7, 9];
  const strides: readonly Triple[] = [
    [1, 1, 1],
    [1, 2, 2],
    [2, 1, 2],
    [2, 2, 2],
  ];
  const mode = "nearest-exact";

  it.each(["any", "all", "majority"] satisfies PoolingRule[])(
    "equal pooling of every patch: %s",
    (pooling) => {
      for (const density of [0.03, 0.5]) {
        const labels = randomLabels(shape, density, 12);
        // A batch of one has no patch with foreground.
        const given = {
          labels,
          shape,
          entries: ENTRIES.overlapping,
          patchSize: size,
          is2d: false,
          batchSize: 1,
        };
        const input = { ...inputOf({ ...given, strides, mode }), pooling };
        const { regions, scales, loadedSize, patchSamples } = finished(input);
        if (input.source.kind !== "labels" || !input.table) throw new Error("no labels");
        const words = encodeWords(input.source.volume, input.table);
        const { first, last } = trainedOrigins(shape, size, loadedSize);
        const counts = regions.map(() => [0, ...scales.map(() => 0)]);
        const add = (at: number, found: Uint32Array) => {
          const all = found.reduce((a, b) => a | b, 0);
          for (const [c, list] of counts.entries()) list[at] = (list[at] ?? 0) + ((all >>> c) & 1);
        };
        for (let z = first[0]; z <= last[0]; z++)
          for (let y = first[1]; y <= last[1]; y++)
            for (let x = first[2]; x <= last[2]; x++) {
              const patch = { origin: [z, y, x] as const, size };
              const [whole] = patchTargets(shape, patch, [[1, 1, 1]], mode).tables;
              if (whole) add(0, downsample(words, shape, whole));
              for (const [s, scale] of scales.entries())
                add(s + 1, poolWords(words, shape, patchCells(shape, patch, scale, mode), pooling));
            }
        for (const [c, [whole = 0, ...kept]] of counts.entries()) {
          expect(regions[c]?.inPatch).toBe(whole / patchSamples.anywhere);
          expect(regions[c]?.gone).toEqual(kept.map((count) => (whole - count) / patchSamples.anywhere));
        }
      }
    },
  );
});

describe("shares", () => {
  const shape: Triple = [6, 7, 8];
  const given = { ...DEFAULTS, labels: randomLabels(shape, 0.1, 6), shape, patchSize: [4, 4, 4] } as const;

  it("name the patch samples that they are taken over", () => {
    const labelled = (label: number) => given.labels.filter((other) => other === label).length;
    const [ones, twos, threes] = [labelled(1), labelled(2), labelled(3)];
    const all = finished(inputOf({ ...given, entries: ENTRIES.overlapping }));
    // 4 / 0.85 after rotation by 30 degrees: 6 voxels, one more on each side.
    expect(all.loadedSize).toEqual([6, 6, 6]);
    expect(all.foregroundShare).toBe(0.5);
    expect(all.patchSamples).toEqual({
      anywhere: 3 * 4 * 5,
      foreground: 2 * (ones + twos + threes),
      annotated: null,
    });
    const ignored = finished(inputOf({ ...given, entries: ENTRIES.ignored }));
    expect(ignored.patchSamples.annotated).toBe(voxelCount(shape) - threes);
  });

  it("of what every patch has are exactly 1", () => {
    const entries = Object.fromEntries(Array.from({ length: 12 }, (_, i) => [i ? `l${i}` : "background", i]));
    const labels = Array.from({ length: voxelCount(shape) }, (_, i) => i % 12);
    for (let batchSize = 1; batchSize < 12; batchSize++) {
      const all = finished(inputOf({ ...given, entries, labels, patchSize: [9, 9, 9], batchSize }));
      expect(all.regions.map(({ inPatch }) => inPatch)).toEqual(Array(11).fill(1));
    }
  });

  it("of masks are those of labels", () => {
    const labels = finished(
      inputOf({ ...given, entries: { background: 0, a: [1, 2, 3], b: [2, 3], c: [7, 8] } }),
    );
    const mask = (list: readonly number[]) => given.labels.map((label) => Number(list.includes(label)));
    const stack = stackOf(shape, { a: mask([1, 2, 3]), b: mask([2, 3]), c: mask([]) });
    const set = regionSetFromMasks(stack.names);
    const masks = finished({ ...given, source: { kind: "masks", stack }, table: null, set });
    expect(masks).toEqual(labels);
  });

  it("carry the loss weights, and count scales without one like the others", () => {
    const entries = ENTRIES.labels;
    const { scales, regions } = finished(
      inputOf({ ...given, entries, labels: randomLabels(shape, 0.01, 2) }),
    );
    expect(scales).toEqual(scalesOf([4, 4, 4], HALVING));
    expect(scales.at(-1)?.lossWeight).toBe(0);
    expect(regions[0]?.gone.at(-1)).toBeGreaterThan(0);
  });

  it("lose everything at a scale that collapses", () => {
    const { regions } = finished(inputOf({ ...given, entries: ENTRIES.labels, patchSize: [1, 4, 4] }));
    for (const { inPatch, gone } of regions) expect(gone.at(-1)).toBe(inPatch);
  });

  it("report progress that never goes back", async () => {
    const seen: number[] = [];
    await inTimeSlices(patchShares(inputOf({ ...given, entries: ENTRIES.overlapping })), {
      sliceMs: 0,
      onSlice: ({ fraction }) => seen.push(fraction),
    });
    expect(seen.length).toBeGreaterThan(20);
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    expect(seen.at(-1)).toBeLessThan(1);
  });
});
