import { describe, expect, it } from "vitest";
import { planLabelMap } from "../../domain/label-map.ts";
import { factsOf, formsOf, ignoreNote, sentenceOf } from "./words.ts";

describe("what the dialog says of a label map", () => {
  it("of masks that a prediction gives back", () => {
    const map = planLabelMap(
      ["liver", "tumour", "cyst"],
      [
        { masks: [0], voxels: 1000 },
        { masks: [0, 1], voxels: 1 },
      ],
    );
    expect(factsOf(map)).toEqual([
      ["Masks", "3, 1 of them without voxels"],
      ["Combinations", "2, of which 1 is an overlap"],
      ["In two masks or more", "1 voxel"],
      ["Labels", "1 to 3"],
    ]);
    expect(sentenceOf(map)).toBe("Lossless: a perfect prediction gives every mask back, voxel for voxel.");
    expect(formsOf(map)).toEqual([]);
  });

  it("of one mask, of several overlaps, and of a mask called ignore", () => {
    const one = planLabelMap(["liver"], [{ masks: [0], voxels: 4 }]);
    expect(factsOf(one).slice(1)).toEqual([
      ["Combinations", "1"],
      ["In two masks or more", "0 voxels"],
      ["Labels", "1"],
    ]);
    const overlaps = [[0, 1], [1, 2], [0]].map((masks) => ({ masks, voxels: 1 }));
    const three = planLabelMap(["a", "b", "ignore"], overlaps);
    expect(factsOf(three)[1]).toEqual(["Combinations", "3, of which 2 are overlaps"]);
    expect([ignoreNote(one), ignoreNote(three)]).toEqual([null, expect.stringContaining("“ignore 2”")]);
  });

  it("of masks with more combinations than regions", () => {
    const map = planLabelMap(
      ["a", "b"],
      [
        { masks: [0], voxels: 3000 },
        { masks: [1], voxels: 2500 },
        { masks: [0, 1], voxels: 1365 },
      ],
    );
    expect(sentenceOf(map)).toBe(
      "In a prediction nnU-Net writes one label for each region, later ones over earlier ones, " +
        "and with 2 regions it cannot tell 3 combinations apart.",
    );
    expect(formsOf(map)).toEqual([
      {
        form: "plain",
        name: "One region a mask",
        consequence:
          "a perfect prediction changes 1,365 voxels (20 % of those in masks); no other order of the regions changes fewer",
      },
      {
        form: "further",
        name: "1 region more, for the combination that would be lost",
        consequence: "lossless; the network learns 1 output more",
      },
    ]);
  });

  it("where the order alone loses, where not all were tried, and where labels are cast", () => {
    // Each of three pairs wants the region that another has taken.
    const pairs = [
      [0, 1],
      [1, 2],
      [0, 2],
    ].map((masks) => ({ masks, voxels: 1 }));
    const map = planLabelMap(["a", "b", "c"], [...pairs]);
    expect(map.plain.changedVoxels).toBe(1);
    expect(sentenceOf(map)).toMatch(
      /, and in every order of these regions some combinations are written over\.$/,
    );
    expect(formsOf({ ...map, exact: false })[0]?.consequence).toMatch(
      /changes 1 voxel \(33 % of those in masks\); too many masks overlap to try every order/,
    );
    const many = planLabelMap(
      Array.from({ length: 128 }, (_, i) => `${i}`),
      [],
    );
    expect(factsOf(many)[3]).toEqual(["Labels", "1 to 128; nnU-Net casts more than 127 to int16"]);
  });
});
