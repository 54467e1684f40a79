/** Tests what labels come back as, and the suggested class orders. */
import { describe, expect, it } from "vitest";
import { definitionOf } from "../testing/definitions.ts";
import { type RegionSet, regionSetFromDefinition, regionSetFromMasks } from "./region-set.ts";
import { decidingRegions, decodedLabels, roundTrip } from "./round-trip.ts";
import { repairedOrder, suggestedOrder, suggestedSequence } from "./suggested-order.ts";

const set = (...args: Parameters<typeof definitionOf>): RegionSet =>
  regionSetFromDefinition(definitionOf(...args));
const labels = (...values: number[]) => values.map((value) => ({ value, voxels: 10 + value }));
const BRATS = { background: 0, whole: [1, 2, 3], core: [2, 3], enhancing: 3 };

describe("roundTrip", () => {
  it("restores nested regions, of which later ones overwrite earlier ones", () => {
    expect(roundTrip(set(BRATS, [1, 2, 3]), labels(0, 1, 2, 3))).toEqual({
      lossless: true,
      changedVoxels: 0,
      changes: [],
    });
  });

  it("lists the labels that change, with their voxels", () => {
    expect(roundTrip(set(BRATS, [2, 1, 3]), labels(0, 1, 2, 3))).toEqual({
      lossless: false,
      changedVoxels: 11 + 12,
      changes: [
        { from: 1, to: 2, voxels: 11 },
        { from: 2, to: 1, voxels: 12 },
      ],
    });
  });

  it("does not count background and ignore, and loses labels that are in no region, and -1", () => {
    const withIgnore = set({ ...BRATS, ignore: 4 }, [1, 2, 3]);
    expect(roundTrip(withIgnore, labels(-1, 0, 1, 4, 9)).changes).toEqual([
      { from: -1, to: 0, voxels: 9 },
      { from: 9, to: 0, voxels: 19 },
    ]);
    const defined = set({ background: 0, a: -1, b: 1 });
    expect(roundTrip(defined, labels(-1, 1)).changes).toEqual([{ from: -1, to: 0, voxels: 9 }]);
  });

  it("ignores entries of the class order that are not whole numbers", () => {
    expect(roundTrip(set(BRATS, [1, [2, 3], 3]), labels(1, 2, 3)).changes).toEqual([
      { from: 2, to: 1, voxels: 12 },
    ]);
  });

  it("keeps labels trained as labels, and loses those not defined", () => {
    const plain = set({ background: 0, a: [1], b: 5 });
    expect(roundTrip(plain, labels(0, 1, 5, 6)).changes).toEqual([{ from: 6, to: 0, voxels: 16 }]);
  });

  it("is lossless for masks", () => {
    expect(roundTrip(regionSetFromMasks(["a"]), []).lossless).toBe(true);
  });
});

describe("decodedLabels, decidingRegions", () => {
  const wrong = set({ ...BRATS, ignore: 4 }, [2, 1, 3]);

  it("give the label that each label is decoded as, and the region that decides it", () => {
    expect([...decodedLabels(wrong)].sort()).toEqual([
      [1, 2],
      [2, 1],
      [3, 3],
    ]);
    expect([...decidingRegions(wrong)].map(([label, region]) => [label, region.name]).sort()).toEqual([
      [1, "whole"],
      [2, "core"],
      [3, "enhancing"],
    ]);
  });
});

describe("suggestedOrder", () => {
  it("gives each region its lowest label that later regions do not contain", () => {
    expect(suggestedOrder(set(BRATS, null))).toEqual([1, 2, 3]);
    expect(
      suggestedOrder(definitionOf({ background: 0, a: [1, 2, 3, 4], b: [1, 2, 3], c: 1 }, [1, 2, 3])),
    ).toEqual([4, 2, 1]);
  });

  it("gives a region that later regions make up its own lowest label", () => {
    expect(suggestedOrder(set({ background: 0, whole: [1, 2], a: [1], b: [2] }, null))).toEqual([1, 1, 2]);
  });

  it("is null if a child comes before its parent, which suggestedSequence then puts first", () => {
    const reversed = set({ background: 0, enhancing: 3, core: [2, 3], whole: [1, 2, 3] }, [1, 2, 3]);
    expect(suggestedOrder(reversed)).toBeNull();
    expect(suggestedSequence(reversed)).toEqual({ names: ["whole", "core", "enhancing"], order: [1, 2, 3] });
  });

  it("suggestedSequence moves, and repairedOrder changes, no more than necessary", () => {
    const labels = { background: 0, x: 5, enhancing: 3, core: [2, 3], y: [6, 7], whole: [1, 2, 3] };
    expect(suggestedSequence(set(labels, [5, 3, 2, 7, 1]))).toEqual({
      names: ["x", "whole", "core", "enhancing", "y"],
      order: [5, 1, 2, 3, 7],
    });
    const pair = set({ background: 0, both: [1, 2], c: 3 }, [2, 1]);
    expect([repairedOrder(pair), suggestedOrder(pair)]).toEqual([
      [2, 3],
      [1, 3],
    ]);
    const madeUp = set({ background: 0, whole: [1, 2], a: [1], b: [2] }, [9, 1, 2]);
    expect(repairedOrder(madeUp)).toEqual([1, 1, 2]);
  });

  it("is null for labels and masks, as is suggestedSequence for equal regions", () => {
    expect(suggestedOrder(set({ background: 0, a: 1 }))).toBeNull();
    expect(suggestedOrder(regionSetFromMasks(["a"]))).toBeNull();
    expect(suggestedSequence(set({ background: 0, a: [1, 2], b: [2, 1] }, [1, 2]))).toBeNull();
  });
});
