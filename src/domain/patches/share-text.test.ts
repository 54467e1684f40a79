/** Tests how shares of patches are put into words. */
import { describe, expect, it } from "vitest";
import { goneMost, goneMostText, goneShares, goneText, percentOf } from "./share-text.ts";

const scale = (lossWeight: number) => ({ lossWeight, collapses: false });
const SCALES = [0.6, 0.3, 0.1, 0].map(scale);

describe("a share of patches", () => {
  it("reads all or nothing only if it is exactly that", () => {
    expect([0, 1e-9, 0.0099, 0.01, 0.114, 0.99, 0.995, 1].map(percentOf)).toEqual([
      "0 %",
      "<1 %",
      "<1 %",
      "1 %",
      "11 %",
      "99 %",
      ">99 %",
      "100 %",
    ]);
  });

  it("is of the patches with the region", () => {
    expect(goneShares({ inPatch: 0.5, gone: [0, 0.125, 0.5] })).toEqual([0, 0.25, 1]);
    expect(goneShares({ inPatch: 0, gone: [0, 0] })).toEqual([]);
  });

  it("is a sentence", () => {
    expect([0, 0.002, 0.11, 1].map(goneText)).toEqual([
      "never gone",
      "gone in <1 % of patches",
      "gone in 11 % of patches",
      "gone in every patch",
    ]);
  });
});

describe("the scale at which a region is gone most often", () => {
  it("is one that the loss uses, however often the region is gone at the others", () => {
    expect(goneMost([0, 0.1, 0.05, 0.9], SCALES)).toEqual({ scale: 1, share: 0.1, leftOut: false });
    expect(goneMostText([0, 0.1, 0.05, 0.9], SCALES)).toBe("gone in 10 % of patches at scale 1");
  });

  it("is one of weight 0 only if the loss always sees the region, and says so", () => {
    expect(goneMostText([0, 0, 0, 0.39], SCALES)).toBe("gone in 39 % of patches at scale 3 (weight 0)");
    // As for a DDP trainer: the loss as good as does not see it.
    const ddp = [0.6, 0.3, 0.1, 6e-7].map(scale);
    expect(goneMostText([0, 0, 0, 0.39], ddp)).toBe("gone in 39 % of patches at scale 3 (weight 6e-7)");
    expect(goneMost([0, 0.01, 0, 0.39], ddp)?.scale).toBe(1);
  });

  it("is none for a region that is never gone, or in no patch", () => {
    expect(goneMost([0, 0, 0, 0], SCALES)).toBeNull();
    expect(goneMostText([0, 0, 0, 0], SCALES)).toBe("never gone");
    expect(goneMostText([], SCALES)).toBe("in no patch");
  });
});
