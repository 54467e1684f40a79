/** Tests the findings on the values of a label volume. */
import { describe, expect, it } from "vitest";
import { regionSetFromDefinition, regionSetFromLabels } from "../dataset/region-set.ts";
import { definitionOf } from "../testing/definitions.ts";
import type { ScaledValues } from "../volume/palette-builder.ts";
import { type CaseFacts, caseFindings, definitionFindings } from "./findings.ts";

const BRATS = definitionOf(
  { background: 0, "whole tumor": [1, 2, 3], "tumor core": [2, 3], "enhancing tumor": [3] },
  [1, 2, 3],
);
const labels = (n: number, ignore: Record<string, number> = {}) =>
  definitionOf({
    background: 0,
    ...Object.fromEntries(Array.from({ length: n }, (_, i) => [`s${i + 1}`, i + 1])),
    ...ignore,
  });

const volume = (...values: number[]) => values.map((value) => ({ value, voxels: 100 }));

function found(
  definition: ReturnType<typeof definitionOf> | null,
  values: readonly number[],
  facts: Partial<CaseFacts> = {},
) {
  const set = definition
    ? regionSetFromDefinition(definition)
    : regionSetFromLabels(Float64Array.from(values));
  return caseFindings(set, definition, {
    labels: volume(...values),
    scales: [],
    stridesFrom: "plans",
    configuration: null,
    regionVoxels: null,
    grids: null,
    ...facts,
  });
}

const codes = (...given: Parameters<typeof found>) =>
  found(...given).map(({ severity, code }) => `${severity} ${code}`);
const first = (...given: Parameters<typeof found>) => found(...given)[0]?.message;
const rewrites = (...given: Parameters<typeof found>) =>
  found(...given)[0]?.repair?.rewrites.map(({ from, to }) => `${from} to ${to}`);

describe("labels under other numbers", () => {
  it("BraTS: 4 in place of 3 is the only finding, and 3 is not called absent", () => {
    expect(first(BRATS, [0, 1, 2, 4])).toBe(
      "The volume has label 4 (100 voxels) where the definition has 3, so nnU-Net's integrity check rejects the case. Write 3 for 4 in the label " +
        "files. Adding 4 to the definition would leave 3 without voxels, and replacing 3 with 4 is rejected because 4 would follow 2.",
    );
    const at = (...voxels: number[]) => ({ regionVoxels: [voxels] });
    const scale = { factors: [1, 1, 1], shape: [9, 9, 9], lossWeight: 1, collapses: false } as const;
    expect(codes(BRATS, [0, 1, 2, 4], { ...at(200, 100, 0), scales: [scale] })).toEqual([
      "error label-unexpected",
    ]);
    // A case need not have every label.
    expect(rewrites(BRATS, [0, 1, 4])).toEqual(["4 to 3"]);
  });

  it("a label one above the highest is renumbered to the missing highest", () => {
    expect(rewrites(labels(7), [0, 1, 2, 3, 4, 5, 6, 8])).toEqual(["8 to 7"]);
    expect(first(labels(4), [0, 1, 2, 3, 5])).toMatch(
      /Write 4 for 5 in the label files\. .*5 would follow 3\.$/,
    );
  });

  it("entirely different numbers are replaced in order, if equally many", () => {
    const values = [0, 205, 420, 500, 550, 600, 820, 850];
    expect(first(labels(7), values)).toBe(
      "The volume has labels 205, 420, 500, 550, 600 and 2 more (700 voxels) where the definition has 1, 2, 3, 4, 5 and 2 more, so nnU-Net's " +
        "integrity check rejects the case: the label files use other numbers. Write 1 for 205, 2 for 420, 3 for 500 and 4 more in the label " +
        "files, if the structures are in the same order.",
    );
    expect(codes(labels(7), values)).toEqual(["error label-unexpected"]);
    // With some missing, it is not known which are which.
    expect(first(labels(7), [0, 205, 420, 600])).toMatch(
      /Correct the label files: give each structure its number from the definition, 1 to 7\.$/,
    );
  });

  it("labels all shifted by the same amount are shifted back", () => {
    expect(first(labels(2), [10, 11, 12])).toBe(
      "The volume contains labels 10, 11 and 12, but the definition has 0, 1 and 2: every label, including background, seems to be too high by 10, so " +
        "nnU-Net's integrity check rejects the case. Subtract 10 from every voxel in the label files.",
    );
    // Some values are labels, but background is still missing.
    expect(rewrites(labels(2), [2, 3, 4])).toEqual(["2 to 0", "3 to 1", "4 to 2"]);
    expect(rewrites(labels(2, { ignore: 3 }), [1, 2, 3, 4])).toEqual([
      "1 to 0",
      "2 to 1",
      "3 to 2",
      "4 to 3",
    ]);
    expect(first(labels(3), [0, 3, 4, 5])).toMatch(
      /every label above 0 seems to be too high by 2, so .* Subtract 2 from every label above 0 in the label files; if 4 and 5 are structures that the definition lacks, add them there instead\.$/,
    );
    expect(codes(labels(3), [0, 3, 4, 5])).toEqual(["error label-unexpected"]);
    // Background, recognised by its voxels, and some of the labels.
    const counts = [900, 20].map((voxels, i) => ({ value: 10 + 2 * i, voxels }));
    expect(found(labels(3), [], { labels: counts })[0]?.message).toMatch(/too high by 10/);
    expect(first(labels(3), [10, 12, 15])).not.toContain("too high");
  });

  describe("beside a definition with gaps, which nnU-Net refuses", () => {
    const gaps = definitionOf({ background: 0, b: 10, c: 20 });
    const both = (present: readonly number[]) => [
      ...definitionFindings(
        gaps,
        null,
        present.filter((value) => value > 0),
      ),
      ...found(gaps, present),
    ];

    it("the definition alone is renumbered if the label files may have no gaps", () => {
      const [first, second, ...others] = both([0, 1]).filter(({ code }) => code.startsWith("label"));
      expect(first).toMatchObject({ code: "labels-not-consecutive" });
      expect(first?.message).toBe(
        "nnU-Net's integrity check rejects the dataset because its labels must be consecutive (0, 1, 2, …), but 1–9 and 11–19 are missing (10 follows 0 and 20 follows 10). " +
          "If the label files have no gaps, as label 1 in the volume suggests, write 1 for 10 and 2 for 20 in this file only. Otherwise label 1 " +
          "is in no entry: give it its own entry in “labels”, and renumber the labels without gaps, in this file and in every label file.",
      );
      expect(second).toMatchObject({ code: "label-unexpected" });
      expect(second?.message).toMatch(
        /Labels must have no gaps: write 1 for 10 and 2 for 20 in dataset\.json if the label files use these numbers; otherwise give label 1 its own entry in “labels”\.$/,
      );
      // 10 and 20 may well be present.
      expect(others).toEqual([]);
      // And 2 alone is not a mask saved as a picture.
      expect(codes(gaps, [0, 2])).toEqual(["error label-unexpected"]);
    });

    it("a label that the definition lacks is added first, then all are renumbered", () => {
      const [, unexpected] = both([0, 1, 10, 20]).filter(({ code }) => code.startsWith("label"));
      expect(unexpected?.message).toMatch(
        /Give it its own entry in “labels”, or correct the label file; then renumber the labels without gaps, in dataset\.json and in every label file, because/,
      );
      expect(unexpected?.message).not.toContain("10 to 20");
      expect(first(gaps, [0, 10, 20, 255])).toMatch(
        /If it marks voxels to leave out of training, add it as “ignore”, otherwise give it its own entry in “labels”, or correct .*; then renumber/,
      );
    });
  });

  it("a label that the definition lacks is added to it, if that leaves no gap", () => {
    expect(first(BRATS, [0, 1, 2, 3, 4])).toMatch(
      /are trained as background\. Add it to the regions that it belongs to, or correct the label file\.$/,
    );
    expect(first(labels(2), [0, 1, 2, 3])).toMatch(
      /training stops\. Give it its own entry in “labels”, or correct/,
    );
    expect(first(labels(2), [0, 1, 2, 7, 9])).toMatch(
      /because labels must be 0, 1, 2, …, write 3 for 7 and 4 for 9 there and give 3 and 4 entries in “labels”\.$/,
    );
    // Adding a label would move the ignore label above it.
    expect(first(labels(2, { ignore: 3 }), [0, 1, 2, 7])).toMatch(
      /its number from the definition, 1 to 2, and ignore is 3\.$/,
    );
    const gap = definitionOf({ background: 0, a: 1, b: 2, d: 4 });
    expect(first(gap, [0, 1, 2, 3, 4])).toMatch(/Give it its own entry in “labels”/);
  });

  it("the labels of a volume with many are not added to a definition of two", () => {
    const many = Array.from({ length: 60_000 }, (_, label) => label);
    const [unexpected] = found(labels(2), many.slice(0, 20));
    expect(unexpected?.message).toMatch(
      /its number from the definition, 1 to 2\. If the label files are right, open the dataset\.json that belongs to them\.$/,
    );
    expect(found(labels(2), many)[0]).not.toHaveProperty("repair");
  });

  it("255 beside another unexpected label has its own finding", () => {
    const [four, mark, ...more] = found(labels(3), [0, 1, 2, 4, 255]);
    expect(four).toMatchObject({ labels: [4], repair: { rewrites: [{ from: 4, to: 3 }] } });
    expect(mark?.message).toBe(
      "Label 255 (100 voxels) is not defined in dataset.json. nnU-Net's integrity check rejects the case; without the check, training stops. " +
        "If it marks voxels to leave out of training, add “ignore”: 4 to “labels” and write 4 for 255 in the label files once the " +
        "other label is repaired; otherwise correct the label files.",
    );
    expect(mark).toMatchObject({ labels: [255], repair: { definition: { kind: "ignore", value: 4 } } });
    expect(more).toEqual([]);
    expect(found(BRATS, [0, 1, 2, 4, 255]).map(({ labels: of }) => of)).toEqual([[4], [255]]);
    expect(first(labels(3), [1, 2, 3, 4, 255])).toMatch(/Subtract 1 from every voxel except those of 255 in/);
    expect(found(labels(3), [1, 2, 3, 4, 255])[1]?.message).toMatch(
      /once the other labels are repaired; otherwise/,
    );
    expect(first(labels(3), [0, 2, 3, 4, 255])).toMatch(/Subtract 1 from every label above 0 except 255 in/);
    expect(
      found(labels(3), [0, 1, 2, 3, 4, 255]).map(({ message }) => message.split(". ").slice(2).join(". ")),
    ).toEqual([
      "Give it its own entry in “labels”, or correct the label file.",
      expect.stringMatching(
        /^If it marks .* add “ignore”: 5 to “labels” and write 5 for 255 .* once the other label is repaired/,
      ),
    ]);
    // Equal numbers of missing and unexpected labels, matched in order.
    expect(rewrites(labels(3), [0, 10, 20, 255])).toEqual(["10 to 1", "20 to 2", "255 to 3"]);
    // 255 as the ignore label is rejected, and no other finding mentions it.
    const ignores = definitionOf({ background: 0, w: [1, 2, 3], c: [2, 3], e: 3, ignore: 255 }, [1, 2, 3]);
    expect(first(ignores, [0, 1, 2, 4, 255])).toMatch(/Write 3 for 4 in the label files\.$/);
    expect(first(ignores, [0, 1, 2, 5, 6, 255])).not.toContain("ignore is");
  });

  it("many labels that the definition lacks are named by the first and the last", () => {
    const many = [0, 1, 2, 3, ...Array.from({ length: 9 }, (_, i) => 30 + i)];
    expect(first(labels(3), many)).toMatch(
      /, …, number these there in order, from 4 for 30 to 12 for 38, and give 4 to 12 an entry each in “labels”\.$/,
    );
    expect(first(definitionOf({ background: 0 }), [0, 3, 5])).toMatch(
      /The definition has only background: add the structures to “labels”, or correct the label files\.$/,
    );
  });

  it("255 beside all defined labels may become the ignore label", () => {
    expect(first(labels(3), [0, 1, 2, 3, 255])).toMatch(
      /If it marks voxels to leave out of training, add “ignore”: 4 to “labels” and write 4 for 255 in the label files; otherwise correct the label files\.$/,
    );
    // 0 to 2 with 1 subtracted, in uint8.
    expect(first(labels(2), [0, 1, 255])).toMatch(
      /write 3 for 255 in the label files; if it is background and the others are one too low \(255 is -1 in uint8\), write 0 for it and add 1 to the others; otherwise/,
    );
    expect(first(labels(3, { ignore: 4 }), [0, 1, 2, 3, 255])).toMatch(
      /write 4, the ignore label, for 255 in the label files\.$/,
    );
  });

  it("a mask with grey edges is to be thresholded", () => {
    const one = labels(1);
    expect(first(one, [0, 64, 128, 192, 255])).toMatch(
      /Write 1 where it is 128 or more and 0 elsewhere, or export it again without smoothing or JPEG compression\.$/,
    );
    expect(rewrites(one, [0, 64, 128, 192, 255])).toEqual(["64 to 0", "128 to 1", "192 to 1", "255 to 1"]);
    expect(codes(one, [0, 64, 128, 192, 255])).toEqual(["error values-scaled-mask"]);
    expect(rewrites(labels(2), [0, 127, 255])).toEqual(["127 to 1", "255 to 2"]);
  });
});

describe("values below 0", () => {
  it("-1 beside the defined labels is an error, and 0 replaces it", () => {
    expect(first(labels(2), [-1, 0, 1, 2])).toBe(
      "-1 is in the volume (100 voxels) but is not a label, so nnU-Net's integrity check rejects the case. Only nnU-Net's own preprocessed files have " +
        "-1, for voxels outside the body. Write 0 for -1 in the label files; if it marks voxels to leave out of training, add “ignore”: 3 to “labels” and write 3.",
    );
    expect(codes(null, [-1, 0, 1])).toEqual(["error negative-label"]);
  });

  describe("with -1 as the lowest", () => {
    const judged = (
      definition: ReturnType<typeof definitionOf> | null,
      counts: Readonly<Record<string, number>>,
    ) => {
      const given = Object.entries(counts)
        .map(([value, voxels]) => ({ value: Number(value), voxels }))
        .sort((a, b) => a.value - b.value);
      const findings = found(definition, [], { labels: given });
      const [finding] = findings;
      return {
        message: finding?.message,
        rewrites: finding?.repair?.rewrites.map(({ from, to }) => `${from} to ${to}`),
        others: findings.slice(1).map(({ code }) => code),
      };
    };

    it("are one too low if adding 1 gives only defined labels and -1 has the most voxels", () => {
      expect(judged(labels(2), { "-1": 900, 0: 20, 1: 30 })).toEqual({
        message:
          "The volume contains labels -1, 0 and 1, but the definition has 0, 1 and 2: every label, including background, seems to be one too low, so " +
          "nnU-Net's integrity check rejects the case. Add 1 to every voxel in the label files. If -1 marks voxels outside the body, write 0; " +
          "if it marks voxels to leave out of training, add “ignore”: 3 to “labels” and write 3.",
        rewrites: ["-1 to 0", "0 to 1", "1 to 2"],
        others: [],
      });
      const one = judged(labels(1), { "-1": 900, 0: 20 });
      expect(one.message).toMatch(
        /Add 1 to every voxel in the label files\. If -1 marks voxels outside the body, write 0, which leaves only background; if it marks/,
      );
      expect(one).toMatchObject({ rewrites: ["-1 to 0", "0 to 1"], others: [] });
      // A case need not have every label.
      expect(judged(labels(3), { "-1": 900, 1: 30 }).rewrites).toEqual(["-1 to 0", "1 to 2"]);
      expect(judged(null, { "-1": 900, 0: 20 }).message).toMatch(
        /^The volume contains labels -1 and 0, and -1 has the most voxels: .* one too low, .* write 0, which leaves only background\.$/,
      );
    });

    it("have -1 replaced by 0 if 0 has the most voxels", () => {
      const { message, ...others } = judged(labels(3), { "-1": 10, 0: 900, 1: 20, 2: 30 });
      expect(message).toBe(
        "-1 is in the volume (10 voxels) but is not a label, so nnU-Net's integrity check rejects the case. Only nnU-Net's own preprocessed files have " +
          "-1, for voxels outside the body. Write 0 for -1 in the label files; if it is background and every label is one too low, add 1 to " +
          "every voxel; if it marks voxels to leave out of training, add “ignore”: 4 to “labels” and write 4.",
      );
      expect(others).toEqual({ rewrites: ["-1 to 0"], others: ["label-unseen"] });
      // Adding 1 would turn 1 into 2, which is not a label.
      expect(judged(labels(1), { "-1": 900, 0: 20, 1: 5 }).message).not.toContain("one too low");
    });

    it("have -1 replaced by 1 if 1 is the only defined label and 0 has the most voxels", () => {
      expect(judged(labels(1), { "-1": 10, 0: 900 })).toEqual({
        message:
          "-1 is in the volume (10 voxels) but is not a label, so nnU-Net's integrity check rejects the case. If -1 is label 1 with its sign flipped, " +
          "write 1 in the label files; if it marks voxels outside the body, write 0, which leaves only background; if it is background " +
          "and 0 is label 1, add 1 to every voxel; if it marks voxels to leave out of training, add “ignore”: 2 to “labels” and write 2.",
        rewrites: ["-1 to 1"],
        others: [],
      });
      expect(judged(null, { "-1": 10, 0: 900 }).message).toContain("If -1 is label 1 with its sign flipped");
    });

    it("have -1 replaced by the ignore label if the definition has one and the volume does not", () => {
      const { message, ...others } = judged(labels(2, { ignore: 3 }), { "-1": 900, 0: 10, 1: 20, 2: 30 });
      expect(message).toMatch(
        /rejects the case\. If -1 marks voxels to leave out of training, write the ignore label 3 in the label files; if it/,
      );
      expect(others).toEqual({ rewrites: ["-1 to 3"], others: [] });
    });
  });

  it("a single one beside correct labels is taken for a mark outside the scan or for ignore", () => {
    expect(first(labels(2), [-100, 0, 1])).toBe(
      "Label -100 is in the volume (100 voxels), but nnU-Net has no labels below 0, so its integrity check rejects the case. If -100 marks " +
        "voxels outside the scan, write 0 in the label files; if it marks voxels to leave out of training, add “ignore”: 3 to “labels” " +
        "and write 3.",
    );
    expect(rewrites(labels(2), [-100, 0, 1])).toEqual(["-100 to 0"]);
    expect(rewrites(labels(2, { ignore: 3 }), [-100, 0, 1])).toEqual(["-100 to 3"]);
    expect(first(null, [-100, 0, 1])).toMatch(
      /If -100 marks voxels outside the scan, write 0 in the label files\.$/,
    );
    // 7 would still be wrong.
    expect(first(labels(2), [-100, 0, 7])).toMatch(/Number the labels 0, 1, 2, …/);
  });

  it("other values are shifted up if that gives the defined labels, otherwise renumbered", () => {
    expect(first(labels(2), [-1024, -1023, -1022])).toMatch(/too low by 1024: add 1024 to every voxel/);
    expect(first(labels(2), [-5, -3, 0, 1])).toMatch(/Number the labels 0, 1, 2, … in every label file/);
    // Exactly the defined labels, regardless of which has the most voxels.
    const counts = [10, 20, 900].map((voxels, i) => ({ value: i - 7, voxels }));
    expect(found(labels(2), [], { labels: counts })[0]?.message).toMatch(
      /too low by 7: add 7 to every voxel/,
    );
    expect(found(labels(3), [], { labels: counts })[0]?.message).toMatch(/Number the labels 0, 1, 2, …/);
  });
});

describe("values below 0 with 0 for background", () => {
  const counted = (...voxels: number[]) =>
    voxels.map((count, i) => ({ value: i + 1 - voxels.length, voxels: count }));

  it("have their signs flipped if 0 has the most voxels", () => {
    expect(found(labels(3), [], { labels: counted(10, 20, 30, 900) })).toMatchObject([
      {
        code: "negative-label",
        message:
          "Labels -3, -2 and -1 are in the volume (60 voxels), but nnU-Net has no labels below 0, so its integrity check rejects the case. " +
          "They are the labels of the definition with their signs flipped: write 1 for -1, 2 for -2 and 3 for -3 in the label files.",
        repair: {
          rewrites: [
            { from: -1, to: 1 },
            { from: -2, to: 2 },
            { from: -3, to: 3 },
          ],
        },
      },
    ]);
  });

  it("are too low if the lowest value has the most voxels", () => {
    expect(found(labels(3), [], { labels: counted(900, 20, 30, 10) })[0]?.message).toMatch(
      /All values are too low by 3: add 3 to every voxel/,
    );
    // Neither reading fits: both 3 and -3 are present.
    const both = [...counted(10, 20, 30, 900), { value: 3, voxels: 5 }];
    expect(found(labels(3), [], { labels: both })[0]?.message).toMatch(/Number the labels 0, 1, 2, …/);
  });
});

describe("number types", () => {
  it("label-cast says what int16 and int8 turn labels into", () => {
    expect(found(null, [0, 1, 40000])).toMatchObject([
      {
        severity: "error",
        code: "label-cast",
        message:
          "Label 40000 becomes -25536 (100 voxels) when nnU-Net preprocesses the case, because it casts labels to int16, which holds -32768 to 32767. " +
          "Number the labels 0, 1, 2, … in every label file.",
        repair: { rewrites: [{ from: 40000, to: 2 }] },
      },
    ]);
    expect(codes(null, [0, 32767])).toEqual(["warning values-scaled-mask"]);
    expect(codes(null, [0, 200, 32767])).toEqual([]);
    // Values after numpy's cast: 614454277 is 614454272 in float32, whose lowest 16 bits are 0xd400.
    expect(first(null, [0, 1, 614454277])).toContain("614454277 becomes -11264");
    expect(first(null, [0, 1, 5e9])).toContain("5000000000 becomes 0");
    expect(found(labels(1), [-200, -3, 0, 1]).map(({ message }) => message)[1]).toContain(
      "Label -200 becomes 56 (100 voxels) when nnU-Net preprocesses the case, because it casts labels to int8, which holds -128 to 127",
    );
  });

  it("have no finding if an earlier repair removes the value", () => {
    expect(codes(labels(2), [-1024, -1023, -1022])).toEqual(["error negative-label"]);
    expect(codes(labels(2), [0, 1, 40000])).toEqual(["error label-unexpected"]);
    expect(codes(labels(2), [0, 1, 2, 40000])).toEqual(["error label-unexpected"]);
    expect(codes(null, [-1, 0, 40000])).toEqual(["error negative-label", "error label-cast"]);
    // Nobody knows which structure it is, so the value stays.
    expect(codes(labels(3, { ignore: 4 }), [0, 1, 40000])).toEqual([
      "error label-unexpected",
      "error label-cast",
      "info label-unseen",
    ]);
  });

  it("labels that float32 cannot distinguish are an error", () => {
    const [merged] = found(null, [0, 16777216, 16777217]);
    expect(merged).toMatchObject({ code: "labels-merge-in-float32", labels: [16777216, 16777217] });
    expect(merged?.message).toMatch(
      /^Labels 16777216 and 16777217 become one label in nnU-Net: it reads label files as float32, which cannot hold every whole number above 16777216/,
    );
    expect(codes(null, [0, 16777216, 16777218])).toEqual(["error label-cast"]);
  });
});

describe("fractions", () => {
  it("between labels come from interpolation, and are written in decimal as briefly as possible", () => {
    const message = first(labels(2), [0, 0.3, 1, 2].map(Math.fround));
    expect(message).toMatch(/^The volume contains 0\.3 \(100 voxels\), which is not a whole number/);
    expect(message).toMatch(/resample them again with nearest neighbour/);
  });

  it("close to whole numbers are to be rounded", () => {
    const values = [0, 0.9999, 2.0003].map(Math.fround);
    expect(first(labels(2), values)).toMatch(
      /They lie within 0\.0003 of whole numbers, so nothing was interpolated: round the values and save the labels as whole numbers\.$/,
    );
    expect(codes(labels(2), values)).toEqual(["error values-not-integer"]);
    expect(first(labels(1), values)).toMatch(/save the original labels again as whole numbers\.$/);
  });
});

describe("values that the header scales", () => {
  const by = (
    slope: number,
    intercept: number,
    stored: readonly number[],
    range: ScaledValues["range"] = null,
  ) => {
    const values = stored.map((number) => {
      const value = number * Math.fround(slope) + Math.fround(intercept);
      return Number.isInteger(value) ? value : Math.fround(value);
    });
    return [
      values,
      { scaled: { slope: Math.fround(slope), intercept: Math.fround(intercept), stored, range } },
    ] as const;
  };

  it("are the first finding if the stored numbers have another fault", () => {
    const both = (
      definition: ReturnType<typeof definitionOf> | null,
      ...[slope, intercept, stored]: [number, number, number[]]
    ) => {
      const [values, facts] = by(slope, intercept, stored, [-32768, 32767]);
      return found(definition, values, facts).map(({ code, message, labels: affected, repair }) => ({
        code,
        message,
        labels: affected,
        repair: repair?.rewrites.map(({ from, to }) => `${from} to ${to}`).join() ?? null,
        adds: repair?.definition ?? null,
      }));
    };
    const [cause, rest, ...more] = both(BRATS, 0.5, 0, [0, 1, 2, 4]);
    expect(cause?.message).toBe(
      "The header's scl_slope 0.5 turns the stored whole numbers 0 to 4 into the fraction 0.5, so nnU-Net's integrity check rejects the case. " +
        "The stored numbers fit better: first set scl_slope to 1 in the header.",
    );
    expect(cause).toMatchObject({ code: "header-scales-labels", repair: "0.5 to 1,1 to 2,2 to 3" });
    expect(rest?.message).toMatch(/^Once the header is right, the volume has label 4 .* Write 3 for 4 in/);
    expect(rest).toMatchObject({ code: "label-unexpected", labels: [2], repair: null });
    expect(more).toEqual([]);
    // The second finding says whether 5 or 3 is meant.
    const [tenth, five] = both(labels(3), 0.1, 0, [0, 1, 2, 5]);
    expect(tenth).toMatchObject({ code: "header-scales-labels" });
    expect(five?.message).toMatch(/^Once the header is right, the volume has label 5 .* Write 3 for 5 in/);
    const ignored = { kind: "ignore", value: 3 };
    for (const slope of [0.5, 2, 3]) {
      const [at255, mark] = both(labels(2), slope, 0, [0, 1, 2, 255]);
      expect(at255).toMatchObject({ code: "header-scales-labels", adds: ignored });
      expect(mark?.message).toMatch(/^Once the header is right, label 255 .* leave out of training, add/);
    }
    const [lower, mark] = both(labels(2), 1, -1, [0, 1, 2, 255]);
    expect(lower).toMatchObject({ code: "header-scales-labels", adds: ignored });
    expect(lower?.message).toMatch(/first set scl_inter to 0 in the header\.$/);
    expect(mark?.message).not.toMatch(/Only nnU-Net/);
    expect(both(labels(3), 3, 0, [0, 1, 2, 9])[1]?.message).toMatch(/Write 3 for 9/);
    // Also without a definition.
    expect(both(null, 0.5, 0, [-1, 0, 1, 2]).map(({ code }) => code)).toEqual([
      "header-scales-labels",
      "negative-label",
    ]);
    // The header is right, and one label is unexpected.
    expect(both(labels(2), 0.01, 0, [0, 100, 200, 300]).map(({ code }) => code)).toEqual([
      "label-unexpected",
    ]);
  });

  it("with a slope left over from an image, the stored numbers are the labels", () => {
    const [values, facts] = by(1 / 255, 0, [0, 1, 2, 3], [0, 255]);
    expect(found(labels(3), values, facts)).toMatchObject([
      {
        code: "header-scales-labels",
        message:
          "The header's scl_slope 0.0039216 (1/255) turns the stored whole numbers 0 to 3 into fractions such as 0.003922 and 0.007843, so " +
          "nnU-Net's integrity check rejects the case. The stored numbers are the labels: set scl_slope to 1 in the header.",
      },
    ]);
    expect(codes(null, values, facts)).toEqual(["error header-scales-labels"]);
  });

  it("a slope close to 1 is written with enough digits to distinguish it from 1", () => {
    expect(first(labels(2), ...by(1.0000001, 0, [0, 1, 2], [0, 255]))).toMatch(
      /^The header's scl_slope 1\.0000001 turns the stored whole numbers .* into fractions such as 1\.0000001 and 2\.0000002, .* set scl_slope to 1/,
    );
    expect(first(labels(2), ...by(0.99999994, 0, [0, 1, 2], [0, 255]))).toMatch(
      /^The header's scl_slope 0\.9999999 turns the stored whole numbers .* into fractions such as 0\.9999999 and 1\.9999999,/,
    );
    expect(first(labels(3), ...by(1e30, 0, [0, 1, 3], [0, 255]))).toMatch(
      /^The header's scl_slope 1e\+30 turns the stored whole numbers 0 to 3 into 0 to 3e\+30,/,
    );
  });

  it("with labels from -1024 on, the intercept is to be set to 0", () => {
    const [values, facts] = by(1, -1024, [0, 1, 2], [-32768, 32767]);
    expect(found(labels(2), values, facts)).toMatchObject([
      {
        code: "header-scales-labels",
        message:
          "The header's scl_inter -1024 turns the stored whole numbers 0 to 2 into -1024 to -1022, so nnU-Net's integrity check rejects the case. " +
          "The stored numbers are the labels: set scl_inter to 0 in the header.",
      },
    ]);
    expect(codes(null, values, facts)).toEqual(["error header-scales-labels"]);
  });

  it("whole labels that were divided are to be rounded back", () => {
    const [values, facts] = by(2035 / 2047, 0, [0, 2, 4, 17, 257, 2047]);
    expect(found(null, values, facts)).toMatchObject([
      {
        code: "header-scales-labels",
        message:
          "The header's scl_slope 0.99414 turns the stored whole numbers 0 to 2047 into fractions such as 1.988 and 3.977, so nnU-Net's " +
          "integrity check rejects the case. Nothing was interpolated: every value is next to a different whole number. Round the values, and " +
          "save them with scl_slope 1 and scl_inter 0.",
      },
    ]);
    expect(rewrites(null, values, facts)?.slice(-2)).toEqual([
      `${Math.fround(17 * Math.fround(2035 / 2047))} to 17`,
      `${Math.fround(257 * Math.fround(2035 / 2047))} to 255`,
    ]);
    expect(first(null, ...by(2035 / 2047, 0, [0, 171, 341]))).toContain(
      "every value lies within 0.003 of a whole number.",
    );
    // If rounding gives the stored numbers, only the header needs correction.
    expect(first(labels(3), ...by(0.99414, 0, [0, 1, 3]))).toMatch(/set scl_slope to 1 in the header\.$/);
  });

  it("with a data type too small for the labels, a larger one is needed", () => {
    const all = Array.from({ length: 256 }, (_, i) => i);
    const squeezed = by(252 / 255, 0, [0, 3, 5, 255], [0, 255]);
    expect(first(null, ...squeezed)).toMatch(
      /^The header's scl_slope 0\.98824 .*the header's data type too small for them, .*Round the values, and save them with a larger integer type/,
    );
    expect(first(null, ...by(300 / 255, 0, [0, 3, 6, 255], [0, 255]))).toMatch(
      /^The header's scl_slope 1\.1765 .*too small for the labels, .* some may have merged\. Save the original labels again with a larger integer type, such as uint16\.$/,
    );
    // Interpolated values that nibabel squeezed into bytes also fill the range.
    expect(codes(labels(3), ...by(3 / 255, 0, all, [0, 255]))).toEqual(["error values-not-integer"]);
  });

  it("a harmless scaling is not mentioned", () => {
    expect(codes(labels(1), ...by(1 / 255, 0, [0, 255], [0, 255]))).toEqual([]);
    expect(codes(null, ...by(2, 0, [0, 1, 2], [0, 255]))).toEqual([]);
  });
});

describe("a volume of background alone", () => {
  it("has one finding only", () => {
    const scale = { factors: [1, 1, 1], shape: [9, 9, 9], lossWeight: 1, collapses: false } as const;
    const nothing = { regionVoxels: [[0, 0, 0]], scales: [scale] };
    expect(codes(BRATS, [0], nothing)).toEqual(["warning background-only"]);
    expect(codes(null, [0])).toEqual(["warning background-only"]);
    expect(codes(BRATS, [0, 1], { regionVoxels: [[100, 0, 0]], scales: [scale] })).toEqual([
      "info label-unseen",
      "info region-absent",
    ]);
  });

  it("is not found if -1 has to become background first", () => {
    expect(codes(labels(2), [-1])).toEqual(["error negative-label"]);
    expect(codes(null, [-1])).toEqual(["error negative-label"]);
  });

  it("says that nnU-Net trains on it without a warning", () => {
    expect(first(null, [0])).toBe(
      "The volume contains only background, and nnU-Net trains on it without a warning. That is fine if no structure is present; otherwise the labels were lost " +
        "on the way: save the segmentation again.",
    );
  });
});

describe("labels without voxels", () => {
  const scale = { factors: [1, 1, 1], shape: [9, 9, 9], lossWeight: 1, collapses: false } as const;
  const counts = (...voxels: number[]) => ({ regionVoxels: [voxels], scales: [scale] });

  it("have one finding if each is a region of its own", () => {
    expect(codes(labels(2), [0, 1], counts(100, 0))).toEqual(["info label-unseen"]);
  });

  it("have no finding while other values are fractions", () => {
    for (const fraction of [1.999, 1.5])
      for (const definition of [labels(1), labels(2), labels(3), BRATS]) {
        const given = [definition, [0, 1, fraction], counts(100, 0, 0)] as const;
        expect(codes(...given)).toEqual(["error values-not-integer"]);
      }
  });
});

describe("an image in place of labels", () => {
  it("gets no advice on regions", () => {
    const imageSigns = { values: 752, differing: 0.99, negative: -1024 };
    const scale = { factors: [2, 2, 2], shape: [9, 9, 9], lossWeight: 1, collapses: false } as const;
    const counts = { scales: [scale, scale], regionVoxels: [[2], [0]] };
    const all = found(labels(1), [-1024, -1, 0, 1, 37, 40000], { imageSigns, ...counts });
    expect(all.map(({ code }) => code)).toEqual(["looks-like-an-image", "label-unexpected"]);
    expect(all[1]?.message).toMatch(/Open the label file first\.$/);
  });
});
