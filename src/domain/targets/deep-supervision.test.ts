/** Tests the scales of deep supervision, their weights and their source indices. */
import { describe, expect, it } from "vitest";
import {
  axisTables,
  defaultStrides,
  lossWeights,
  roundHalfEven,
  scalesOf,
  sourceIndices,
} from "./deep-supervision.ts";

describe("roundHalfEven", () => {
  it("rounds halves to even, as Python does", () => {
    expect([0.5, 1.5, 2.5, 3.5, 4.5, 0.49, 2.51, 7, 0].map(roundHalfEven)).toEqual([
      0, 2, 2, 4, 4, 0, 3, 7, 0,
    ]);
  });
});

describe("lossWeights", () => {
  it("halve from scale to scale, and the coarsest is 0", () => {
    expect(lossWeights(5, "default").map((w) => w.toFixed(4))).toEqual([
      "0.5333",
      "0.2667",
      "0.1333",
      "0.0667",
      "0.0000",
    ]);
    const four = lossWeights(4, "default").map((w) => w.toFixed(4));
    expect(four).toEqual(["0.5714", "0.2857", "0.1429", "0.0000"]);
    expect(lossWeights(2, "default")).toEqual([1, 0]);
  });

  it("with DDP, the coarsest is 1e-6 before all are scaled to add up to 1", () => {
    // 1 + 1/2 + 1/4 + 1/8 + 1e-6 = 1.875001.
    const five = lossWeights(5, "ddp").map((w) => w.toPrecision(7));
    expect(five).toEqual(["0.5333330", "0.2666665", "0.1333333", "0.06666663", "5.333330e-7"]);
    // 1 + 1e-6.
    expect(lossWeights(2, "ddp").map((w) => w.toPrecision(6))).toEqual(["0.999999", "9.99999e-7"]);
  });

  it("are NaN for one scale, but 1 with DDP", () => {
    expect(lossWeights(1, "default")).toEqual([Number.NaN]);
    expect(lossWeights(1, "ddp")).toEqual([1]);
  });
});

describe("scalesOf", () => {
  it("multiplies the strides and drops the last scale", () => {
    const scales = scalesOf(
      [20, 95, 121],
      [
        [1, 1, 1],
        [1, 2, 2],
        [2, 2, 2],
        [2, 2, 2],
      ],
    );
    expect(scales.map((s) => s.factors)).toEqual([
      [1, 1, 1],
      [1, 2, 2],
      [2, 4, 4],
    ]);
    // 95 / 2 = 47.5 rounds to 48, 121 / 2 = 60.5 to 60.
    expect(scales.map((s) => s.shape)).toEqual([
      [20, 95, 121],
      [20, 48, 60],
      [10, 24, 30],
    ]);
  });

  it("has five scales by default", () => {
    expect(scalesOf([128, 128, 128], defaultStrides()).map((s) => s.shape[0])).toEqual([128, 64, 32, 16, 8]);
  });

  it("marks a scale as collapsed if a length becomes 0", () => {
    const scales = scalesOf([5, 64, 64], defaultStrides());
    // 5 / 8 rounds to 1, 5 / 16 to 0.
    expect(scales.map((s) => s.collapses)).toEqual([false, false, false, false, true]);
    expect(scales[4] && axisTables([5, 64, 64], scales[4], "nearest-exact").map((t) => t.length)).toEqual([
      0, 0, 0,
    ]);
  });

  it("has one scale without a weight if there are too few network stages", () => {
    for (const strides of [
      [],
      [[1, 1, 1]],
      [
        [1, 1, 1],
        [2, 2, 2],
      ],
    ] as const) {
      const scales = scalesOf([8, 8, 8], strides);
      expect(scales.length).toBe(1);
      expect(scales[0]?.lossWeight).toBeNaN();
    }
    expect(scalesOf([8, 8, 8], [[1, 1, 1]], "ddp")[0]?.lossWeight).toBeNaN();
  });

  it("has the same scales with DDP, where the coarsest has a small weight", () => {
    const [usual, ddp] = (["default", "ddp"] as const).map((trainer) =>
      scalesOf([128, 128, 128], defaultStrides(), trainer),
    );
    expect(ddp?.map(({ shape }) => shape)).toEqual(usual?.map(({ shape }) => shape));
    expect([usual?.[4]?.lossWeight, ddp?.[4]?.lossWeight.toFixed(9)]).toEqual([0, "0.000000533"]);
  });

  it("has only full size without deep supervision, whatever the strides", () => {
    const full = { factors: [1, 1, 1], shape: [5, 64, 64], lossWeight: 1, collapses: false };
    const pooledAtOnce = [
      [2, 2, 2],
      [2, 2, 2],
    ] as const;
    for (const strides of [[], pooledAtOnce, defaultStrides()])
      expect(scalesOf([5, 64, 64], strides, "no-deep-supervision")).toEqual([full]);
  });
});

describe("sourceIndices", () => {
  it("reads the upper of two middle voxels", () => {
    expect([...sourceIndices(6, 3, "nearest-exact")]).toEqual([1, 3, 5]);
    expect([...sourceIndices(12, 3, "nearest-exact")]).toEqual([2, 6, 10]);
  });

  it("differ between the modes where float32 rounds 31 down", () => {
    expect(sourceIndices(62, 7, "nearest-exact")[3]).toBe(30);
    expect(sourceIndices(62, 7, "resize-segmentation")[3]).toBe(31);
  });

  it("is the identity at full size", () => {
    for (const mode of ["nearest-exact", "resize-segmentation"] as const)
      for (const n of [1, 7, 61, 512, 1023]) {
        expect([...sourceIndices(n, n, mode)]).toEqual(Array.from({ length: n }, (_, i) => i));
      }
  });
});
