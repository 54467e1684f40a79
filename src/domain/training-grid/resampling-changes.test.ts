/** Tests what resampling changed against a comparison voxel by voxel, over odd shapes and ratios. */
import { describe, expect, it } from "vitest";
import { randomFrom } from "../../base/random.ts";
import { regionTable } from "../dataset/region-table.ts";
import { type Triple, voxelCount } from "../geometry/grid.ts";
import { finish } from "../testing/finish.ts";
import { nonzeroMaskOf } from "../testing/nonzero-mask-of.ts";
import { ODD_SHAPES } from "../testing/odd-shapes.ts";
import { plainChanges } from "../testing/plain-changes.ts";
import { TO_WORLD } from "../testing/small-case.ts";
import { volumeFromLabels } from "../volume/volume-from-labels.ts";
import { plainCrop, plainNonzero, plainResample } from "./plain.ts";
import { DEFAULT_SEG_RESAMPLING } from "./resampling.ts";
import { type ResampledCase, resamplingChanges } from "./resampling-changes.ts";
import { resamplingGaps } from "./resampling-gaps.ts";
import { trainingGrid } from "./training-grid.ts";

const RATIOS = [0.3, 0.5, 2 / 3, 0.8, 1, 1.37, 1.5, 2, 4];
/** Labels of the regions: two overlap, one has the background, one no voxels. */
const REGIONS = [[1, 2, 3], [2], [3, 4], [0, 5], [9]];

const regions = (lists: readonly (readonly number[])[]) =>
  lists.map((labels, i) => ({ name: `${i}`, labels, classOrder: null, ignore: false }));

interface Options {
  readonly shape: Triple;
  readonly labels: ArrayLike<number>;
  readonly image?: ArrayLike<number>;
  readonly plansSpacing: Triple;
  readonly kwargs?: Readonly<Record<string, unknown>>;
}

/** Makes the training grid of voxels of 1 mm. */
function resampled({ shape, labels, image, plansSpacing, kwargs }: Options): ResampledCase | null {
  const volume = volumeFromLabels({ shape, toWorld: TO_WORLD }, labels);
  const mask = image ? nonzeroMaskOf(shape, [image]) : null;
  const resampling = {
    ...DEFAULT_SEG_RESAMPLING,
    kwargs: { ...DEFAULT_SEG_RESAMPLING.kwargs, ...kwargs },
  };
  const trained = finish(trainingGrid({ volume, spacing: [1, 1, 1], mask, plansSpacing, resampling }));
  return trained.kind === "refused" ? null : { stored: { volume, mask }, trained };
}

function changesOf(its: ResampledCase, lists: readonly (readonly number[])[]) {
  const stored = regionTable(its.stored.volume.palette, regions(lists));
  const trained = regionTable(its.trained.volume.palette, regions(lists));
  return finish(resamplingChanges(its, { stored, trained }));
}

/** One bit per training voxel: no label reaches one half there. */
function plainGaps({ shape, labels, image }: Options, { trained }: ResampledCase): boolean[] {
  const values = Float64Array.from(labels);
  const nonzero = image
    ? plainNonzero([{ shape, values: Float64Array.from(image) }], shape)
    : { shape, values: values.map(() => 1) };
  const { cropped } = plainCrop({ shape, values }, nonzero);
  // No label is 0 now, so that 0 is only where none is written.
  const shifted = { ...cropped, values: cropped.values.map((label) => label + 100) };
  return Array.from(plainResample(shifted, trained.resampling).values, (value) => value === 0);
}

const bitsOf = (bits: Uint32Array, n: number) =>
  Array.from({ length: n }, (_, i) => (((bits[i >>> 5] ?? 0) >>> (i & 31)) & 1) === 1);

describe.each([
  [0, null],
  [1, null],
  [1, true],
  [3, null],
] as const)("order %i, force_separate_z %o", (order, force_separate_z) => {
  it.each(ODD_SHAPES)("agrees with the plain comparison on %i × %i × %i voxels", (...shape) => {
    const random = randomFrom(voxelCount(shape) + order);
    const one = () => RATIOS[Math.floor(random() * RATIOS.length)] ?? 1;
    for (let round = 0; round < (order === 3 ? 2 : 6); round++) {
      const voxels = Array.from({ length: voxelCount(shape) });
      let label = 0;
      const options: Options = {
        shape,
        labels: voxels.map(() => {
          if (random() < 0.5) label = Math.floor(random() * 6);
          return label;
        }),
        image: voxels.map(() => Number(random() < 0.1)),
        plansSpacing: [one(), one(), one()],
        kwargs: { order, force_separate_z, order_z: round % 2 },
      };
      const its = resampled(round % 3 === 2 ? { ...options, image: voxels.map(() => 1) } : options);
      if (its === null || its.trained.uncropped !== null) continue;
      const compared = round % 3 === 2 ? { ...options, image: voxels.map(() => 1) } : options;
      const gaps = plainGaps(compared, its);
      const { regions: changes, gapsInRegions } = changesOf(its, REGIONS);
      const { bits } = finish(resamplingGaps(its));
      expect(bitsOf(bits, gaps.length)).toEqual(gaps);
      expect(gaps.filter((gap) => gap)).toHaveLength(its.trained.gapVoxels);
      // Every label is in a region; without those of 0 and 5, regions 0 and 1 share label 2.
      expect(gapsInRegions).toBe(its.trained.gapVoxels);
      const apart = changesOf(its, [[1, 2, 3], [2], [4]]);
      expect(apart.gapsInRegions).toBe((apart.regions[0]?.gaps ?? 0) + (apart.regions[2]?.gaps ?? 0));
      for (const [channel, labels] of REGIONS.entries()) {
        const { isGone, ...counts } = changes[channel] ?? { isGone: null };
        const { stored, trained } = its;
        expect(counts, JSON.stringify(options.plansSpacing)).toEqual(
          plainChanges(stored.volume, trained.box, trained.volume, (i) => gaps[i] ?? false, labels),
        );
        expect(isGone).toBe("inside" in counts && counts.inside > 0 && counts.trained === 0);
      }
    }
  });
});

/** A voxel of label 1 alone in background, and half of the volume label 2. */
const SPECK: Options = {
  shape: [4, 4, 8],
  labels: Array.from({ length: 128 }, (_, i) => (i === 42 ? 1 : i % 8 > 3 ? 2 : 0)),
  plansSpacing: [2, 2, 2],
};

describe("labels that resampling leaves nothing of", () => {
  it("are listed, with the regions that lose all of theirs", () => {
    const its = resampled(SPECK);
    const { regions: changes, labelsGone } = its
      ? changesOf(its, [[1], [1, 2], [2]])
      : { regions: [], labelsGone: null };
    expect(labelsGone).toEqual([1]);
    expect(changes.map(({ inside, trained, isGone }) => ({ inside, trained, isGone }))).toEqual([
      { inside: 1, trained: 0, isGone: true },
      { inside: 65, trained: 8, isGone: false },
      { inside: 64, trained: 8, isGone: false },
    ]);
  });

  it("are not those that a cast gives another number, nor those that cropping cuts off", () => {
    const cast = resampled({ ...SPECK, labels: [...Array(64).fill(40_000), ...Array(64).fill(0)] });
    expect(cast && changesOf(cast, [[40_000]])).toMatchObject({
      regions: [{ inside: 64, trained: 0, isGone: false }],
      labelsGone: [],
    });
    const image = Array.from({ length: 128 }, (_, i) => Number(i >= 64));
    const cut = resampled({ ...SPECK, image, plansSpacing: [1, 1, 1] });
    expect(cut && changesOf(cut, [[1]])).toMatchObject({
      regions: [{ inside: 0, outside: 1, trained: 0, dice: null, isGone: false }],
      labelsGone: [],
    });
  });
});

describe("resampling gaps", () => {
  /** Columns of four labels meet along the middle of the last axis. */
  const FOUR: Options = {
    shape: [3, 3, 6],
    labels: Array.from({ length: 54 }, (_, i) => {
      const [y, x] = [Math.floor(i / 6) % 3, i % 6];
      return 1 + Number(y > 0) + 2 * Number(x > 2);
    }),
    plansSpacing: [1, 1.5, 2],
  };

  it("come as components with their boxes", () => {
    const its = resampled(FOUR);
    if (!its) throw new Error("refused");
    const { components, bits } = finish(resamplingGaps(its));
    const voxels = components.listed.reduce((sum, component) => sum + component.voxels, 0);
    expect(voxels).toBe(its.trained.gapVoxels);
    expect(voxels).toBeGreaterThan(0);
    for (const { box, example } of components.listed) {
      const [z, y, x] = example;
      const { shape } = its.trained.volume.grid;
      expect(bitsOf(bits, voxelCount(shape))[(z * shape[1] + y) * shape[2] + x]).toBe(true);
      expect(example.every((i, axis) => i >= (box.first[axis] ?? 0) && i <= (box.last[axis] ?? 0))).toBe(
        true,
      );
    }
    const { regions: changes } = changesOf(its, [[1, 2, 3, 4]]);
    expect(changes[0]).toMatchObject({ lost: voxels, gaps: voxels });
  });

  it("are not looked for where the training grid has none", () => {
    const its = resampled({ ...FOUR, plansSpacing: [1, 1, 1] });
    if (!its) throw new Error("refused");
    expect([...resamplingGaps(its)]).toEqual([]);
    expect(finish(resamplingGaps(its)).components.listed).toEqual([]);
  });
});

it("yields ascending fractions", () => {
  const its = resampled({ ...SPECK, image: Array.from({ length: 128 }, (_, i) => Number(i > 40)) });
  if (!its) throw new Error("refused");
  const table = (palette: Float64Array) => regionTable(palette, regions(REGIONS));
  const tables = { stored: table(its.stored.volume.palette), trained: table(its.trained.volume.palette) };
  const fractions = [...resamplingChanges(its, tables)];
  expect([...fractions].sort((a, b) => a - b)).toEqual(fractions);
  expect(fractions.every((fraction) => fraction > 0 && fraction <= 1)).toBe(true);
});
