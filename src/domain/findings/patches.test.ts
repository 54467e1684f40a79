/** Tests what findings say of the patches that nnU-Net draws. */
import { describe, expect, it } from "vitest";
import type { PlansConfiguration } from "../dataset/plans.ts";
import { regionSetFromDefinition } from "../dataset/region-set.ts";
import type { PatchShares, RegionShare } from "../patches/patch-shares.ts";
import { defaultStrides, scalesOf, type Trainer } from "../targets/deep-supervision.ts";
import { definitionOf } from "../testing/definitions.ts";
import { TO_WORLD } from "../testing/small-case.ts";
import { refused } from "../training-grid/resampling.ts";
import { type CaseFacts, caseFindings } from "./findings.ts";
import { type PatchFacts, patchFactsOf } from "./patches.ts";

const SET = regionSetFromDefinition(definitionOf({ background: 0, a: 1, b: 2, c: 3, ignore: 4 }, null));
/** The regions are gone in the whole case at scale 2. */
const REGION_VOXELS = [9, 4, 0, 0, 0].map((voxels) => [voxels, voxels, voxels, voxels]);
const CONFIGURATION: PlansConfiguration = {
  name: "3d_fullres",
  strides: defaultStrides(),
  patchSize: [64, 64, 64],
  batchSize: 2,
};

/** A region in `inPatch` of all patches, and gone in these at the scales after the first. */
const region = (inPatch: number, ...gone: number[]): RegionShare => ({ inPatch, gone: [0, ...gone] });

const sharesOf = (regions: readonly RegionShare[], trainer: Trainer = "default"): PatchShares => ({
  scales: scalesOf([64, 64, 64], defaultStrides(), trainer),
  patchSize: [64, 64, 64],
  loadedSize: [102, 102, 102],
  patchSamples: { anywhere: 1, foreground: 1, annotated: null },
  foregroundShare: 0.5,
  regions,
});

function found(patches: PatchFacts, facts: Partial<CaseFacts> = {}) {
  const all = caseFindings(SET, null, {
    labels: [],
    scales: scalesOf([80, 80, 80], defaultStrides()),
    stridesFrom: "plans",
    configuration: CONFIGURATION,
    regionVoxels: REGION_VOXELS,
    grids: null,
    patches,
    ...facts,
  });
  return all.filter(({ code }) => code === "region-vanishes");
}

const inPatches = (...regions: RegionShare[]) => found({ kind: "shares", shares: sharesOf(regions) });
const brief = (...regions: RegionShare[]) =>
  inPatches(...regions).map(({ severity, regions: names }) => `${severity} ${names.join()}`);

const NONE = region(1, 0, 0, 0, 0);

describe("region-vanishes", () => {
  it("names the share of the patches with the region, its scale and what is left out", () => {
    const [one, ...more] = inPatches(region(0.5, 0, 0.01, 0.3, 0.5), NONE, NONE);
    expect(one?.message).toBe(
      "“a” is gone at scale 3 (1/8) in 60 % of the training patches with it. That scale keeps every 8th voxel along each axis and carries 7 % of the loss, " +
        "and in those patches the network is taught that it is absent. The share is over all 64×64×64 patches that nnU-Net can draw from this case, without " +
        "rotation, scaling and mirroring. Use a finer spacing or fewer network stages, or merge very small structures.",
    );
    expect([one?.severity, one?.labels, more]).toEqual(["warning", [1], []]);
  });

  it("is a warning from half of the patches, and nothing below a tenth", () => {
    const gone = (share: number) => brief(region(0.8, 0, 0, share * 0.8, 0), NONE, NONE);
    expect(gone(0.09)).toEqual([]);
    expect(gone(0.11)).toEqual(["info a"]);
    expect(gone(0.49)).toEqual(["info a"]);
    expect(gone(0.51)).toEqual(["warning a"]);
    expect(gone(1)).toEqual(["warning a"]);
  });

  it("joins regions of a scale, warnings first, each at its worst scale", () => {
    const found = inPatches(region(1, 0, 0.2, 0.3, 1), region(1, 0, 0, 0.12, 0), region(1, 0, 0.8, 0.7, 1));
    expect(found.map(({ severity, regions }) => `${severity} ${regions.join()}`)).toEqual([
      "warning c",
      "info a,b",
    ]);
    expect(found[0]?.message).toContain("at scale 2 (1/4) in 80 % of the training patches with it");
    expect(found[1]?.message).toContain(
      "are gone at scale 3 (1/8) in 12 % to 30 % of the training patches with them",
    );
    expect(found[1]?.message).toMatch(/It includes patches that only touch the region at their edge\.$/);
  });

  it("says nothing of scales that the loss does not use, of the ignore label, and of regions in no patch", () => {
    // The coarsest scale has weight 0.
    expect(brief(region(1, 0, 0, 0, 1), NONE, NONE, region(1, 0, 1, 1, 1))).toEqual([]);
    expect(brief(region(0, 0, 0, 0, 0), NONE, NONE)).toEqual([]);
    const ddp = sharesOf([region(1, 0, 0, 0, 1), NONE, NONE], "ddp");
    expect(found({ kind: "shares", shares: ddp })).toEqual([]);
  });

  it("says that training sees other voxels only if it does", () => {
    const shares = sharesOf([region(1, 0, 1, 1, 1), NONE, NONE]);
    const grid = { shape: [80, 80, 80] as const, toWorld: TO_WORLD };
    const said = (spacing: number, facts: Partial<CaseFacts> = {}) => {
      const configuration = { ...CONFIGURATION, spacing: [spacing, spacing, spacing] as const };
      const [one] = found({ kind: "shares", shares }, { grid, configuration, ...facts });
      const parts = / of the (.*) with it\..*the network (is|would be) taught .* patches (.*), without/;
      return one?.message.match(parts)?.slice(1);
    };
    const ofShown = ["training patches", "is", "that nnU-Net can draw from this case"];
    expect(said(1)).toEqual(ofShown);
    expect(said(2, { isTrained: true })).toEqual(ofShown);
    expect(said(2)).toEqual(["patches of the file's voxels", "would be", "of those voxels"]);
    const kept = { inside: 9, outside: 0, trained: 9, gained: 0, lost: 0, gaps: 0, dice: 1, isGone: false };
    const resampled: NonNullable<CaseFacts["resampled"]> = {
      configuration: "3d_fullres",
      from: [1, 1, 1],
      to: [2, 2, 2],
      shape: [40, 40, 40],
      uncropped: null,
      regions: [kept, kept, kept, kept],
    };
    expect(said(2, { resampled })).toEqual([
      "training patches",
      "is",
      "that nnU-Net can draw from the training grid of this case",
    ]);
  });

  it("says nothing of a case at which nnU-Net stops", () => {
    const shares = sharesOf([region(1, 0, 1, 1, 1), NONE, NONE]);
    const stops = refused("stops", "An axis has no voxel left.", "Leave it out.");
    expect(found({ kind: "shares", shares })).toHaveLength(1);
    const resampled = { configuration: "3d_fullres", refused: stops };
    expect(found({ kind: "shares", shares }, { resampled })).toEqual([]);
  });

  it("waits for the shares, and speaks of the whole case where they cannot be known", () => {
    expect(found({ kind: "pending" })).toEqual([]);
    const why = (refused: string | null, configuration: PlansConfiguration | null = CONFIGURATION) => {
      const reason = refused === null ? null : ({ kind: "refused", reason: refused } as const);
      const [one] = found(patchFactsOf(configuration, reason), {
        regionVoxels: REGION_VOXELS.map(([voxels = 0]) => [voxels, 9, 9, 9]),
      });
      return one?.message;
    };
    expect(why("It would take minutes.")).toBe(
      "“a” (9 voxels at scale 0) has no voxels left at scale 2 (1/4) of the whole case, a coarser copy of the labels that keeps every 4th voxel along each " +
        "axis and carries 13 % of the loss. Trained on the whole case, the network would learn at that scale that it is absent. It would take minutes. Use a " +
        "finer spacing or fewer network stages, or merge very small structures.",
    );
    expect(why(null)).toContain("The plans have no patch_size or no batch_size, so patches are not known.");
    expect(why(null, null)).toContain("because there are no plans: open nnUNetPlans.json");
  });
});
