/** How dataset.json and plans are read, alone and in an opening. */
import { describe, expect, it } from "vitest";
import { InputError } from "../../base/errors.ts";
import { labelsOf, open } from "../testing/opening.ts";
import { inputFile, writeNifti } from "../testing/write-nifti.ts";
import { parseDataset } from "./dataset.ts";
import { parsePlans } from "./plans.ts";

const failure = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
  return "nothing was thrown";
};

describe("dataset.json", () => {
  it("keeps textual order, duplicates, and the text of values", () => {
    const text = `{"labels": {"b": 2, "background": 0, "a": [1, 2.0], "b": 3.0, "1": "x"},
      "regions_class_order": [2, "1"], "channel_names": {"1": "T2", "0": "T1"}, "name": "N", "file_ending": ".nii.gz",
      "overwrite_image_reader_writer": "NibabelIO"}`;
    const definition = parseDataset(text, "d.json");
    expect(definition.labels).toEqual([
      { name: "b", value: 2, text: "2" },
      { name: "background", value: 0, text: "0" },
      { name: "a", value: [1, 2], text: "[1, 2.0]" },
      { name: "b", value: 3, text: "3.0" },
      { name: "1", value: "x", text: '"x"' },
    ]);
    expect(definition.regionsClassOrder).toEqual([2, "1"]);
    expect(definition.channelNames).toEqual(["T1", "T2"]);
    expect([definition.name, definition.fileEnding, definition.text]).toEqual(["N", ".nii.gz", text]);
    expect(definition.readerWriter).toBe("NibabelIO");
  });

  it("reads version 1 as it is written", () => {
    const definition = parseDataset('{"modality": {"0": "CT"}, "labels": {"0": "background"}}', "d.json");
    expect(definition.labels).toEqual([{ name: "0", value: "background", text: '"background"' }]);
    expect(definition.channelNames).toEqual(["CT"]);
    expect(definition.regionsClassOrder).toBeNull();
  });

  it.each([
    ['{\n "labels": {\n  "a" 1}}', "line 3, column 7 (a colon is expected)"],
    ['{"labels": {"a": 1,}}', 'line 1, column 19 (the comma before "}" is not allowed)'],
    ['{"labels": {"a": 1}', "line 1, column 20 (the file ends too early)"],
    ['{"labels": {"a": 1}} {', "line 1, column 22 (the file should end here)"],
    [
      '{\r\n// c\r\n"labels": {}}',
      "line 2, column 1 (JSON has no comments). Remove everything from // to the end of the line.",
    ],
    ['{"labels": {"a": 1 "b": 2}}', "line 1, column 20 (a comma is expected)"],
    ['{"labels": {"a": NaN}}', "line 1, column 18 (JSON has no NaN)"],
    ["{'labels': 1}", "line 1, column 2 (JSON has no single quotes). Put names"],
    [
      "{“labels”: 1}",
      "line 1, column 2 (“ is a typographic quote, but JSON requires straight ones). Put names and texts in straight double",
    ],
    ['{"labels": {"a": 1, ‘b’: 2}}', "line 1, column 21 (‘ is a typographic quote"],
    ['{"labels": {"a": ”b"}}', "line 1, column 18 (” is a typographic quote"],
    ['{"name": "Liver”,\n"labels": {}}', "line 1, column 10 (” is a typographic quote"],
    [
      "\n<!DOCTYPE html>\n<html></html>",
      "line 2, column 1 (this is an HTML page, not JSON). Download the file itself",
    ],
    ['<html lang="en">', "line 1, column 1 (this is an HTML page, not JSON)"],
    ['{"labels": {"a": 01}}', "line 1, column 19"],
    ["", "line 1, column 1"],
    [
      '{\n "a": {  # one "scan\n  "b": "#"\n },\n "c": 1 # two\n}',
      "line 2, column 10 (JSON has no comments). Remove everything from # to the end of the line, here and in line 5.",
    ],
    [
      '{"labels": {} /* all */}',
      "line 1, column 15 (JSON has no comments). Remove everything from /* to */.",
    ],
    // A comment marker inside a comment or a text means nothing.
    [
      '{ /* one\n // and\n # its rest */\n "a": "//", // two\n "b": 1}',
      "line 1, column 3 (JSON has no comments). Remove everything from /* to */, here and in line 4.",
    ],
    [
      `{ # 1\n${"# n\n".repeat(9000)}"a": 1}`,
      "line 1, column 3 (JSON has no comments). Remove everything from # to the end of the line, and likewise for every other comment",
    ],
    ['{"labels": {"a": (1, 2)}}', "line 1, column 18 (JSON has no tuples). Use square brackets"],
    ['{"labels": {"a": -Infinity}}', "line 1, column 18 (JSON has no -Infinity)"],
    ['{"ignore": None}', "line 1, column 12 (None is Python, not JSON). Write true, false and null"],
  ])("names the place where %j is broken", (text, where) => {
    const message = failure(() => parseDataset(text, "d.json"));
    expect(message).toContain(`d.json: it is not valid JSON at ${where}`);
    expect(() => JSON.parse(text)).toThrow();
  });

  it.each(['{"labels": ["a"], "R": [1]}', "[1, 2]", "3", '{"configurations": {}, "labels": {}}'])(
    "refuses other JSON: %s",
    (text) => {
      expect(failure(() => parseDataset(text, "d.json"))).toMatch(/^d\.json: it is JSON, but not an nnU-Net/);
    },
  );

  it.each([
    [
      '{"channel_names": {}}',
      'its field "labels" is missing. Add the names and their values, as in "labels": {',
    ],
    [
      '{"labels": ["a"], "numTraining": 3}',
      'its field "labels" is a list, but it must be an object of names and their values',
    ],
    ['{"labels": "a", "file_ending": ".nii"}', 'its field "labels" is a string'],
    ['{"labels": null, "modality": {}}', 'its field "labels" is null'],
  ])("says what is wrong with labels: %s", (text, says) => {
    expect(failure(() => parseDataset(text, "d.json"))).toContain(`d.json: ${says}`);
  });

  it("deep nesting is refused with the name of the file", () => {
    expect(failure(() => parseDataset("[".repeat(200_000), "d.json"))).toMatch(/d\.json: /);
  });
});

describe("plans", () => {
  const strides = [
    [1, 1, 1],
    [1, 2, 2],
  ];
  const architecture = { arch_kwargs: { strides } };
  const parse = (value: unknown) => parsePlans(JSON.stringify(value), "p.json");

  it("are read with strides, patch, batch and transpose", () => {
    const configurations = { "3d_fullres": { architecture, patch_size: [16, 320, 320], batch_size: 2 } };
    const given = { plans_name: "nnUNetPlans", image_reader_writer: "NibabelIO" };
    expect(parse({ ...given, transpose_forward: [2, 0, 1], configurations })).toEqual({
      name: "nnUNetPlans",
      transposeForward: [2, 0, 1],
      configurations: [
        { name: "3d_fullres", strides, patchSize: [16, 320, 320], batchSize: 2, spacing: null },
      ],
      readerWriter: "NibabelIO",
      file: "p.json",
    });
  });

  it("of nnU-Net version 1 are refused with a remedy for their strides", () => {
    const plans = { num_stages: 1, plans_per_stage: { "0": { pool_op_kernel_sizes: [[2, 2, 2]] } } };
    expect(failure(() => parse(plans))).toBe(
      "p.json: it contains plans of nnU-Net version 1 (plans_per_stage), which are not supported. Open the case without plans and enter its pool_op_kernel_sizes " +
        "as strides, after a first network stage of 1 1 1.",
    );
  });

  it.each([
    [{ architecture: { arch_kwargs: { embed_dim: 396 } } }],
    [{ architecture: { arch_kwargs: { strides: null } } }],
    [{ architecture: {} }],
    // If there is an architecture, fields of plans before 2.5 are ignored.
    [{ architecture: { arch_kwargs: {} }, pool_op_kernel_sizes: strides }],
    [{}],
  ])("have no strides in %j", (fields) => {
    const a = { ...fields, patch_size: [64, 64, 64], batch_size: 2 };
    expect(parse({ configurations: { a } }).configurations).toEqual([
      { name: "a", strides: null, patchSize: [64, 64, 64], batchSize: 2, spacing: null },
    ]);
  });

  it("follow inherits_from through several configurations", () => {
    const configurations = {
      c: { inherits_from: "b", batch_size: 5 },
      b: { inherits_from: "a", patch_size: [8, 8, 8] },
      a: { architecture, batch_size: 2, patch_size: [4, 4, 4] },
    };
    expect(parse({ configurations }).configurations[0]).toEqual({
      name: "c",
      strides,
      patchSize: [8, 8, 8],
      batchSize: 5,
      spacing: null,
    });
  });

  it("reads how labels are resampled", () => {
    const kwargs = { is_seg: true, order: 1, order_z: 0, force_separate_z: null };
    const configurations = {
      a: { resampling_fn_seg: "resample_data_or_seg_to_shape", resampling_fn_seg_kwargs: kwargs },
      b: { inherits_from: "a", resampling_fn_seg: "no_resampling_hack", resampling_fn_seg_kwargs: {} },
      c: {},
      d: { resampling_fn_seg: "resample_data_or_seg_to_shape" },
    };
    expect(parse({ configurations }).configurations.map((its) => its.segResampling)).toEqual([
      { name: "resample_data_or_seg_to_shape", kwargs },
      { name: "no_resampling_hack", kwargs: {} },
      undefined,
      { name: "resample_data_or_seg_to_shape", kwargs: null },
    ]);
  });

  it("name another preprocessor than nnU-Net's", () => {
    const configurations = {
      a: { preprocessor_name: "DefaultPreprocessor" },
      b: { inherits_from: "a", preprocessor_name: "NoResampling" },
      c: { inherits_from: "b" },
      d: { preprocessor_name: 7 },
    };
    expect(parse({ configurations }).configurations.map((its) => its.preprocessor)).toEqual([
      undefined,
      "NoResampling",
      "NoResampling",
      undefined,
    ]);
  });

  it("of older versions are read, and 2D gets a leading 1", () => {
    const configurations = {
      "2d": {
        pool_op_kernel_sizes: [
          [1, 1],
          [2, 2],
        ],
        patch_size: [64, 32],
      },
    };
    expect(parse({ configurations }).configurations[0]).toEqual({
      name: "2d",
      strides: [
        [1, 1, 1],
        [1, 2, 2],
      ],
      patchSize: [1, 64, 32],
      is2d: true,
      batchSize: null,
      spacing: null,
    });
  });

  it("give the spacing of resampling, also if it is inherited or only in the plane", () => {
    const configurations = {
      low: { inherits_from: "full", spacing: [3, 1.5, 1.5] },
      full: { architecture, spacing: [2.5, 0.7, 0.7] },
      "2d": { pool_op_kernel_sizes: [[1, 1]], spacing: [0.7, 0.8] },
    };
    expect(parse({ configurations }).configurations.map(({ spacing }) => spacing)).toEqual([
      [3, 1.5, 1.5],
      [2.5, 0.7, 0.7],
      [0.7, 0.8],
    ]);
  });

  it.each([
    [[0, 1, 1], "[0,1,1]"],
    [[-1, 1, 1], "[-1,1,1]"],
    [[1, "1", 1], '[1,"1",1]'],
    ["1, 1, 1", '"1, 1, 1"'],
    [[1, 1, 1, 1], "[1,1,1,1]"],
    [[1], "[1]"],
    [[], "[]"],
    [2, "2"],
    ["9".repeat(100), `"${"9".repeat(59)}…`],
  ])("keep a configuration with a wrong spacing, and what is written: %j", (spacing, wrongSpacing) => {
    const configurations = { "3d_fullres": { architecture, spacing }, low: { inherits_from: "3d_fullres" } };
    const [full, low] = parse({ configurations }).configurations;
    expect(full).toMatchObject({ name: "3d_fullres", spacing: null, wrongSpacing });
    expect(low).toMatchObject({ name: "low", spacing: null, wrongSpacing });
    expect(full?.strides).not.toBeNull();
  });

  it.each([
    [
      { a: { architecture, inherits_from: "b" }, b: { inherits_from: "a" } },
      /inherit from each other in a circle \(a → b → a\)/,
    ],
    [{ a: { inherits_from: "a" } }, /in a circle \(a → a\)/],
    [
      { a: { inherits_from: "toString" } },
      /configuration "a" inherits from "toString", which does not exist/,
    ],
    [
      {
        a: {
          pool_op_kernel_sizes: [
            [1, 1],
            [2, 2, 2],
          ],
        },
      },
      /strides of configuration "a" are not one list/,
    ],
    [{ a: { pool_op_kernel_sizes: [[1, 1, 0]] } }, /strides of configuration "a" are not one list/],
    [{ a: { pool_op_kernel_sizes: [1, 2] } }, /strides of configuration "a" are not one list/],
    [{ a: { pool_op_kernel_sizes: [] } }, /strides of configuration "a" are not one list/],
    [
      { a: { architecture: { arch_kwargs: { strides: [1, 2, 2] } } } },
      /strides of configuration "a" are not one list/,
    ],
    [
      { a: { architecture: { arch_kwargs: { strides: "none" } } } },
      /strides of configuration "a" are not one list/,
    ],
    [{ a: { pool_op_kernel_sizes: strides, batch_size: "two" } }, /field a\.batch_size is invalid/],
    [{}, /has no configurations/],
  ])("refuses %j", (configurations, message) => {
    expect(failure(() => parse({ configurations }))).toMatch(message);
  });

  it("with a wrong transpose_forward, and other JSON, are refused", () => {
    const configurations = { a: { pool_op_kernel_sizes: strides } };
    expect(failure(() => parse({ configurations, transpose_forward: [0, 1, 1] }))).toMatch(
      /field transpose_forward is invalid/,
    );
    expect(failure(() => parse({ labels: {} }))).toMatch(/it is JSON, but not an nnU-Net plans file/);
  });
});

describe("definitions in an opening", () => {
  const volume = inputFile(
    "a.nii",
    writeNifti({ dims: [2, 3, 4], values: Array.from({ length: 24 }, (_, i) => i) }),
  );
  const dataset = inputFile("one.json", '{"name": "D", "labels": {"background": 0}}');
  const plansText = (more: object) =>
    JSON.stringify({
      transpose_forward: [2, 0, 1],
      configurations: { "3d_fullres": { pool_op_kernel_sizes: [[1, 1, 1]] }, ...more },
    });

  it("are distinguished by content, and transpose_forward is applied", async () => {
    const opened = await open([inputFile("x", plansText({})), volume, dataset]);
    expect(opened.definition?.file).toBe("one.json");
    expect(opened.plans?.file).toBe("x");
    expect(opened.transpose).toEqual([2, 0, 1]);
    expect(labelsOf(opened).grid.shape).toEqual([2, 4, 3]);
    expect(opened.orientation).toBe("RAS");
    expect([opened.name, opened.datasetName]).toEqual(["a", "D"]);
  });

  it("open without a volume", async () => {
    const opened = await open([dataset]);
    expect([opened.source, opened.orientation, opened.name]).toEqual([null, "", "D"]);
    expect((await open([inputFile("p.json", plansText({}))])).plans?.configurations.length).toBe(1);
  });

  it("skip an unusable configuration with a notice, unless it was requested", async () => {
    const plans = inputFile("p.json", plansText({ odd: { pool_op_kernel_sizes: [[0, 1, 1]] } }));
    const opened = await open([volume, plans]);
    expect(opened.notices).toEqual([
      'p.json: the strides of configuration "odd" are not one list of 2 or 3 positive integers per network stage; that configuration was skipped.',
    ]);
    await expect(open([volume, plans], { configuration: "odd" })).rejects.toThrow(
      /strides of configuration "odd" are not/,
    );
    await expect(open([volume, plans], { configuration: "2d" })).rejects.toThrow(
      /has no configuration "2d"\. Choose one of "3d_fullres", "odd"/,
    );
    await expect(open([volume], { configuration: "2d" })).rejects.toThrow(
      /^Configuration 2d: configurations come from a plans file, and none was opened\. Open/,
    );
  });

  it("name the configurations without strides, and the reason", async () => {
    const primus = { architecture: { arch_kwargs: {} } };
    const notices = async (more: object) =>
      (await open([volume, inputFile("p.json", plansText(more))])).notices;
    expect(await notices({ "3d_fullres": primus })).toEqual([
      'p.json: configuration "3d_fullres" has no strides (architecture.arch_kwargs.strides), so labels are shown only at scale 0, ' +
        "with weight 1: nnU-Net trains such networks (for example Primus) without deep supervision.",
    ]);
    expect((await notices({ a: primus, b: { inherits_from: "a" } }))[0]).toMatch(
      /^p\.json: configurations "a" and "b" have no strides/,
    );
    expect(await notices({ c: {} })).toEqual([
      'p.json: configuration "c" has neither an architecture nor pool_op_kernel_sizes, so there are no strides and labels are shown only ' +
        "at scale 0. nnU-Net itself fails on such plans: plan the dataset again with nnUNetv2_plan_experiment.",
    ]);
  });

  it("prefer nnU-Net's default among several plans, and name the others", async () => {
    const named = (name: string) => inputFile(name, plansText({}).replace("{", `{"plans_name": "${name}", `));
    const names = ["a.json", "nnUNetPlans_3d_fullres_foo.json", "nnUNetPlans.json", "my_experiment"];
    const opened = await open([volume, ...names.map(named)]);
    expect(opened.plans?.name).toBe("nnUNetPlans.json");
    expect(opened.notices).toEqual([
      "Using plans from nnUNetPlans.json. You can open nnUNetPlans_3d_fullres_foo.json, a.json and my_experiment instead.",
    ]);
    const given = await open([volume, ...names.map(named)], { plans: "a.json" });
    expect(given.plans?.name).toBe("a.json");
  });

  it("refuse JSON that is neither, and broken, empty or binary files", async () => {
    await expect(open([inputFile("atlas.json", '{"labels": ["Air"]}')])).rejects.toThrow(
      /^atlas\.json: it is JSON, but neither an nnU-Net dataset\.json nor/,
    );
    await expect(open([inputFile("dataset.json", '{"labels": ["Air"]}')])).rejects.toThrow(
      /^dataset\.json: its field "labels" is a list/,
    );
    await expect(open([inputFile("d.json", '{"labels": {')])).rejects.toThrow(
      /^d\.json: it is not valid JSON at line 1, column 13/,
    );
    await expect(open([inputFile("d.json", "")])).rejects.toThrow(/^d\.json: it is empty/);
    await expect(open([inputFile("d.json", Uint8Array.of(0x7b, 0xff, 0xfe))])).rejects.toThrow(/not UTF-8/);
  });

  it("are refused in the wrong explicit role", async () => {
    const files = [volume, dataset, inputFile("p.json", plansText({}))];
    const opened = await open(files, { labels: ["a.nii"], dataset: "one.json", plans: "p.json" });
    expect(opened.plans?.configurations[0]?.name).toBe("3d_fullres");
    await expect(open(files, { dataset: "p.json" })).rejects.toThrow(/not an nnU-Net dataset\.json/);
    await expect(open(files, { plans: "one.json" })).rejects.toThrow(/not an nnU-Net plans file/);
    await expect(open(files, { labels: ["b.nii"] })).rejects.toThrow(
      /^b\.nii: it is not among the opened files/,
    );
  });
});
