/** Label files modelled on public reports, from their bytes to the first sentence. */
import { describe, expect, it } from "vitest";
import { regionSetFromDefinition, regionSetFromLabels } from "../../domain/dataset/region-set.ts";
import type { Finding } from "../../domain/findings/finding.ts";
import { caseFindings, worstFirst } from "../../domain/findings/findings.ts";
import { volumeLabels } from "../../domain/volume/palette-volume.ts";
import { labelsOf, open } from "../testing/opening.ts";
import { gzip, inputFile, type NiftiOptions, writeNifti } from "../testing/write-nifti.ts";

const dataset = (labels: object, order?: readonly number[]) =>
  JSON.stringify({
    channel_names: { 0: "CT" },
    labels,
    ...(order ? { regions_class_order: order } : {}),
    numTraining: 1,
    file_ending: ".nii.gz",
  });

const ABC = dataset({ background: 0, a: 1, b: 2, c: 3 });

async function findingsOf(file: Partial<NiftiOptions>, definitionText: string | null): Promise<Finding[]> {
  const { values = [] } = file;
  const bytes = writeNifti({ dims: [values.length, 1, 1], values, ...file });
  const files = [inputFile("case.nii.gz", gzip(bytes))];
  if (definitionText !== null) files.push(inputFile("dataset.json", definitionText));
  const opened = await open(files);
  const volume = labelsOf(opened);
  const { definition, imageSigns } = opened;
  const set = definition ? regionSetFromDefinition(definition) : regionSetFromLabels(volume.palette);
  const found = caseFindings(set, definition, {
    labels: volumeLabels(volume),
    scales: [],
    stridesFrom: "guess",
    configuration: null,
    regionVoxels: null,
    grids: null,
    imageSigns,
    scaled: volume.scaled ?? null,
  });
  return worstFirst(found);
}

const first = async (...given: Parameters<typeof findingsOf>) => {
  const [found] = await findingsOf(...given);
  return `${found?.severity} ${found?.code}: ${found?.message}`;
};

describe("a label file", () => {
  it("with labels 1, 2 and 4 of BraTS for 1, 2 and 3 is to have 3 for 4", async () => {
    const nested = { background: 0, "whole tumor": [1, 2, 3], "tumor core": [2, 3], "enhancing tumor": [3] };
    const found = await findingsOf({ values: [0, 0, 1, 2, 4] }, dataset(nested, [1, 2, 3]));
    expect(found.map(({ code }) => code)).toEqual(["label-unexpected"]);
    expect(found[0]?.message).toMatch(
      /^The volume has label 4 .* where the definition has 3, .* Write 3 for 4/,
    );
  });

  it("with -1 is to have 0 for it", async () => {
    const message = await first({ values: [-1, -1, 0, 0, 0, 1, 2], type: "int16" }, ABC);
    expect(message).toMatch(/^error negative-label: -1 is in the volume \(2 voxels\).* Write 0 for -1/);
  });

  it("whose header has a slope of 2035/2047 is to be rounded", async () => {
    const stored = [0, 2, 4, 5, 7, 17, 77, 257, 1007, 1008, 2047];
    const message = await first({ values: stored, type: "int16", slope: 2035 / 2047 }, null);
    expect(message).toMatch(
      /^error header-scales-labels: The header's scl_slope 0\.99414 turns the stored whole numbers 0 to 2047 into fractions such as 1\.988 and 3\.977/,
    );
    expect(message).toContain("Nothing was interpolated");
    expect(message).toContain("Round the values");
  });

  it("whose header has a slope of 1/255 is to have a slope of 1, also if it is a mask", async () => {
    const found = await findingsOf({ values: [0, 1, 2, 3], slope: 1 / 255 }, ABC);
    expect(found.map(({ code }) => code)).toEqual(["header-scales-labels"]);
    expect(found[0]?.message).toMatch(/stored whole numbers 0 to 3 .* set scl_slope to 1 in the header\.$/);
    const mask = await first({ values: [0, 1, 1], slope: 1 / 255 }, dataset({ background: 0, a: 1 }));
    expect(mask).toMatch(/^error header-scales-labels: .* set scl_slope to 1/);
  });

  it("that begins at -1024 is reported with the header's intercept", async () => {
    const message = await first({ values: [0, 1, 2, 3], type: "int16", intercept: -1024 }, ABC);
    expect(message).toMatch(
      /^error header-scales-labels: The header's scl_inter -1024 turns the stored whole numbers 0 to 3 into -1024 to -1021/,
    );
  });

  it("of floating-point labels that nibabel squeezed into 16 bits is to be rounded", async () => {
    // 0 to 35 scaled to the range of int16, as nibabel writes it: slope and intercept are float32.
    const slope = Math.fround(35 / 65535);
    const intercept = Math.fround(32768 * slope);
    const values = Array.from({ length: 36 }, (_, label) =>
      Math.min(32767, Math.max(-32768, Math.round((label - intercept) / slope))),
    );
    const message = await first({ values, type: "int16", slope, intercept }, null);
    expect(message).toMatch(/^error header-scales-labels: .*too small for them.* Round the values, and save/);
  });

  it("whose labels are whole in float32, as nnU-Net reads them, has no finding", async () => {
    // 1.0000000196 in double precision.
    const file = { values: [0, 255], slope: Math.fround(1 / 255) };
    expect(await findingsOf(file, dataset({ background: 0, a: 1 }))).toEqual([]);
  });

  it("that is the scan gets no advice on regions", async () => {
    const side = 40;
    const values = Array.from({ length: side ** 2 }, (_, i) => -1024 + ((i * 7919) % 752));
    const found = await findingsOf(
      { dims: [side, side, 1], values, type: "int16" },
      dataset({ background: 0, pelvis: 1 }),
    );
    expect(found.map(({ code }) => code)).toEqual(["looks-like-an-image", "label-unexpected"]);
    for (const { message } of found) expect(message).not.toMatch(/add|region.* belong/i);
  });

  it("of background only has one finding", async () => {
    expect((await findingsOf({ values: [0, 0] }, ABC)).map(({ code }) => code)).toEqual(["background-only"]);
  });
});
