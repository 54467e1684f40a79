/** Tests the sentences about survival and shares of patches. */
import { expect, test } from "vitest";
import type { Scale } from "../../domain/targets/deep-supervision.ts";
import {
  boxText,
  inPatchText,
  outcomeText,
  patchSamplesText,
  restText,
  sharesText,
  tallyText,
  worstText,
} from "./text.ts";

const scale = (lossWeight: number): Scale => ({
  factors: [1, 1, 1],
  shape: [1, 1, 1],
  lossWeight,
  collapses: false,
});
const SCALES = [scale(0.6), scale(0.3), scale(0.1), scale(0)];

test("outcomes have a text", () => {
  expect(outcomeText({ kind: "emptied", scale: 2 })).toBe("no voxel at scale 2");
  expect(outcomeText({ kind: "weightless", scale: 4 })).toBe("no voxel at scale 4 (weight 0)");
  expect(outcomeText({ kind: "absent" })).toBe("no voxel at any scale");
  expect(restText({ components: 1234, voxels: 2345 })).toBe("and 1,234 smaller ones with 2,345 voxels");
  expect(restText({ components: 1, voxels: 1 })).toBe("and 1 smaller one with 1 voxel");
  expect(boxText({ first: [0, 4, 4], last: [11, 4, 7] }, [3, 1.56, 0.5])).toBe("36×1.6×2");
});

test("shares name the region that is gone most often, at a scale used in the loss", () => {
  const rows = [
    { name: "liver", gone: [0, 0, 0, 0.4] },
    { name: "spleen", gone: [0, 0.002, 0.004, 0.1] },
    { name: "sacrum", gone: [0, 0.01, 0.026, 0] },
    { name: "disc", gone: [0, 0.1, 0.5, 0] },
  ];
  const left = "Rotation, scaling and mirroring are left out.";
  expect(sharesText(rows, SCALES)).toBe(
    `1 of 4 regions is gone in 10 % or more of the patches with it at a scale used in the loss; most often disc, in 50 % at scale 2. ${left}`,
  );
  expect(sharesText([...rows, { name: "rib", gone: [0, 0.3, 0.4, 0] }], SCALES)).toBe(
    `2 of 5 regions are gone in 10 % or more of the patches with them at a scale used in the loss; most often disc, in 50 % at scale 2. ${left}`,
  );
  expect(sharesText(rows.slice(0, 3), SCALES)).toBe(
    `no region is gone in 10 % or more of the patches with it at a scale used in the loss; most often sacrum, in 3 % at scale 2. ${left}`,
  );
  expect(sharesText(rows.slice(0, 1), SCALES)).toBe(
    `no region is gone in any patch at a scale used in the loss. ${left}`,
  );
});

test("the worst scale is one with weight; one without is named beside it", () => {
  expect(worstText([0, 0, 0.004, 0.2], SCALES)).toEqual({
    most: "gone in <1 % of patches",
    share: 0.004,
    where: "scale 2",
    leftOut: "20 % at scale 3 (weight 0)",
    leftOutShort: "20 % at weight 0",
  });
  expect(worstText([0, 0, 0, 0.39], SCALES)).toEqual({
    most: "never gone",
    share: 0,
    where: null,
    leftOut: "39 % at scale 3 (weight 0)",
    leftOutShort: "39 % at weight 0",
  });
  expect(worstText([0, 0.51, 0.3, 0], SCALES)).toMatchObject({ where: "scale 1", leftOut: null });
  expect(worstText([], SCALES)).toMatchObject({ most: "in no patch", where: null, leftOut: null });
});

test("patch samples are told with their shares", () => {
  const patchSamples = { anywhere: 84, foreground: 172_728, annotated: null };
  expect(patchSamplesText({ patchSamples, foregroundShare: 0.5 })).toBe(
    "50 % at 84 positions anywhere, 50 % centred on 172,728 foreground voxels",
  );
  expect(patchSamplesText({ patchSamples, foregroundShare: 0 })).toBe("at 84 positions anywhere");
  expect(patchSamplesText({ patchSamples: { ...patchSamples, annotated: 1 }, foregroundShare: 1 / 3 })).toBe(
    "67 % centred on 1 annotated voxel, 33 % centred on 172,728 foreground voxels",
  );
});

test("a region or component is in all patches only if all have it", () => {
  expect([0, 0.004, 0.97, 0.9999, 1].map((inPatch) => inPatchText({ inPatch }))).toEqual([
    "in no patch",
    "in <1 % of patches",
    "in 97 % of patches",
    "in >99 % of patches",
    "in every patch",
  ]);
});

test("the tally is one sentence", () => {
  const tally = { regions: 25, regionsEmptied: 0, components: 58, emptied: 10 };
  expect(tallyText(tally)).toBe("10 of 58 components have no voxel at a scale used in the loss.");
  expect(tallyText({ ...tally, emptied: 0 })).toBe(
    "all 58 components of 25 regions have voxels at every scale used in the loss.",
  );
  expect(tallyText({ ...tally, regionsEmptied: 1 })).toBe(
    "10 of 58 components have no voxel at a scale used in the loss. The same is true of 1 whole region.",
  );
});
