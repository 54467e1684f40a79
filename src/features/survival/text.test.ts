/** Tests the sentences about survival and sweeps. */
import { expect, test } from "vitest";
import type { Scale } from "../../domain/targets/deep-supervision.ts";
import {
  boxText,
  outcomeText,
  restText,
  shareText,
  sweepPlan,
  sweepStatement,
  sweptText,
  tallyText,
} from "./text.ts";

const scale = (lossWeight: number): Scale => ({
  factors: [1, 1, 1],
  shape: [1, 1, 1],
  lossWeight,
  collapses: false,
});
const SCALES = [scale(0.6), scale(0.3), scale(0.1), scale(0)];

test("outcomes have a text", () => {
  expect(outcomeText({ kind: "vanishes", scale: 2 })).toBe("vanishes at scale 2");
  expect(outcomeText({ kind: "weightless", scale: 4 })).toBe("vanishes at scale 4 (weight 0)");
  expect(restText({ components: 1234, voxels: 2345 })).toBe("and 1,234 smaller ones with 2,345 voxels");
  expect(restText({ components: 1, voxels: 1 })).toBe("and 1 smaller one with 1 voxel");
  expect(boxText({ first: [0, 4, 4], last: [11, 4, 7] }, [3, 1.56, 0.5])).toBe("36×1.6×2");
});

test("a share reads all or nothing only if it is exactly that", () => {
  expect([shareText(0, 66), shareText(66, 66), shareText(1, 3), shareText(1, 20000)]).toEqual([
    "0 %",
    "100 %",
    "33 %",
    "<1 %",
  ]);
  expect([shareText(19_999, 20_000), shareText(0, 0)]).toEqual([">99 %", "–"]);
});

test("a sweep names the scale that loses most among those with a loss weight", () => {
  expect(sweptText({ inPatch: 66, perScale: [66, 60, 20, 0] }, SCALES)).toBe(
    "kept at scale 2 in 30 % of them",
  );
  expect(sweptText({ inPatch: 66, perScale: [66, 66, 66, 0] }, SCALES)).toBe("kept in all of them");
  expect(sweptText({ inPatch: 0, perScale: [0, 0, 0, 0] }, SCALES)).toBe("not in any patch");
});

test("a sweep tells the number of positions and how many were checked", () => {
  const range = { first: [0, 0, 0], last: [0, 5, 10] } as const;
  const size = [112, 96, 112] as const;
  const plan = (limit: number) => sweepPlan(size, range, { patchSamples: "anywhere", limit });
  expect(plan(20_000)).toBe("A patch of 112×96×112 has 66 possible positions; all will be checked.");
  expect(plan(50)).toBe("A patch of 112×96×112 has 66 possible positions; 50 will be sampled.");
  const patchSamples = { kind: "anywhere", possible: 66, used: 66, exhaustive: true, seed: 1 } as const;
  const result = (changes: object) => {
    const sweep = { patchSamples: { ...patchSamples, ...changes }, size, scales: SCALES, regions: [] };
    const query = {
      source: { kind: "masks", stack: { grid: { shape: size, toWorld: [] }, names: [], bitPlanes: [] } },
      regions: "",
      strides: [],
      trainer: "default",
      mode: "nearest-exact",
      size,
      is2d: false,
    } as const;
    return sweepStatement({ query, asked: "anywhere", sweep });
  };
  expect(result({})).toBe("66 possible positions, all 66 checked; patch 112×96×112.");
  expect(result({ used: 50, exhaustive: false })).toBe(
    "66 possible positions, 50 sampled (seed 1); patch 112×96×112.",
  );
  expect(result({ kind: "foreground", possible: null, used: 20_000, exhaustive: false })).toContain(
    "20,000 patches (seed 1), each centred on a random voxel of a random region",
  );
});

test("the tally is one sentence", () => {
  const tally = { regions: 25, regionsVanishing: 0, components: 58, vanishing: 10 };
  expect(tallyText(tally)).toBe(
    "10 of 58 components vanish at a scale used in the loss. No region vanishes completely.",
  );
  expect(tallyText({ ...tally, vanishing: 0 })).toBe(
    "All 58 components of 25 regions are kept at every scale used in the loss.",
  );
  expect(tallyText({ ...tally, regionsVanishing: 1 })).toContain("1 of 25 regions vanishes completely");
});
