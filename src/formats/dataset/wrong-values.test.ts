/** Findings about values and keys that are present but not as nnU-Net wants them. */
import { describe, expect, it } from "vitest";
import { regionSetFromDefinition } from "../../domain/dataset/region-set.ts";
import type { Finding } from "../../domain/findings/finding.ts";
import { caseFindings, definitionFindings, labelsPresent } from "../../domain/findings/findings.ts";
import { parseDataset } from "./dataset.ts";
import { parsePlans } from "./plans.ts";
import { repairFor } from "./repairs.ts";

const definition = (keys: Readonly<Record<string, string>>) => {
  const all = { channel_names: '{"0": "CT"}', numTraining: "10", file_ending: '".nii.gz"', ...keys };
  const text = Object.entries(all).map(([key, value]) => `"${key}": ${value}`);
  return parseDataset(`{${text.join(", ")}}`, "dataset.json");
};
const REGIONS = '{"background": 0, "whole": [1, 2, 3], "core": [2, 3], "part": 3}';
const LABELS = '{"background": 0, "a": 1, "b": 2}';
const messages = (keys: Readonly<Record<string, string>>) => definitionFindings(definition(keys));
const offered = (keys: Readonly<Record<string, string>>) => {
  const from = definition(keys);
  return definitionFindings(from).map((finding) => repairFor(finding, from)?.action ?? null);
};

/** Adds the findings for a volume with these labels. */
function saidWith(keys: Readonly<Record<string, string>>, values: readonly number[]): Finding[] {
  const from = definition(keys);
  const labels = values.map((value) => ({ value, voxels: 5 }));
  return [
    ...definitionFindings(from, null, labelsPresent(labels, null)),
    ...caseFindings(regionSetFromDefinition(from), from, {
      labels,
      scales: [],
      stridesFrom: "plans",
      configuration: null,
      regionVoxels: null,
      grids: null,
    }),
  ];
}

describe("regions_class_order", () => {
  it.each([
    [
      '{"whole": 1, "core": 2, "part": 3}',
      "nnU-Net fails at the first prediction because regions_class_order is an object",
    ],
    ['{"whole": 1}', "nnU-Net stops because regions_class_order is an object"],
    ['"1,2,3"', 'nnU-Net stops because regions_class_order is text, "1,2,3", but it must be a list'],
    ['"123"', "nnU-Net uses single characters because regions_class_order is text"],
    ["3", "nnU-Net stops because regions_class_order is a number, 3,"],
    ["true", "nnU-Net stops because regions_class_order is a boolean, true,"],
  ])("%s: the message names the wrong type and the list to write", (order, start) => {
    const keys = { labels: REGIONS, regions_class_order: order };
    const [finding, ...others] = messages(keys);
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ code: "order-not-list", severity: "error" });
    expect(finding?.message.startsWith(start), finding?.message).toBe(true);
    expect(finding?.message).toContain("Write [1, 2, 3].");
    expect(offered(keys)).toEqual(["Add regions_class_order [1, 2, 3]"]);
  });

  it("an object's entries are kept if they work", () => {
    const keys = {
      labels: '{"background": 0, "whole": [1, 2, 3], "part": 3}',
      regions_class_order: '{"part": 3, "whole": 2}',
    };
    expect(messages(keys)[0]?.message).toContain("Write [2, 3].");
    expect(offered(keys)).toEqual(["Add regions_class_order [2, 3]"]);
  });

  it("null: the message says null and what to write", () => {
    expect(messages({ labels: REGIONS, regions_class_order: "null" })[0]?.message).toMatch(
      /is null\. .* Write it: \[1, 2, 3\]\.$/,
    );
  });

  it("with true is only a warning, because Python reads it as 1", () => {
    const keys = { labels: REGIONS, regions_class_order: "[true, 2, 3]" };
    expect(messages(keys)).toMatchObject([{ code: "order-not-integer", severity: "warning" }]);
    expect(messages(keys)[0]?.message).toContain("Python reads it as 1, so nnU-Net does not stop");
    expect(offered(keys)).toEqual(["Write one label per region in regions_class_order: 1 for “whole”"]);
  });
});

describe("a misspelt name", () => {
  it("of a key is an error that says the right name", () => {
    const keys = { labels: REGIONS, region_class_order: "[1, 2, 3]" };
    expect(messages(keys).map(({ code, message }) => [code, message])).toEqual([
      [
        "key-misspelt",
        "nnU-Net stops because regions_class_order is missing: the file has “region_class_order” instead, which nnU-Net ignores. " +
          "Rename it to “regions_class_order”.",
      ],
    ]);
    expect(offered(keys)).toEqual(["Rename “region_class_order” to “regions_class_order”"]);
  });

  it.each([
    ["numtraining", "numTraining", "error"],
    ["num_training", "numTraining", "error"],
    ["chanel_names", "channel_names", "error"],
    ["file-ending", "file_ending", "error"],
    ["overwrite_image_reader_write", "overwrite_image_reader_writer", "warning"],
  ])("%s is reported, with %s as the right name", (written, meant, severity) => {
    const text = JSON.stringify({
      channel_names: { 0: "CT" },
      labels: { background: 0, a: 1 },
      numTraining: 3,
      file_ending: ".nii",
    });
    const renamed = text.includes(`"${meant}"`)
      ? text.replace(`"${meant}"`, `"${written}"`)
      : text.replace(/\}$/, `, "${written}": "NibabelIO"}`);
    const from = parseDataset(renamed, "dataset.json");
    expect(definitionFindings(from)).toMatchObject([{ code: "key-misspelt", severity }]);
    expect(definitionFindings(from)[0]?.message).toContain(meant);
  });

  it("is not reported for other keys", () => {
    expect(messages({ labels: LABELS, name: '"A"', numTest: "3", label: "1", licence: '"x"' })).toEqual([]);
  });

  it("of the ignore label is an error with a repair", () => {
    const keys = { labels: '{"background": 0, "a": 1, "b": 2, "Ignore": 3}' };
    expect(messages(keys)).toMatchObject([{ code: "ignore-misspelt", severity: "error" }]);
    expect(offered(keys)).toEqual(["Rename “Ignore” to “ignore”"]);
    expect(messages({ labels: '{"background": 0, "ignore 2": 1, "gore": 2}' })).toEqual([]);
  });

  it("of the ignore label among regions is repaired, and its class order entry removed", () => {
    const from = definition({
      labels: '{"background": 0, "whole": [1, 2], "part": 2, "Ignore": 3}',
      regions_class_order: "[1, 2, 3]",
    });
    const [finding] = definitionFindings(from);
    const repaired = finding && repairFor(finding, from)?.apply(from);
    expect(repaired?.regionsClassOrder).toEqual([1, 2]);
    expect(repaired && definitionFindings(repaired)).toEqual([]);
  });
});

it("a repeated key is an error if its values differ, otherwise a warning", () => {
  const text =
    '{"channel_names": {"0": "CT"}, "labels": {"background": 0, "a": 1, "b": 2}, "labels": {"background": 0, "a": 1}, ' +
    '"numTraining": 1, "numTraining": 1, "file_ending": ".nii.gz"}';
  const found = definitionFindings(parseDataset(text, "dataset.json"));
  expect(found.map(({ code, severity }) => [code, severity])).toEqual([
    ["key-repeated", "error"],
    ["key-repeated", "warning"],
  ]);
  expect(found[0]?.message).toMatch(/has “labels” twice\. nnU-Net silently keeps only the last/);
});

describe("true and false as labels", () => {
  it("count as 1 and 0, without further findings", () => {
    const keys = { labels: '{"background": false, "a": true, "b": 2}' };
    const found = saidWith(keys, [0, 1, 2]);
    expect(found.map(({ code, severity }) => [code, severity])).toEqual([
      ["label-not-integer", "warning"],
      ["label-not-integer", "warning"],
    ]);
    expect(found[1]?.message).toBe(
      "“a” contains true. Python reads it as 1, so nnU-Net does not stop and nothing goes wrong if that is intended. Write the number.",
    );
    expect(offered(keys)).toEqual(["Write “background”: 0", "Write “a”: 1"]);
  });

  it("may be the ignore label if the number is right", () => {
    const keys = { labels: '{"background": 0, "ignore": true}' };
    expect(messages(keys)).toMatchObject([{ code: "ignore-not-integer", severity: "warning" }]);
    expect(offered(keys)).toEqual(["Write “ignore”: 1"]);
    const other = messages({ labels: '{"background": 0, "a": 1, "ignore": true}' });
    expect(other).toMatchObject([{ code: "ignore-not-highest", severity: "error" }]);
  });
});

describe("values that are not lists of labels", () => {
  it.each([
    ['"1-3"', "[1, 2, 3]"],
    ['"2,3"', "[2, 3]"],
    ['"[2, 3]"', "[2, 3]"],
    ['{"labels": [1, 2, 3]}', "[1, 2, 3]"],
  ])("%s: the only finding says which list to write", (value, meant) => {
    const keys = { labels: `{"background": 0, "whole": ${value}, "e": 3}`, regions_class_order: "[1, 3]" };
    const found = saidWith(keys, [0, 1, 2, 3]);
    expect(found.map(({ code }) => code)).toEqual(["label-not-integer"]);
    expect(found[0]?.message).toContain(`contains ${value}, which is not a label`);
    expect(found[0]?.message).toContain(`Write its labels as a list, as in ${meant}.`);
  });
});

describe("numTraining", () => {
  it.each([
    ['"10"', 'is "10", in quotation marks', "Write “numTraining”: 10"],
    ["10.0", "is 10.0, with a decimal point", "Write “numTraining”: 10"],
    ["0", "is 0: there must be cases", null],
    ["null", "is null, but it must be a whole number above 0", null],
    ["10.5", "is 10.5, but it must be", null],
    ["-3", "is -3, but it must be", null],
    ["[10]", "is [10], but it must be", null],
  ])("%s is refused without a folder", (value, text, repair) => {
    const keys = { labels: LABELS, numTraining: value };
    expect(messages(keys)).toMatchObject([{ code: "training-cases", severity: "error" }]);
    expect(messages(keys)[0]?.message).toContain(`integrity check stops because numTraining ${text}`);
    expect(offered(keys)).toEqual([repair]);
  });
});

it("patch and strides with different numbers of axes are an error", () => {
  const findings = (patch: readonly number[], strides: readonly (readonly number[])[]) => {
    const text = JSON.stringify({
      configurations: { "3d_fullres": { patch_size: patch, architecture: { arch_kwargs: { strides } } } },
    });
    const [configuration = null] = parsePlans(text, "nnUNetPlans.json").configurations;
    const set = regionSetFromDefinition(definition({ labels: LABELS }));
    return caseFindings(set, null, {
      labels: [],
      scales: [],
      stridesFrom: "plans",
      configuration,
      regionVoxels: null,
      grids: null,
    });
  };
  const [three, two] = [
    [
      [1, 1, 1],
      [2, 2, 2],
    ],
    [
      [1, 1],
      [2, 2],
    ],
  ];
  for (const [patch, strides] of [
    [[28, 32], three],
    [[24, 28, 32], two],
    [[1, 28, 32], two],
  ] as const) {
    expect(findings(patch, strides ?? [])).toMatchObject([{ code: "plans-axes", severity: "error" }]);
  }
  expect(findings([28, 32], three ?? [])[0]?.message).toContain(
    "its patch_size has 2 axes, but its strides have 3",
  );
  expect(findings([28, 32], two ?? [])).toEqual([]);
});
