/** Tests the findings on regions that nnU-Net's resampling removes or makes gaps in. */

import { describe, expect, it } from "vitest";
import { regionSetFromDefinition } from "../dataset/region-set.ts";
import type { Triple } from "../geometry/grid.ts";
import { scalesOf } from "../targets/deep-supervision.ts";
import { definitionOf } from "../testing/definitions.ts";
import { DEFAULT_SEG_RESAMPLING } from "../training-grid/resampling.ts";
import type { RegionChange } from "../training-grid/resampling-changes.ts";
import { type CaseFacts, caseFindings } from "./findings.ts";
import {
  croppedAway,
  type RefusedFacts,
  type ResampledFacts,
  resamplingGaps,
  resamplingRefused,
  vanishesInResampling,
} from "./resampling.ts";

const DEFINITION = definitionOf({ background: 0, whole: [1, 2], lesion: 2, cyst: 3, ignore: 4 }, [1, 2, 3]);
const SET = regionSetFromDefinition(DEFINITION);

const KEPT: RegionChange = {
  inside: 1000,
  outside: 0,
  trained: 100,
  gained: 5,
  lost: 5,
  gaps: 0,
  dice: 0.95,
  isGone: false,
};
const GONE: RegionChange = { ...KEPT, inside: 8, trained: 0, gained: 0, lost: 2, dice: 0, isGone: true };

/** @param changed by channel: whole, lesion, cyst, ignore */
function factsOf(changed: Readonly<Record<number, RegionChange>>): ResampledFacts {
  return {
    configuration: "3d_fullres",
    from: [3, Math.fround(0.488), Math.fround(0.488)],
    to: [3, 2.036, 2.036],
    shape: [12, 23, 23],
    uncropped: null,
    regions: SET.regions.map((_, channel) => changed[channel] ?? KEPT),
  };
}

describe("vanishes-in-resampling", () => {
  it("says which region, by which resampling, and what the network is taught", () => {
    expect(vanishesInResampling(SET, factsOf({ 1: GONE }))).toEqual([
      {
        code: "vanishes-in-resampling",
        severity: "error",
        title: "“lesion” vanishes before training",
        message:
          "“lesion” (8 voxels in the file) vanishes before training: resampled from 3×0.488×0.488 mm to 12×23×23 voxels of 3×2.036×2.036 mm " +
          "(configuration “3d_fullres”), it has no voxel left, so the network learns that it is absent. Plan with a finer spacing, or merge very small structures.",
        regions: ["lesion"],
        labels: [2],
      },
    ]);
  });

  it("says if the box is not known", () => {
    const facts = { ...factsOf({ 0: { ...KEPT, gaps: 9 }, 1: GONE }), uncropped: "No image is open." };
    for (const find of [vanishesInResampling, resamplingGaps])
      expect(find(SET, facts)[0]?.message).toMatch(/ Not cropped first: no image is open\.$/);
  });

  it("joins regions, without the ignore label", () => {
    const [found, ...others] = vanishesInResampling(
      SET,
      factsOf({ 1: GONE, 2: { ...GONE, inside: 1200 }, 3: GONE }),
    );
    expect(others).toEqual([]);
    expect(found).toMatchObject({ regions: ["lesion", "cyst"], labels: [2, 3] });
    expect(found?.message).toMatch(
      /^“lesion” and “cyst” \(at most 1,200 voxels in the file\) vanish .* they have no voxel left, so .* that they are absent\./,
    );
    expect(vanishesInResampling(SET, factsOf({ 3: GONE }))).toEqual([]);
  });
});

describe("cropped-away", () => {
  /** @param outside of 1,000 voxels */
  const withOutside = (outside: number): RegionChange => ({ ...KEPT, inside: 1000 - outside, outside });

  it("is an error for regions wholly outside the box", () => {
    const found = croppedAway(SET, factsOf({ 1: withOutside(1000), 3: withOutside(1000) }).regions);
    expect(found).toEqual([
      {
        code: "cropped-away",
        severity: "error",
        title: "“lesion” is cropped away",
        message:
          "“lesion” (1,000 voxels in the file) lies outside the box of the image's nonzero voxels: nnU-Net crops each case to that box before training " +
          "and keeps nothing of it, so the network is trained as if it were absent. Check that image and labels belong together, and that the image is not " +
          "blanked out there.",
        regions: ["lesion"],
        labels: [2],
      },
    ]);
    const [both] = croppedAway(SET, factsOf({ 1: withOutside(1000), 2: withOutside(1000) }).regions);
    expect(both?.message).toMatch(
      /^“lesion” and “cyst” \(at most 1,000 voxels in the file\) lie .* of them, .* they were/,
    );
  });

  it("gives the share of regions that reach beyond it, the worst first", () => {
    const severity = (outside: number) =>
      croppedAway(SET, factsOf({ 2: withOutside(outside) }).regions)[0]?.severity;
    expect([0, 1, 49, 50, 999, 1000].map(severity)).toEqual([
      undefined,
      "info",
      "info",
      "warning",
      "warning",
      "error",
    ]);
    const [found] = croppedAway(SET, factsOf({ 0: withOutside(20), 2: withOutside(130) }).regions);
    expect(found).toMatchObject({ regions: ["cyst", "whole"], labels: [3, 1, 2] });
    expect(found?.message).toMatch(
      /^“cyst” and “whole” have up to 13 % of their voxels outside the box of the image's nonzero voxels: .* and keeps none of those\./,
    );
    const almost = croppedAway(SET, factsOf({ 2: withOutside(999) }).regions);
    expect(almost.map(({ title }) => title)).toEqual(["“cyst” loses >99 % to cropping"]);
    const all = croppedAway(SET, factsOf({ 0: withOutside(20), 2: withOutside(1000) }).regions);
    expect(all.map(({ severity: its, regions }) => [its, ...regions])).toEqual([
      ["error", "cyst"],
      ["info", "whole"],
    ]);
  });

  it("leaves out regions with background", () => {
    const set = regionSetFromDefinition(definitionOf({ background: 0, rest: [0, 1] }, [1]));
    const facts = { ...factsOf({}), regions: set.regions.map(() => withOutside(500)) };
    expect(set.regions.length).toBeGreaterThan(0);
    expect(croppedAway(set, facts.regions)).toEqual([]);
  });
});

describe("a refusal", () => {
  const findingsOn = (refused: RefusedFacts["refused"]) =>
    resamplingRefused({ configuration: "2d", refused }).map(({ code, severity, message }) => [
      severity,
      code,
      message,
    ]);
  const refusedAs = (kind: "stops" | "averages" | "not-followed") =>
    findingsOn({ kind: "refused", reason: "The reason.", problem: { kind, remedy: "Do it." } });

  it("is a finding where nnU-Net stops, and where the plans are not followed here", () => {
    const message = "Configuration “2d”: the reason. Do it.";
    expect(refusedAs("stops")).toEqual([["error", "resampling-stops", message]]);
    expect(refusedAs("averages")).toEqual([["error", "resampling-unknown", message]]);
    expect(refusedAs("not-followed")).toEqual([["info", "resampling-unknown", message]]);
  });

  it("is none without plans, and for masks", () => {
    expect(findingsOn({ kind: "refused", reason: "Without plans, …" })).toEqual([]);
  });
});

describe("resampling-gaps", () => {
  /** Of 100 nearest stored voxels. */
  const withGaps = (gaps: number): RegionChange => ({ ...KEPT, lost: 5, gaps });

  it("is silent below one percent, and a warning from 5", () => {
    const severity = (gaps: number) => resamplingGaps(SET, factsOf({ 0: withGaps(gaps) }))[0]?.severity;
    expect([0, 0.9, 1, 4, 5].map(severity)).toEqual([undefined, undefined, "info", "info", "warning"]);
  });

  it("says what share of which regions is background, the worst first", () => {
    const one = resamplingGaps(SET, factsOf({ 1: withGaps(2) }));
    expect(one[0]?.title).toBe("“lesion” loses 2 % to gaps in resampling");
    expect(one.map(({ message }) => message)).toEqual([
      "“lesion” loses 2 % of its voxels to background when nnU-Net resamples this case from 3×0.488×0.488 mm to 12×23×23 voxels of 3×2.036×2.036 mm (configuration " +
        "“3d_fullres”): where several labels meet, sometimes none reaches one half, and the network is taught background there. With order and order_z 0 in " +
        "resampling_fn_seg_kwargs of the plans, nnU-Net copies the nearest label and leaves no such gaps.",
    ]);
    const [several] = resamplingGaps(SET, factsOf({ 0: withGaps(2), 2: withGaps(3), 3: withGaps(9) }));
    expect(several).toMatchObject({ severity: "info", regions: ["cyst", "whole"], labels: [3, 1, 2] });
    expect(several?.message).toMatch(/^“cyst” and “whole” lose up to 3 % of their voxels to background/);
  });

  it("leaves out what vanishes, and what has no voxels to lose", () => {
    const absent = { ...KEPT, inside: 0, trained: 0, gained: 0, lost: 0, dice: null };
    expect(resamplingGaps(SET, factsOf({ 0: { ...GONE, gaps: 2 }, 1: absent }))).toEqual([]);
  });
});

describe("among the findings of a case, they", () => {
  const facts: CaseFacts = {
    labels: [0, 1, 2, 3, 4].map((value) => ({ value, voxels: 100 })),
    scales: [],
    stridesFrom: "plans",
    configuration: {
      name: "3d_fullres",
      strides: [],
      patchSize: null,
      batchSize: null,
      spacing: [3, 2, 2],
      segResampling: DEFAULT_SEG_RESAMPLING,
    },
    grid: { shape: [12, 96, 96], toWorld: [0, 0, 0.5, 0, 0, 0.5, 0, 0, 3, 0, 0, 0] },
    regionVoxels: [[100, 0, 100, 100]],
    grids: null,
  };
  const codes = (changed: Partial<CaseFacts>) =>
    caseFindings(SET, DEFINITION, { ...facts, ...changed }).map(({ code }) => code);

  it("replace plans-other-spacing, and region-absent of the same region", () => {
    expect(codes({})).toEqual(["plans-other-spacing", "region-absent"]);
    const resampled = factsOf({ 0: { ...KEPT, gaps: 3 }, 1: GONE });
    expect(codes({ resampled })).toEqual(["vanishes-in-resampling", "resampling-gaps"]);
    expect(codes({ resampled: factsOf({}) })).toEqual(["region-absent"]);
    expect(codes({ resampled: null })).toEqual(["plans-other-spacing", "region-absent"]);
  });

  it("are not preceded by a guess", () => {
    expect(codes({ resampled: "pending" })).toEqual(["region-absent"]);
    // The training grid has nothing of what the file has.
    const trained = { resampled: "pending", isTrained: true } as const;
    expect(codes(trained)).toEqual([]);
    const labels = facts.labels.filter(({ value }) => value !== 2);
    expect(codes({ ...trained, labels })).toContain("region-absent");
  });

  it("leave the guess where the plans are not followed, but not where nnU-Net stops", () => {
    const refusedAs = (kind: "stops" | "not-followed"): RefusedFacts => ({
      configuration: "3d_fullres",
      refused: { kind: "refused", reason: "Why.", problem: { kind, remedy: "Do it." } },
    });
    expect(codes({ resampled: refusedAs("stops") })).toEqual(["resampling-stops", "region-absent"]);
    expect(codes({ resampled: refusedAs("not-followed") })).toEqual([
      "resampling-unknown",
      "plans-other-spacing",
      "region-absent",
    ]);
    const masks: RefusedFacts = {
      configuration: "3d_fullres",
      refused: { kind: "refused", reason: "nnU-Net trains on one label volume." },
    };
    expect(codes({ resampled: masks })).toEqual(["plans-other-spacing", "region-absent"]);
  });

  it("say what cropping removes, also where resampling is not followed", () => {
    const regions = [0, 0, 9, 0].map((outside) => ({ inside: outside === 9 ? 0 : 10, outside }));
    const refused = {
      kind: "refused",
      reason: "Why.",
      problem: { kind: "not-followed", remedy: "Do it." },
    } as const;
    const halved: Triple = [1, 2, 2];
    const scales = scalesOf([12, 96, 96], [[1, 1, 1], halved, halved, halved]);
    const regionVoxels = [
      [100, 8, 9, 100],
      [25, 8, 0, 25],
      [9, 8, 0, 9],
    ];
    const counted = { scales, regionVoxels };
    const resampled = { configuration: "3d_fullres", refused };
    expect(codes({ ...counted, resampled })).toContain("region-vanishes");
    expect(codes({ ...counted, resampled: { ...resampled, regions } })).toEqual([
      "cropped-away",
      "resampling-unknown",
      "plans-other-spacing",
    ]);
  });

  it("replace what scales and counts say of regions that training has nothing of", () => {
    const halved: Triple = [1, 2, 2];
    const scales = scalesOf([12, 96, 96], [[1, 1, 1], halved, halved, halved]);
    const regionVoxels = [
      [100, 8, 9, 100],
      [25, 0, 0, 25],
      [9, 0, 0, 9],
    ];
    const cropped: RegionChange = { ...KEPT, inside: 0, outside: 9, trained: 0, gained: 0, lost: 0 };
    expect(codes({ scales, regionVoxels, resampled: factsOf({}) })).toEqual(["region-vanishes"]);
    expect(codes({ scales, regionVoxels, resampled: factsOf({ 1: GONE, 2: cropped }) })).toEqual([
      "cropped-away",
      "vanishes-in-resampling",
    ]);
    const onTrained = { scales, regionVoxels: [[100, 0, 0, 100]], isTrained: true };
    expect(codes({ ...onTrained, resampled: factsOf({ 1: GONE, 2: cropped }) })).toEqual([
      "cropped-away",
      "vanishes-in-resampling",
    ]);
  });

  it("say nothing of an image", () => {
    const imageSigns = { values: 900, differing: 0.9, negative: null };
    expect(codes({ resampled: factsOf({ 1: GONE }), imageSigns })).not.toContain("vanishes-in-resampling");
  });
});
