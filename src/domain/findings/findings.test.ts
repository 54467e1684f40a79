/** Tests the findings for a definition and for a case, code by code. */
import { describe, expect, it } from "vitest";
import type { DatasetDefinition } from "../dataset/dataset-definition.ts";
import type { DatasetFiles, DatasetFolder } from "../dataset/dataset-files.ts";
import { regionSetFromDefinition, regionSetFromMasks } from "../dataset/region-set.ts";
import type { Triple } from "../geometry/grid.ts";
import { defaultStrides, scalesOf, type Trainer } from "../targets/deep-supervision.ts";
import { datasetFolderOf } from "../testing/dataset-folders.ts";
import { definitionOf } from "../testing/definitions.ts";
import type { Finding } from "./finding.ts";
import { type CaseFacts, caseFindings, definitionFindings } from "./findings.ts";
import type { MaskFacts } from "./masks.ts";

const NESTED = { background: 0, whole: [1, 2], core: 2 };

/** "error code [regions] [labels]" of each finding. */
const brief = (findings: readonly Finding[]) =>
  findings.map((f) => `${f.severity} ${f.code} [${f.regions.join()}] [${f.labels.join()}]`);

const check = (...args: Parameters<typeof definitionOf>) => brief(definitionFindings(definitionOf(...args)));

function checkCase(facts: Partial<CaseFacts>, definition = definitionOf(NESTED, [1, 2])) {
  const all: CaseFacts = {
    labels: volume(0, 1, 2),
    scales: [],
    regionVoxels: null,
    stridesFrom: "plans",
    configuration: null,
    grids: null,
    ...facts,
  };
  return caseFindings(regionSetFromDefinition(definition), definition, all);
}

const volume = (...values: number[]) => values.map((value) => ({ value, voxels: 100 }));

describe("definitionFindings", () => {
  it("finds nothing wrong with a good definition", () => {
    expect(check(NESTED, [1, 2])).toEqual([]);
    expect(check({ background: 0, a: 1, b: 2, ignore: 3 })).toEqual([]);
  });

  it("background-missing, background-not-zero", () => {
    expect(check({ a: 1, b: 2 })).toEqual(["error background-missing [] [0]"]);
    expect(check({ background: [0], a: 1 })).toEqual(["error background-not-zero [background] [0]"]);
    expect(check({ background: 1, a: 2 })).toEqual(["error background-not-zero [background] [1]"]);
  });

  it("labels-inverted: the rest is judged with names and numbers swapped", () => {
    expect(check({ "0": "background", "1": "liver" })).toEqual(["error labels-inverted [] [0,1]"]);
    expect(check({ "0": "background", "2": "liver" })).toEqual([
      "error labels-inverted [] [0,2]",
      "error labels-not-consecutive [liver] [2]",
    ]);
  });

  it("label-duplicate-key", () => {
    expect(
      check([
        ["background", 0],
        ["a", 2],
        ["a", 1],
      ]),
    ).toEqual(["error label-duplicate-key [a] [2,1]"]);
    expect(
      check([
        ["background", 0],
        ["a", 1],
        ["a", 1],
      ]),
    ).toEqual(["warning label-duplicate-key [a] [1]"]);
  });

  it("label-not-integer", () => {
    expect(check({ background: 0, a: [1, [2]], b: 2 }, [1, 2])).toEqual([
      "error label-not-integer [a] [1,2]",
    ]);
    // Harmless as long as there are no regions.
    expect(check({ background: 0, a: "1" })).toEqual(["warning label-not-integer [a] [1]"]);
    expect(check({ background: 0, a: "1", b: [1, 2] }, [1, 2])).toContain("error label-not-integer [a] [1]");
    expect(check({ background: 0, a: 1, b: 2.5 })).toContain("error label-not-integer [b] [2.5]");
    const point = definitionOf({ background: 0, a: 1 });
    const written = {
      ...point,
      labels: point.labels.map((e) => ({ ...e, text: e.name === "a" ? "1.0" : e.text })),
    };
    expect(brief(definitionFindings(written))).toEqual(["info label-not-integer [a] [1]"]);
  });

  it("labels-not-consecutive", () => {
    expect(check({ background: 0, a: 1, b: 3, c: 4, d: 9 })).toEqual([
      "error labels-not-consecutive [b,d] [3,9]",
    ]);
  });

  it("does not renumber onto a label that only the volume has: adding that label comes first", () => {
    const found = (labels: Readonly<Record<string, unknown>>, ...present: number[]) => {
      const all = definitionFindings(definitionOf({ background: 0, ...labels }), null, present);
      const { message = "", repair } =
        all.find(({ code }) => code === "labels-not-consecutive" || code.startsWith("ignore-")) ?? {};
      return { said: message.replace(/^.*?(?=Label|Renumber|Write)/, ""), repair };
    };
    const first = "is in the volume but in no entry: give it its own entry in “labels”";
    const files = ", or correct the label file.";
    expect(found({ a: 1, c: 3 }, 1, 2, 3)).toEqual({ said: `Label 2 ${first}${files}` });
    expect(found({ b: 2, c: 3 }, 1, 2, 3)).toEqual({ said: `Label 1 ${first}${files}` });
    expect(found({ a: [], c: [2, 3] }, 1, 2, 3).said).toBe(
      `Label 1 is in the volume but in no entry: add it to the regions that it belongs to${files}`,
    );
    expect(found({ b: 10, c: 20 }, 1, 10, 20)).toEqual({
      said: `Label 1 ${first}${files} Then renumber the labels without gaps, in this file and in every label file.`,
    });
    // A label above the defined ones does not get in the way.
    for (const present of [
      [1, 3],
      [1, 3, 7],
    ])
      expect(found({ a: 1, c: 3 }, ...present).said).toMatch(/^Renumber .*: 2 for 3\.$/);
    expect(found({ a: 1, b: 2, ignore: 4 }, 1, 2, 3, 4)).toEqual({ said: `Label 3 ${first}${files}` });
    expect(found({ a: 1, b: 2, ignore: [4, 5] }, 3).said).toBe(
      `Label 3 ${first}${files} Then “ignore” is one more than the highest other label.`,
    );
    expect(found({ a: 1, b: 2, ignore: 4 }, 1, 2, 4).said).toMatch(/^Write “ignore”: 3 and renumber/);
  });

  it("order-missing, order-length, order-not-integer and order-ignored", () => {
    expect(check(NESTED)).toEqual(["error order-missing [whole,core] []"]);
    expect(check(NESTED, [1])).toEqual(["error order-length [core] []"]);
    expect(check(NESTED, [1, 2, 3])).toEqual(["error order-length [] []"]);
    expect(check(NESTED, [[1, 2], 2])).toEqual(["error order-not-integer [whole] []"]);
    expect(check({ background: 0, a: [1], b: 2 }, [1, 2])).toEqual(["warning order-ignored [a] []"]);
  });

  it("order-missing suggests an order that works", () => {
    expect(definitionFindings(definitionOf(NESTED))[0]?.message).toContain("[1, 2]");
  });

  it("parent-after-child", () => {
    const reversed = { background: 0, core: 2, whole: [1, 2] };
    expect(check(reversed, [2, 1])).toEqual([
      "error parent-after-child [core,whole] [2]",
      "warning round-trip-merge [whole] [1,2]",
    ]);
    // Both regions write the same label, so nothing is erased.
    expect(check(reversed, [1, 1])).toEqual(["warning round-trip-merge [whole] [1,2]"]);
  });

  it("round-trip-wrong says what each label becomes, and names the repair", () => {
    const [wrong, ...more] = definitionFindings(definitionOf(NESTED, [2, 1]));
    expect(more).toEqual([]);
    expect(wrong).toMatchObject({ code: "round-trip-wrong", severity: "error", labels: [1, 2] });
    expect(wrong?.message).toMatch(/^Labels 1 and 2 are swapped in predictions, .*\[1, 2\]/);
    const chain = { background: 0, w: [1, 2, 3, 4], x: [2, 3, 4], y: 4 };
    const [alike] = definitionFindings(definitionOf(chain, [1, 4, 2]));
    expect(alike?.message).toMatch(/^Labels 2 and 3 become 4 and label 4 becomes 2 in predictions, /);
  });

  it("round-trip-merge is an error if a label merges with the background", () => {
    expect(check({ background: 0, both: [1, 2], c: 3 }, [1, 3])).toEqual([
      "warning round-trip-merge [both] [1,2]",
    ]);
    expect(check({ background: 0, both: [1, 2], c: 3 }, [0, 3])).toEqual([
      "error round-trip-merge [both] [1,2]",
    ]);
  });

  it("region-empty, region-duplicate, region-contains-background and label-shared", () => {
    expect(check({ ...NESTED, none: [] }, [1, 2, 3])).toEqual(["warning region-empty [none] []"]);
    expect(check({ ...NESTED, again: [2] }, [1, 2, 2])).toEqual([
      "warning region-duplicate [core,again] [2]",
    ]);
    expect(check({ background: 0, all: [0, 1], a: 1 }, [0, 1])).toEqual([
      "warning region-contains-background [all] [0]",
    ]);
    const crossing = { background: 0, all: [1, 2, 3], a: [1, 3], b: [2, 3], both: 3 };
    expect(check(crossing, [1, 1, 2, 3])).toEqual(["warning label-shared [a,b] [3]"]);
  });

  it("label-shared says that nothing is lost if a later region contains only that label", () => {
    const message = (labels: Record<string, unknown>, order: readonly number[]) =>
      definitionFindings(definitionOf(labels, order)).find(({ code }) => code === "label-shared")?.message;
    const own = { background: 0, liver: [1, 3], tumour: [2, 3], "liver + tumour": 3 };
    expect(message(own, [1, 2, 3])).toBe(
      "“liver” and “tumour” both contain label 3, but neither contains the other, so they overlap. A prediction still restores it, because “liver + tumour”, written after them, contains only it. Nothing needs to change if the overlap is intended; otherwise remove it from all but " +
        "one.",
    );
    const two = { background: 0, a: [1, 3, 4], b: [2, 3, 4], c: 3, d: [4] };
    expect(message(two, [1, 2, 3, 4])).toMatch(
      /^“a” and “b” both contain labels 3 and 4,.* still restores them, because “c” and “d”, written after them, contain only one each\. .* remove them from/,
    );
    // The label comes back as itself along with others; as another; without a region of its own.
    for (const [labels, order] of [
      [{ background: 0, a: [1, 3], b: [2, 3] }, [1, 3]],
      [own, [1, 2, 2]],
      [{ background: 0, a: [1, 3, 4], b: [2, 3, 4], c: 3 }, [1, 2, 3]],
    ] as const) {
      expect(message(labels, order)).toContain("and a prediction keeps only the last region that contains");
    }
  });

  it("ignore-twice asks for one value, and ignore-list is the only finding", () => {
    const twice = definitionOf([
      ["background", 0],
      ["a", 1],
      ["b", 2],
      ["c", 3],
      ["ignore", 4],
      ["ignore", 5],
    ]);
    expect(brief(definitionFindings(twice))[0]).toBe("error ignore-twice [ignore] [4,5]");
    expect(definitionFindings(twice)[0]?.message).toMatch(
      /4 and 5 have the name “ignore”.* Write 4 for all of them in the label files, and “ignore”: 4 once\.$/,
    );
    // No finding moves voxels of the first ignore label into a region.
    expect(brief(checkCase({ labels: volume(0, 1, 2, 3, 4, 5) }, twice))).toEqual([]);
    // There are no regions, so no order is missing.
    expect(check({ background: 0, a: 1, ignore: [2, 3] })).toEqual(["error ignore-list [ignore] [2,3]"]);
  });

  it("labels-empty", () => {
    expect(check({})).toEqual(["error labels-empty [] []"]);
  });

  it("ignore between the labels: both findings have the same renumbering, ignore first", () => {
    const between = definitionFindings(definitionOf({ background: 0, a: 1, ignore: 2, b: 3 }));
    expect(between.map(({ code }) => code)).toEqual(["ignore-not-highest", "labels-not-consecutive"]);
    for (const { message, repair } of between) {
      expect(message).toMatch(/in this file and in every label file: 2 for 3 and 3 for 2\.$/);
      expect(repair).toEqual({
        rewrites: [
          { from: 3, to: 2 },
          { from: 2, to: 3 },
        ],
        definition: { kind: "renumber" },
      });
    }
    const first = definitionFindings(
      definitionOf({ background: 0, ignore: 1, whole: [2, 3], core: [3] }, [2, 3]),
    ).filter(({ severity }) => severity === "error");
    expect(first.map(({ message }) => message.split(": ").at(-1))).toEqual([
      "1 for 2, 2 for 3 and 3 for 1.",
      "1 for 2, 2 for 3 and 3 for 1.",
    ]);
    const [list] = definitionFindings(definitionOf({ background: 0, a: 1, b: 3, ignore: [4] }));
    expect(list?.message).toMatch(
      /“ignore” is \[4\], .* Number the other labels without gaps, and set ignore to one/,
    );
    const [far] = definitionFindings(definitionOf({ background: 0, a: 1, b: 2, ignore: 255 }));
    expect(far?.message).toMatch(/Write “ignore”: 3 and renumber it in the label files\.$/);
  });

  it("background and a structure with exchanged numbers are swapped; both 0 is a warning", () => {
    const labels = { liver: 0, background: 1, tumour: 2, vessel: 3 };
    const [exchanged, ...more] = definitionFindings(definitionOf(labels));
    expect(exchanged?.message).toMatch(
      /“liver” has the number 0: swap the two \(“background”: 0 and “liver”: 1\), in this file and in every label file that uses these numbers\.$/,
    );
    expect(exchanged?.repair?.rewrites).toEqual([
      { from: 1, to: 0 },
      { from: 0, to: 1 },
    ]);
    expect(more).toEqual([]);
    const [gap, both] = definitionFindings(definitionOf({ ...labels, background: 0 }));
    expect(both).toMatchObject({ code: "label-is-background", severity: "warning", regions: ["liver"] });
    expect(both?.message).toBe(
      "Nothing is learned for “liver”: it is 0, like background, and nnU-Net silently treats it as background. Give it the number that its " +
        "voxels have in the label files, such as 1, or remove it.",
    );
    expect(gap?.message).toMatch(/First give “liver” its own number, possibly the missing one\.$/);
    expect(gap).not.toHaveProperty("repair");
  });

  it("label-defined-negative: nothing is learned for -1", () => {
    const [plain, ...more] = definitionFindings(definitionOf({ background: 0, a: 1, b: 2, rest: -1 }));
    expect(plain).toMatchObject({ code: "label-defined-negative", severity: "error", labels: [-1] });
    expect(plain?.message).toMatch(
      /so nothing is learned for “rest”\. Write 3 for -1, in this file and in every label file; to leave/,
    );
    expect(more).toEqual([]);
    const ignoring = definitionFindings(definitionOf({ background: 0, a: 1, rest: -1, ignore: 2 }));
    expect(ignoring[0]?.message).toMatch(
      /Write 2 for -1 and 3 for 2, in this file and in every label file\.$/,
    );
    const inRegion = definitionOf({ background: 0, whole: [-1, 1, 2], b: 2 }, [1, 2]);
    expect(definitionFindings(inRegion)[0]?.message).toMatch(
      /Remove it from the list and write 0 for -1 in the label files, or, if it is a structure, number it after/,
    );
  });

  it("ignore-not-highest, ignore-not-integer", () => {
    expect(check({ background: 0, a: 1, b: 2, ignore: 4 })).toEqual([
      "error ignore-not-highest [ignore] [4]",
    ]);
    expect(check({ background: 0, a: 1, b: 2, ignore: 2 })).toEqual([
      "error ignore-not-highest [ignore] [2]",
    ]);
    expect(check({ background: 0, a: 1, ignore: [2] })).toEqual(["error ignore-not-integer [ignore] [2]"]);
  });

  describe("keys beside labels", () => {
    const plain = definitionOf({ background: 0, a: 1 });
    const messages = (changes: Partial<typeof plain>, files: DatasetFiles | null = null) =>
      definitionFindings({ ...plain, ...changes }, files).map(
        ({ severity, code, message }) => `${severity} ${code}: ${message}`,
      );
    const files = (ending: string, folder: Partial<DatasetFolder> | null = null): DatasetFiles => ({
      labels: `case${ending}`,
      ending,
      folder: folder && datasetFolderOf({ trainingCases: 3, endings: [ending], ...folder }),
    });

    it("keys-missing: the message names the missing keys, with their values as far as known", () => {
      const version1 = { keys: ["modality", "labels", "numTraining"], fileEnding: null };
      const stops = "error keys-missing: nnU-Net's integrity check stops because";
      expect(messages(version1)).toEqual([
        `${stops} channel_names and file_ending are missing: modality is version 1's name for channel_names. ` +
          "Rename modality to channel_names and add “file_ending”: “.nii.gz”.",
      ]);
      expect(messages({ keys: ["labels", "file_ending"], channels: null })).toEqual([
        `${stops} channel_names and numTraining are missing. Add “channel_names” such as {“0”: “CT”} and ` +
          "“numTraining” with the number of training cases.",
      ]);
      const noEnding = { keys: ["labels", "channel_names"], fileEnding: null };
      expect(messages(noEnding, files(".nrrd", {}))).toEqual([
        `${stops} numTraining and file_ending are missing. Add “numTraining”: 3 and “file_ending”: “.nrrd”.`,
      ]);
      const lacking = { withoutLabels: ["c"], withoutImage: ["a", "b"] };
      const noNumber = { keys: ["labels", "channel_names", "file_ending"] };
      expect(messages(noNumber, files(".nii.gz", { trainingCases: null, unpaired: lacking }))).toEqual([
        `${stops} numTraining is missing. Add “numTraining” with the number of training cases. nnU-Net counts the cases in imagesTr, but there is no image for ` +
          "a and b and no label file for c: complete these cases first, or remove them.",
      ]);
      // An ending that nnU-Net cannot read, or that only some files have, is not suggested.
      const unknown = "“file_ending” with the ending of all image and label files, such as “.nii.gz”.";
      for (const known of [null, files(".hdr"), files(".nii", { endings: [".nii", ".nii.gz"] })]) {
        expect(messages({ ...noEnding, keys: [...noEnding.keys, "numTraining"] }, known)).toEqual([
          `${stops} file_ending is missing. Add ${unknown}`,
        ]);
      }
    });

    it("file-ending: an error in a dataset folder, a warning for a file opened on its own", () => {
      expect(messages({}, files(".nii.gz", {}))).toEqual([]);
      expect(messages({ fileEnding: ".nrrd" }, files(".seg.nrrd"))).toEqual([
        "warning file-ending: nnU-Net looks for label files that end in just .nrrd, so it does not find case.seg.nrrd. " +
          "Name it case.nrrd in the dataset folder.",
      ]);
      // In a folder the file has to be renamed, which the finding on its name says.
      const renamed = files(".seg.nrrd", { endings: [".nrrd"] });
      expect(messages({ fileEnding: ".nrrd" }, renamed)).toEqual([]);
      expect(messages({ fileEnding: ".seg.nrrd" }, renamed)).toEqual([
        "error file-ending: nnU-Net finds no case because “file_ending” is “.seg.nrrd”, but the files in this folder end in .nrrd. " +
          "Write “file_ending”: “.nrrd”.",
      ]);
      expect(messages({}, files(".nii", {}))).toEqual([
        "error file-ending: nnU-Net finds no case because “file_ending” is “.nii.gz”, but the files in this folder end in .nii. " +
          "Write “file_ending”: “.nii”.",
      ]);
      expect(messages({}, files(".nii", { endings: [".nii", ".nii.gz"] }))).toEqual([
        "error file-ending: nnU-Net does not find case.nii because “file_ending” is “.nii.gz”: all image and label files of a dataset must " +
          "have the same ending, but those in this folder end in .nii and .nii.gz. Convert them to one format that nnU-Net reads, such as " +
          ".nii.gz, and write its ending there.",
      ]);
      expect(messages({}, files(".nii"))).toEqual([
        "warning file-ending: nnU-Net ignores case.nii because “file_ending” is “.nii.gz”; all image and label files of a dataset must have that " +
          "ending. Convert it to .nii.gz, or write “file_ending”: “.nii” if all files of the dataset have that ending.",
      ]);
      expect(messages({}, files(".hdr"))[0]).toMatch(/have that ending\. Convert it to \.nii\.gz\.$/);
      const pointless =
        "error file-ending: nnU-Net finds no case because “file_ending” is “nii.gz”, without its dot. Write “file_ending”: “.nii.gz”.";
      expect(messages({ fileEnding: "nii.gz" })).toEqual([pointless]);
      expect(messages({ fileEnding: "nii.gz" }, files(".nii.gz"))).toEqual([pointless]);
    });

    it("file-ending: warns of a label file named like an image, and of an image of another case", () => {
      const of = (labels: string, image?: string) =>
        messages(
          {},
          { labels: `${labels}.nii.gz`, ending: ".nii.gz", folder: null, ...(image ? { image } : {}) },
        );
      for (const [labels, image] of [
        ["case_001"],
        ["case_001", "case_001_0000.nii.gz"],
        ["case_001_0000", "case_001_0000_0000.nii.gz"],
        ["case_seg", "case_0000.nii.gz"],
        ["seg", "ct.nii.gz"],
      ] as const) {
        expect(of(labels, image), labels).toEqual([]);
      }
      const numbered =
        "warning file-ending: nnU-Net expects a label file to have only the name of its case, but case_001_0000.nii.gz ends in a channel number, as images " +
        "do. Name it case_001.nii.gz, unless _0000 is part of the case's name.";
      expect(of("case_001_0000")).toEqual([numbered]);
      expect(of("case_001_0000", "case_001_0000.nii.gz")).toEqual([numbered]);
      expect(of("case_001", "case_002_0000.nii.gz")).toEqual([
        "warning file-ending: nnU-Net reads case_002_0000.nii.gz as an image of case_002, and case_001.nii.gz as the labels of case_001. " +
          "Open the image and labels of one case, or give both the same case name if they belong together.",
      ]);
    });

    it("file-ending: an unusable ending is corrected, and files are converted or renamed", () => {
      const of = (fileEnding: string, ending: string | null) =>
        messages({ fileEnding }, ending === null ? null : files(ending))[0];
      expect(of("nii.gz", ".nrrd")).toMatch(
        /Convert it to \.nii\.gz, and write “file_ending”: “\.nii\.gz”, or write “file_ending”: “\.nrrd” if all/,
      );
      expect(of("", ".nrrd")).toBe(
        "error file-ending: nnU-Net finds no case because “file_ending” is empty. Write “file_ending”: “.nrrd”.",
      );
      expect(of("", null)).toMatch(
        /is empty\. Write “file_ending”: “\.nii\.gz”, or the ending of all image and label/,
      );
      const passes = "warning file-ending: nnU-Net ignores case";
      const capitals = "it distinguishes capital from small letters";
      expect(of(".NII.GZ", ".nii.gz")).toBe(
        `${passes}.nii.gz because “file_ending” is “.NII.GZ”: ${capitals}. Write “file_ending”: “.nii.gz”.`,
      );
      expect(of(".nii.gz", ".NII.GZ")).toBe(
        `${passes}.NII.GZ because “file_ending” is “.nii.gz”: ${capitals}. Rename it to end in .nii.gz.`,
      );
      expect(of(".png", ".nii.gz")).toBe(
        `${passes}.nii.gz because “file_ending” is “.png”, which is for 2D images, not for volumes; all image and label files of a dataset must have that ` +
          "ending. Write “file_ending”: “.nii.gz” if all files of the dataset have that ending.",
      );
      expect(of(".gz", ".hdr")).toBe(
        `${passes}.hdr because “file_ending” is “.gz”, which nnU-Net cannot read; all image and label files of a dataset must have that ending. ` +
          "Convert it to .nii.gz, and write “file_ending”: “.nii.gz”.",
      );
    });

    it("channel-names: the message says what happens if names stand where the numbers belong", () => {
      const named = (value: Readonly<Record<string, unknown>>) => {
        const members = Object.entries(value).map(([name, of]) => ({ name, value: of }));
        return messages({ channels: { key: "channel_names", members, value } });
      };
      expect(named({ CT: 0 })).toEqual([
        "error channel-names: nnU-Net stops during planning because channel_names has the names first, as in labels (“CT”: 0): it finds a " +
          "number where a channel's name should be. Swap name and number in every entry (“0”: “CT”); Regionscope already reads them that way.",
      ]);
      expect(named({ CT: "0" })[0]).toMatch(
        /^error .*reads the number as the name and normalises that channel by z-score, not as “CT”\./,
      );
      expect(named({ T1: "0" })[0]).toMatch(
        /^warning .*nothing goes wrong\. Swap name and number in every entry/,
      );
      // The button writes numbers from 0, each once.
      expect(named({ T1: 1, T2: 2 })[0]).toMatch(
        /Swap name and number in every entry and number the channels from 0 \(“0”: “T1”\); Regionscope/,
      );
      expect(named({ T2: 1, T1: 0 })[0]).toMatch(
        /Swap name and number in every entry \(“1”: “T2”\); Regionscope/,
      );
      expect(named({ T1: 0, T2: 0 })[0]).toMatch(
        /should be\. Write the numbers first and give each channel its own number, starting at 0 \(“0”: “T1”\)\.$/,
      );
      expect(named({ a1: "PET", a0: "CT" })[0]).toMatch(
        /^warning .*has “a1” where a channel number .*assigns the names in file order to the images that end in _0000/,
      );
    });
  });

  it("sorts by severity and writes whole sentences", () => {
    const found = definitionFindings(definitionOf({ background: 0, a: [1, 2], b: 7, none: [] }, [1, 7, 3]));
    expect(found.map((f) => f.severity)).toEqual(["error", "warning", "warning"]);
    for (const { message } of found) expect(message).toMatch(/^([A-Z“]|nnU-Net|regions_class_order).*\.$/);
  });
});

describe("caseFindings", () => {
  it("finds nothing wrong with a good case", () => {
    expect(checkCase({ labels: volume(0, 1, 2) })).toEqual([]);
  });

  it("label-unexpected and label-unseen", () => {
    expect(brief(checkCase({ labels: volume(0, 1, 7, 9) }))).toEqual([
      "error label-unexpected [] [7,9]",
      "info label-unseen [whole,core] [2]",
    ]);
    const withIgnore = definitionOf({ background: 0, a: 1, ignore: 2 });
    expect(checkCase({ labels: volume(0, 1, 2) }, withIgnore)).toEqual([]);
    expect(checkCase({ labels: volume(0, 1) }, withIgnore)).toEqual([]);
  });

  it("image-nan", () => {
    expect(checkCase({ imageNaN: 0 })).toEqual([]);
    const [one] = checkCase({ imageNaN: 1 });
    expect(`${one?.severity} ${one?.code}: ${one?.message}`).toBe(
      "error image-nan: nnU-Net's integrity check rejects the case because 1 voxel of the image is not a number (NaN). " +
        "Replace it with a sensible value, such as the image's lowest where nothing was measured.",
    );
    expect(checkCase({ imageNaN: 1200 })[0]?.message).toMatch(
      /1,200 voxels of the image are not numbers \(NaN\)/,
    );
  });

  it("image-zero", () => {
    expect(checkCase({ isImageZero: false })).toEqual([]);
    const [one, ...others] = checkCase({ isImageZero: true });
    expect([one?.severity, one?.code, others]).toEqual(["warning", "image-zero", []]);
    expect(one?.message).toMatch(/^The image is 0 everywhere, in every channel, /);
  });

  it("values-not-integer", () => {
    expect(brief(checkCase({ labels: volume(0, 0.5, 1, 2) }))).toEqual(["error values-not-integer [] [0.5]"]);
  });

  it("values-scaled-mask: without a definition, only usual mask values count", () => {
    const one = definitionOf({ background: 0, a: 1 });
    expect(brief(checkCase({ labels: volume(0, 255) }, one))[0]).toBe("error values-scaled-mask [] [255]");
    const facts: CaseFacts = {
      labels: volume(0, 255),
      scales: [],
      regionVoxels: null,
      stridesFrom: "plans",
      configuration: null,
      grids: null,
    };
    // A value that is one too high gets the finding that says so.
    expect(brief(checkCase({ labels: volume(0, 2) }, one))[0]).toBe("error label-unexpected [] [2]");
    expect(brief(checkCase({ labels: volume(0, 127, 255) }))).toContain(
      "error values-scaled-mask [] [127,255]",
    );
    const bare = { trainsOn: "labels", regions: [], fromMasks: false } as const;
    expect(brief(caseFindings(bare, null, facts))).toEqual(["warning values-scaled-mask [] [255]"]);
    expect(caseFindings(bare, null, { ...facts, labels: volume(0, 22) })).toEqual([]);
    expect(brief(checkCase({ labels: volume(0, 2) }))).toEqual(["info label-unseen [whole] [1]"]);
  });

  it("region-absent, and region-vanishes only at scales with a loss weight", () => {
    const scales = scalesOf([64, 64, 64], defaultStrides());
    const at = (...core: number[]) => core.map((n) => [500, n]);
    const codes = (...core: number[]) => brief(checkCase({ scales, regionVoxels: at(...core) }));
    expect(codes(9, 4, 2, 1, 1)).toEqual([]);
    expect(codes(9, 4, 2, 0, 0)).toEqual(["warning region-vanishes [core] [2]"]);
    // The coarsest scale has no weight.
    expect(codes(9, 4, 2, 1, 0)).toEqual([]);
    expect(codes(0, 0, 0, 0, 0)).toEqual(["info region-absent [core] [2]"]);
    const [vanished] = checkCase({ scales, regionVoxels: at(9, 4, 0, 0, 0) });
    expect(vanished?.message).toMatch(
      /^“core” \(9 voxels at scale 0\) has no voxels left at scale 2 \(1\/4\) of the whole case, .*13 %/,
    );
  });

  it("region-vanishes follows the trainer's loss weights, and states small shares of the loss", () => {
    const regionVoxels = [9, 4, 2, 1, 0].map((n) => [500, n]);
    const found = (trainer: Trainer) => {
      const scales = scalesOf([64, 64, 64], defaultStrides(), trainer);
      return checkCase({ scales, regionVoxels: regionVoxels.slice(0, scales.length) });
    };
    expect(found("default")).toEqual([]);
    expect(found("no-deep-supervision")).toEqual([]);
    // The coarsest scale has a millionth of the loss.
    expect(found("ddp")).toEqual([]);
    // 2^-7 of nine scales: 1 / 255.
    const nine = [...defaultStrides(), [2, 2, 2], [2, 2, 2], [2, 2, 2], [2, 2, 2]] as const;
    const scales = scalesOf([1024, 1024, 1024], nine);
    const counts = [9, 8, 7, 6, 5, 4, 3, 0, 0].map((n) => [500, n]);
    expect(checkCase({ scales, regionVoxels: counts })[0]?.message).toContain("carries 0.4 % of the loss");
  });

  it("scale-collapses speaks of the plans' patch, if there is one", () => {
    const scales = scalesOf([5, 64, 64], defaultStrides());
    const [whole] = checkCase({ scales });
    expect(whole?.message).toMatch(
      /^nnU-Net crashes on a training patch of 5×64×64 voxels, the whole case: /,
    );
    expect(checkCase({ scales, patchScales: scalesOf([64, 64, 64], defaultStrides()) })).toEqual([]);
    const [patch] = checkCase({
      scales: scalesOf([64, 64, 64], defaultStrides()),
      patchScales: scalesOf([64, 64, 7], defaultStrides()),
    });
    expect(patch?.message).toMatch(
      /^nnU-Net crashes on the plans' training patch of 64×64×7 voxels: at scale 4 \(1\/16\) .* third axis\./,
    );
  });

  it("scale-collapses, and loss-weights-undefined only with the default trainer", () => {
    expect(brief(checkCase({ scales: scalesOf([5, 64, 64], defaultStrides()) }))).toEqual([
      "error scale-collapses [] []",
    ]);
    expect(
      brief(
        checkCase({
          scales: scalesOf(
            [64, 64, 64],
            [
              [1, 1, 1],
              [2, 2, 2],
            ],
          ),
        }),
      ),
    ).toEqual(["error loss-weights-undefined [] []"]);
    const one = [
      [1, 1, 1],
      [2, 2, 2],
    ] as const;
    for (const trainer of ["ddp", "no-deep-supervision"] as const)
      expect(checkCase({ scales: scalesOf([64, 64, 64], one, trainer) })).toEqual([]);
  });

  it("patch-not-divisible takes the product of the strides of all network stages", () => {
    const strides = [
      [1, 1, 1],
      [1, 2, 2],
      ...Array.from({ length: 4 }, () => [2, 2, 2]),
    ] as unknown as Triple[];
    const found = (...patchSize: Triple) =>
      checkCase({ configuration: { name: "3d_fullres", strides, patchSize, batchSize: 2 } });
    expect(found(112, 160, 128)).toEqual([]);
    const [wrong] = found(120, 140, 128);
    expect(wrong?.severity).toBe("error");
    expect(wrong?.message).toBe(
      "nnU-Net's U-Net stops because the patch of configuration “3d_fullres”, 120×140×128 voxels, is not divisible by its " +
        "strides: each axis must be divisible by their product, 16×32×32. Write a patch_size of 112×128×128 or 128×160×128.",
    );
    // A network without strides divides nothing.
    const none = { name: "3d_fullres", strides: null, patchSize: [120, 140, 128], batchSize: 2 } as const;
    expect(checkCase({ configuration: none })).toEqual([]);
    // Below one whole step there is no smaller size.
    expect(found(8, 32, 32)[0]?.message).toMatch(/Write a patch_size of 16×32×32\.$/);
  });

  it("guessed strides give no error, and the message says that they are guessed", () => {
    const scales = scalesOf(
      [8, 8, 8],
      [
        [1, 1, 1],
        [2, 2, 2],
      ],
    );
    expect(checkCase({ scales, stridesFrom: "guess" })).toEqual([]);
    const all = scalesOf([64, 64, 64], defaultStrides());
    const regionVoxels = [9, 4, 0, 0, 0].map((n) => [500, n]);
    const [vanished] = checkCase({ scales: all, regionVoxels, stridesFrom: "guess" });
    expect(vanished?.severity).toBe("warning");
    expect(vanished?.message).toMatch(
      /absent\. Scales and patches are not known because there are no plans: open nnUNetPlans\.json/,
    );
  });

  it("file-ending: a label file with a channel number is to be renamed", () => {
    const misnamed = {
      caseName: "MI_01",
      labels: { from: "MI_01_0000.nii.gz", to: "MI_01.nii.gz" },
      image: null,
      exchanged: null,
      cases: 1,
    };
    const folder = datasetFolderOf({ misnamed });
    const [found] = checkCase({ files: { labels: "MI_01_0000.nii.gz", ending: ".nii.gz", folder } });
    expect(found).toMatchObject({ code: "file-ending", severity: "error" });
    expect(found?.message).toBe(
      "nnU-Net finds no label for MI_01: label files have no _0000. Rename MI_01_0000.nii.gz to MI_01.nii.gz.",
    );
    expect(
      checkCase({ files: { labels: "a.nii", ending: ".nii", folder: { ...folder, misnamed: null } } }),
    ).toEqual([]);
  });

  it("one-label-file-needed is an error if a dataset.json is set aside, otherwise a warning", () => {
    const found = (
      names: string[],
      lost: number[],
      putAside: DatasetDefinition | null,
      voxels = lost[0] ?? 0,
    ) =>
      caseFindings(regionSetFromMasks(names), null, {
        labels: [],
        scales: [],
        regionVoxels: null,
        stridesFrom: "plans",
        configuration: null,
        grids: null,
        masks: { overlap: { voxels, lost }, putAside },
      })[0];
    const pair = found(["hip", "bladder"], [1365, 0], definitionOf({ background: 0, bladder: 1, hip: 2 }));
    expect([pair?.severity, pair?.code, pair?.regions]).toEqual(["error", "one-label-file-needed", ["hip"]]);
    expect(pair?.message).toBe(
      "nnU-Net needs one label file per case, with one label per voxel, but these are 2 masks that overlap in 1,365 voxels, so dataset.json is set aside. " +
        "Merged in file order, “hip” would lose 1,365 voxels to “bladder”. Make a label map: it gives each overlap its own label and lists that label in the region of " +
        "every mask that contains it.",
    );
    const three = found(["a", "b", "c"], [7, 12, 0], definitionOf({ background: 0, a: 1, b: 2, c: 3 }), 15);
    expect(three?.message).toMatch(
      /but at least two of these 3 masks overlap in 15 voxels, so dataset\.json .*“b” would lose 12 voxels to later masks, and 1 other would lose some\. Make/,
    );
    const others = found(["a", "b"], [7, 0], definitionOf({ background: 0, liver: 1 }));
    expect(others?.message).toMatch(/overlap in 7 voxels, so dataset\.json is set aside\. Make a label map:/);
    const apart = found(["a", "b"], [0, 0], null);
    expect([apart?.severity, apart?.regions, apart?.message]).toEqual([
      "warning",
      [],
      "nnU-Net needs one label file per case, with one label per voxel, but these are 2 masks that do not overlap. Make a label map with one label for each.",
    ]);
  });

  it("one-label-file-needed names the background among the masks, which the label map leaves out", () => {
    const text = (names: string[], masks: MaskFacts) =>
      caseFindings(regionSetFromMasks(names), null, {
        labels: [],
        scales: [],
        regionVoxels: null,
        stridesFrom: "plans",
        configuration: null,
        grids: null,
        masks,
      })[0]?.message;
    const needed = "nnU-Net needs one label file per case, with one label per voxel, but";
    const apart = { voxels: 0, lost: [0, 0, 0] };
    expect(text(["0", "1", "2"], { overlap: apart, putAside: null, background: "one-hot" })).toBe(
      `${needed} these are 3 one-hot masks, of which the first is the background. ` +
        "Make a label map: it leaves the background out.",
    );
    const putAside = definitionOf({ background: 0, organ: 1, tumour: 2 });
    const names = ["background", "organ", "tumour"];
    expect(text(names, { overlap: { voxels: 9, lost: [0, 9, 0] }, putAside, background: "rest" })).toBe(
      `${needed} of these 3 masks the first is the background and the others overlap in 9 voxels, so dataset.json is set aside. ` +
        "Merged in file order, “organ” would lose 9 voxels to “tumour”. Make a label map: it leaves the background out, gives each overlap its own label and lists that label in the region of " +
        "every mask that contains it.",
    );
    // A background mask recognised by its name may have any position among the masks.
    const mixed = ["a_organ", "background", "tumour"];
    const other = definitionOf({ background: 0, a_organ: 1, tumour: 2 });
    expect(
      text(mixed, { overlap: { voxels: 9, lost: [9, 0, 0] }, putAside: other, background: "named" }),
    ).toBe(
      `${needed} of these 3 masks one is the background and the others overlap in 9 voxels, so dataset.json is set aside. ` +
        "Merged in file order, “a_organ” would lose 9 voxels to “tumour”. Make a label map: it leaves the background out, gives each overlap its own label and lists that label in the region of " +
        "every mask that contains it.",
    );
    expect(text(mixed, { overlap: apart, putAside: null, background: "named" })).toBe(
      `${needed} of these 3 masks one is the background. Make a label map: it leaves the background out.`,
    );
  });

  it("masks get only findings on their voxels", () => {
    const scales = scalesOf([64, 64, 64], defaultStrides());
    const regionVoxels = scales.map((_, s) => [s > 0 ? 0 : 8, 0]);
    const found = caseFindings(regionSetFromMasks(["a", "b"]), null, {
      labels: [],
      scales,
      regionVoxels,
      stridesFrom: "plans",
      configuration: null,
      grids: null,
    });
    expect(brief(found)).toEqual(["warning region-vanishes [a] []", "info region-absent [b] []"]);
  });
});
