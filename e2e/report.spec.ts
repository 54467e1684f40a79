/**
 * Runs the command-line report on the bundled samples and checks it against counts made with torch and
 * scikit-image.
 */
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import type { Report } from "../src/domain/report/report.ts";
import type { SamplingMode } from "../src/domain/targets/deep-supervision.ts";
import { writeNifti } from "../src/formats/testing/write-nifti.ts";
import { writeNrrd } from "../src/formats/testing/write-nrrd.ts";
import CASES from "./fixtures/real-cases.json" with { type: "json" };
import { SAMPLES, sampleFiles } from "./support/app.ts";
import { ROOT, reportBy, runReport } from "./support/report.ts";
import { expect, test } from "./support/test.ts";

for (const real of CASES) {
  for (const mode of ["nearest-exact", "resize-segmentation"] satisfies SamplingMode[]) {
    test(`${real.name}, ${mode}: every region at every scale`, async ({ reportPage }) => {
      const at = (path: string) => join(SAMPLES, real.folder, path);
      const files = ["--labels", at(`labelsTr/${real.case}.nii.gz`), "--dataset", at("dataset.json")];
      const plans = ["--plans", at("nnUNetPlans.json"), "--mode", mode];
      // The references are of the label file's own voxels.
      const made = await reportBy(reportPage, [...files, ...plans, "--grid", "stored"]);
      expect(made.case.shape).toEqual(real.shape);
      expect(made.case.labels.map(({ value, voxels }) => [value, voxels])).toEqual(real.labels);
      expect(made.regions.map((region) => region.name)).toEqual(real.regions);
      expect(made.scales.map(({ shape, regionVoxels }) => ({ shape, regionVoxels }))).toEqual(
        real.targets[mode],
      );
      const of = made.regions.length;
      expect(made.verified).toEqual({ against: "per-channel", mismatches: 0, channels: of, of });
      expect(made.mode).toBe(mode);
      // Only the abdomen with 73 regions has left and right parts.
      const sides = made.findings.filter(({ code }) => code === "sides").map(({ severity }) => severity);
      expect(sides).toEqual(real.name === "abdomen-73" ? ["info"] : []);
    });
  }
}

test("each path can be chosen, and all count the same", async ({ reportPage }) => {
  const folder = join(SAMPLES, "Dataset901_AbdomenRegions");
  const labels = relative(ROOT, join(folder, "labelsTr/abdomen_001.nii.gz"));
  for (const path of ["bit-packed", "per-channel"]) {
    const files = ["--labels", labels, "--dataset", join(folder, "dataset.json")];
    const plans = join(folder, "nnUNetPlans.json");
    const made = await reportBy(reportPage, [...files, "--plans", plans, "--path", path]);
    expect(made.path).toBe(path);
    expect(made.scales.map((scale) => scale.regionVoxels?.[0])).toEqual([60703, 7505, 927, 115]);
  }
});

test("the given configuration is used and named", async ({ reportPage }) => {
  const folder = mkdtempSync(join(tmpdir(), "regionscope-e2e-"));
  const values = Uint8Array.from({ length: 32 ** 3 }, (_, i) => i % 2);
  writeFileSync(join(folder, "case.nii"), writeNifti({ dims: [32, 32, 32], values, type: "uint8" }));
  const plans = (rank: number, name: string) => ({
    [name]: {
      patch_size: Array.from({ length: rank }, () => 32),
      architecture: { arch_kwargs: { strides: [1, 2, 2].map((stride) => new Array(rank).fill(stride)) } },
    },
  });
  const configurations = { ...plans(2, "2d"), ...plans(3, "3d_fullres") };
  writeFileSync(join(folder, "plans.json"), JSON.stringify({ configurations }));
  const report = (...given: string[]) => reportBy(reportPage, ["--labels", "case.nii", ...given], folder);
  const asked = await report("--plans", "plans.json", "--configuration", "2d");
  expect(asked.scales.map(({ factors }) => factors.join("x"))).toEqual(["1x1x1", "1x2x2"]);
  expect([asked.configuration, asked.stridesFrom]).toEqual(["2d", "plans"]);
  const usual = await report("--plans", "plans.json");
  expect(usual.scales.map(({ factors }) => factors.join("x"))).toEqual(["1x1x1", "2x2x2"]);
  expect(usual.configuration).toBe("3d_fullres");
  const without = await report();
  expect([without.configuration, without.stridesFrom]).toEqual([null, "guess"]);
});

test("the given trainer decides the scales; an unknown one exits with code 2", async ({ reportPage }) => {
  const folder = mkdtempSync(join(tmpdir(), "regionscope-e2e-"));
  const values = Uint8Array.from({ length: 32 ** 3 }, (_, i) => i % 2);
  writeFileSync(join(folder, "case.nii"), writeNifti({ dims: [32, 32, 32], values, type: "uint8" }));
  const plans = (strides: object) =>
    JSON.stringify({ configurations: { "3d_fullres": { architecture: { arch_kwargs: strides } } } });
  writeFileSync(join(folder, "unet.json"), plans({ strides: [1, 2, 2].map((n) => [n, n, n]) }));
  writeFileSync(join(folder, "primus.json"), plans({}));
  const labels = ["--labels", "case.nii"];
  const weights = async (...given: string[]) => {
    const { trainer, scales } = await reportBy(reportPage, [...labels, ...given], folder);
    return [trainer, ...scales.map(({ lossWeight }) => lossWeight)];
  };
  expect(await weights("--plans", "unet.json")).toEqual(["default", 1, 0]);
  const ddp = await weights("--plans", "unet.json", "--trainer", "ddp");
  expect(ddp).toEqual(["ddp", expect.closeTo(1 / 1.000001, 12), expect.closeTo(1e-6 / 1.000001, 12)]);
  expect(await weights("--plans", "primus.json")).toEqual(["no-deep-supervision", 1]);
  expect(await runReport([...labels, "--trainer", "nnUNetTrainer"], folder)).toEqual({
    code: 2,
    stdout: "",
    stderr: "--trainer is one of default, no-deep-supervision, ddp, not nnUNetTrainer.\n",
  });
});

test("the report has the page's notices, and a table names the labels", async ({ reportPage }) => {
  const folder = mkdtempSync(join(tmpdir(), "regionscope-e2e-"));
  const fields = { space: null, "space directions": null, "space origin": null };
  writeFileSync(join(folder, "case.nrrd"), writeNrrd({ fields }));
  writeFileSync(join(folder, "names.ctbl"), "1 liver 221 130 101 255\n2 spleen 157 108 162 255\n3 gall\n");
  const given = ["--labels", "case.nrrd", "--label-table", "names.ctbl"];
  const made = await reportBy(reportPage, given, folder);
  expect(made.regions.map(({ name }) => name)).toEqual(["liver", "spleen", "label 3"]);
  expect(made.notices).toEqual([
    "names.ctbl: line 3 was skipped: it must contain a label, a name and a colour.",
    "case.nrrd: it has no voxel size; voxels of 1 mm were assumed, as in 3D Slicer.",
  ]);
});

test("unreadable input exits with code 2 and one line that names the file", { tag: "@quick" }, async () => {
  const folder = mkdtempSync(join(tmpdir(), "regionscope-e2e-"));
  const short = writeNifti({ dims: [9, 9, 9], values: new Uint8Array(729), type: "uint8" }).subarray(0, 500);
  writeFileSync(join(folder, "short.nii"), short);
  for (const name of ["short.nii", "missing.nii"]) {
    const exit = await runReport(["--labels", name], folder);
    expect(exit.code).toBe(2);
    expect(exit.stdout).toBe("");
    expect(exit.stderr.trim().split("\n")).toHaveLength(1);
    expect(exit.stderr).toContain(name);
  }
});

test("a report that cannot be written exits with code 2 before any work, with one line that says where", async () => {
  const folder = mkdtempSync(join(tmpdir(), "regionscope-e2e-"));
  const [labels = ""] = sampleFiles("Dataset901_AbdomenRegions", "abdomen_001", false);
  const exit = (out: string) => runReport(["--labels", labels, "--out", out], folder);
  expect(await exit("none/report.json")).toEqual({
    code: 2,
    stdout: "",
    stderr: `--out none/report.json: there is no folder ${join(folder, "none")}. Make it first.\n`,
  });
  expect(await exit(".")).toMatchObject({
    code: 2,
    stderr: "--out .: this is a folder. Name a file in it.\n",
  });
});

test("a case whose definition nnU-Net refuses is reported, with the reason", async () => {
  const folder = mkdtempSync(join(tmpdir(), "regionscope-e2e-"));
  const dataset = JSON.parse(readFileSync(join(SAMPLES, "Dataset901_AbdomenRegions/dataset.json"), "utf8"));
  delete dataset.regions_class_order;
  writeFileSync(join(folder, "dataset.json"), JSON.stringify(dataset));
  const labels = join(SAMPLES, "Dataset901_AbdomenRegions/labelsTr/abdomen_001.nii.gz");
  const out = join(folder, "report.json");
  const exit = await runReport(["--labels", labels, "--dataset", join(folder, "dataset.json"), "--out", out]);
  expect(exit).toEqual({ code: 0, stdout: "", stderr: "" });
  const made = JSON.parse(readFileSync(out, "utf8")) as Report;
  expect(made.regions).toHaveLength(25);
  expect(made.findings.find((f) => f.code === "order-missing")?.severity).toBe("error");
});
