/** Tests of the sentences in the label map dialog. */
import { describe, expect, it } from "vitest";
import { planLabelMap } from "../../domain/masks/label-map.ts";
import { factsOf, formsOf, notesOf, predictionSentence } from "./text.ts";

describe("the dialog describes a label map", () => {
  it("of masks that a perfect prediction reproduces", () => {
    const map = planLabelMap(
      ["liver", "tumour", "cyst"],
      [
        { masks: [0], voxels: 1000 },
        { masks: [0, 1], voxels: 1 },
      ],
    );
    expect(factsOf(map)).toEqual([
      ["Masks", "3 (1 without voxels)"],
      ["Combinations", "2 (1 overlap)"],
      ["In two or more masks", "1 voxel"],
      ["Labels", "1 to 3"],
    ]);
    expect(predictionSentence(map)).toBe(
      "Lossless: a perfect prediction reproduces every mask, voxel for voxel.",
    );
    expect(formsOf(map)).toEqual([]);
  });

  it("of one mask, and of several overlaps", () => {
    const one = planLabelMap(["liver"], [{ masks: [0], voxels: 4 }]);
    expect(factsOf(one).slice(1)).toEqual([
      ["Combinations", "1"],
      ["In two or more masks", "0 voxels"],
      ["Labels", "1"],
    ]);
    const overlaps = [[0, 1], [1, 2], [0]].map((masks) => ({ masks, voxels: 1 }));
    const three = planLabelMap(["a", "b", "ignore"], overlaps);
    expect(factsOf(three)[1]).toEqual(["Combinations", "3 (2 overlaps)"]);
    expect(notesOf(one)).toEqual([]);
  });

  it("of a mask called ignore", () => {
    const apart = [
      { masks: [0], voxels: 5 },
      { masks: [1], voxels: 3 },
    ];
    const ignored = planLabelMap(["liver", "Ignore"], apart);
    expect(notesOf(ignored)).toEqual([
      "The mask “Ignore” becomes nnU-Net's ignore label, 2: its voxels are left out of the loss, and it is not a region. " +
        "To train on it, give it another name.",
    ]);
    expect(predictionSentence(ignored)).toBe(
      "Lossless: a perfect prediction reproduces every mask but “Ignore”, voxel for voxel.",
    );
    const overlapping = planLabelMap(["liver", "ignore"], [...apart, { masks: [0, 1], voxels: 1200 }]);
    expect(notesOf(overlapping)).toEqual([
      "The mask “ignore” becomes an ordinary region, “ignore 2”: as nnU-Net's ignore label it would take 1,200 voxels from other masks. " +
        "To have it ignored, remove the shared voxels from it or from them, and open the masks again.",
    ]);
    expect(notesOf(planLabelMap(["ignore"], [{ masks: [0], voxels: 1 }]))).toEqual([
      expect.stringMatching(/^The mask “ignore” becomes an ordinary region, .* nothing to learn\.$/),
    ]);
    expect(notesOf(planLabelMap(["ignore", "Ignore"], apart))).toEqual([
      expect.stringMatching(
        /^The masks “ignore” and “Ignore” become ordinary regions, “ignore 2” and “Ignore 2”, /,
      ),
    ]);
  });

  it("of masks that are identical", () => {
    const two = planLabelMap(["a", "b"], [{ masks: [0, 1], voxels: 5 }]);
    expect(notesOf(two)).toEqual([
      "The masks “a” and “b” are identical in every voxel. Each becomes its own region, distinguished by a label that no voxel has here. " +
        "If one is a copy, open the masks without it; otherwise nnU-Net learns the same region twice.",
    ]);
    expect(factsOf(two)).toEqual([
      ["Masks", "2"],
      ["Combinations", "1 (1 overlap)"],
      ["In two or more masks", "5 voxels"],
      ["Labels", "1 to 2"],
    ]);
    expect(predictionSentence(two)).toMatch(/^Lossless: /);
    const [three] = notesOf(planLabelMap(["a", "b", "c"], [{ masks: [0, 1, 2], voxels: 5 }]));
    expect(three).toContain("distinguished by 2 labels that no voxel has here");
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
    expect(predictionSentence(map)).toBe(
      "In a prediction, nnU-Net writes one label per region, later ones over earlier ones, " +
        "and with 2 regions it cannot tell 3 combinations apart.",
    );
    expect(formsOf(map)).toEqual([
      {
        form: "plain",
        name: "One region per mask",
        consequence:
          "A perfect prediction changes 1,365 voxels (20 % of those in masks); no other order of the regions changes fewer",
      },
      {
        form: "further",
        name: "1 extra region, for the combination that would be lost",
        consequence: "Lossless; the network learns 1 extra output",
      },
    ]);
  });

  it("whose order alone loses voxels, of which not every order was tried, and whose labels are cast", () => {
    // Each of the three pairs needs a region that another pair has taken.
    const pairs = [
      [0, 1],
      [1, 2],
      [0, 2],
    ].map((masks) => ({ masks, voxels: 1 }));
    const map = planLabelMap(["a", "b", "c"], [...pairs]);
    expect(map.plain.changedVoxels).toBe(1);
    expect(predictionSentence(map)).toMatch(
      /, and every order of these regions overwrites some combinations\.$/,
    );
    expect(formsOf({ ...map, exact: false })[0]?.consequence).toMatch(
      /changes 1 voxel \(33 % of those in masks\); too many masks overlap to try every order/,
    );
    const many = planLabelMap(
      Array.from({ length: 128 }, (_, i) => `${i}`),
      [],
    );
    expect(factsOf(many)[3]).toEqual(["Labels", "1 to 128; nnU-Net stores more than 127 as int16"]);
  });
});
