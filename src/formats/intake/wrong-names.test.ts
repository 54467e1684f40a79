/** Names that contradict a file's content or another name. */
import { describe, expect, it } from "vitest";
import { definitionFindings } from "../../domain/findings/findings.ts";
import { contradictingNames } from "../../domain/findings/label-names.ts";
import { readerFindings } from "../../domain/findings/readers.ts";
import { readerInForce } from "../../domain/reader/reader.ts";
import { definitionOf } from "../../domain/testing/definitions.ts";
import { parseDataset } from "../dataset/dataset.ts";
import { open } from "../testing/opening.ts";
import { gzip, inputFile, writeNifti } from "../testing/write-nifti.ts";

const plain = writeNifti({ dims: [4, 3, 2], values: Array.from({ length: 24 }, (_, i) => i % 3) });
const text = (name: string, written: unknown) =>
  inputFile(name, new TextEncoder().encode(JSON.stringify(written)));

describe("gzip data and the ending .gz", () => {
  async function found(
    name: string,
    bytes: Uint8Array<ArrayBuffer>,
    reader: "SimpleITKIO" | "NibabelIO",
    isFetched = false,
  ) {
    const { geometry } = await open([{ ...inputFile(name, bytes), isFetched }], { reader });
    if (!geometry) throw new Error("It has a geometry.");
    const clues = {
      chosen: null,
      plans: null,
      overwrite: reader,
      fileEnding: null,
      file: name,
      firstImage: null,
    };
    return readerFindings({ geometry, inForce: readerInForce(clues) })
      .filter(({ code }) => code !== "no-orientation")
      .map(({ code, severity, message }) => ({ code, severity, message }));
  }

  it.each(["SimpleITKIO", "NibabelIO"] as const)("%s refuses gzip data not named .gz", async (reader) => {
    const [finding, ...others] = await found("case.nii", gzip(plain), reader);
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ code: "reader-refuses", severity: "error" });
    expect(finding?.message).toContain("is gzip data but is not named .gz");
    expect(finding?.message).toContain("Rename it to end in .nii.gz");
  });

  it("may differ for SimpleITK, but not for nibabel, if only the name says gzip", async () => {
    expect(await found("case.nii.gz", plain, "SimpleITKIO")).toMatchObject([
      { code: "readers-disagree", severity: "warning" },
    ]);
    const [refused] = await found("case.nii.gz", plain, "NibabelIO");
    expect(refused).toMatchObject({ code: "reader-refuses", severity: "error" });
    expect(refused?.message).toContain("is named .gz but is not a gzip file");
  });

  it("may differ in a fetched file, which the browser may have unpacked", async () => {
    for (const reader of ["SimpleITKIO", "NibabelIO"] as const)
      expect(await found("case.nii.gz", plain, reader, true)).toEqual([]);
  });

  it("have no finding if they agree", async () => {
    for (const reader of ["SimpleITKIO", "NibabelIO"] as const) {
      expect(await found("case.nii.gz", gzip(plain), reader)).toEqual([]);
      expect(await found("case.nii", plain, reader)).toEqual([]);
    }
  });
});

describe("names that came with the labels", () => {
  const definition = definitionOf({ background: 0, liver: 1, tumour: 2, vessel: 3 });
  const named = (names: readonly string[]) =>
    contradictingNames(
      definition,
      names.map((name, i) => ({ value: i + 1, name, color: null })),
    );

  it("have a finding if dataset.json gives them to other labels", () => {
    const found = named(["Tumor", "liver", "vessel"]);
    expect(found).toMatchObject([{ code: "names-contradict", severity: "warning", labels: [1, 2] }]);
    expect(found[0]?.message).toContain(
      "are 1 “Tumor” and 2 “liver”, but dataset.json has 1 “liver” and 2 “tumour”",
    );
  });

  it("have no finding if they only differ from those of dataset.json", () => {
    expect(named(["Liver", "lesion", "veins"])).toEqual([]);
    expect(named([])).toEqual([]);
  });
});

describe("other files of nnU-Net", () => {
  it("are refused as dataset.json with what they are", async () => {
    const fingerprint = text("dataset.json", { spacings: [[1, 1, 1]], shapes_after_crop: [[2, 2, 2]] });
    await expect(open([fingerprint])).rejects.toThrow(/dataset_fingerprint\.json .* Choose dataset\.json/);
    await expect(open([text("dataset.json", { Labels: { background: 0 } })])).rejects.toThrow(
      /"labels" is missing, but it has "Labels" instead\. Rename/,
    );
  });

  it("are refused as labels with what they are", async () => {
    const packed = inputFile("case.b2nd", new Uint8Array(400).fill(250));
    await expect(open([packed])).rejects.toThrow(/it is a Blosc2 file .*gt_segmentations/);
  });

  it("of the Medical Segmentation Decathlon are to be converted by nnU-Net's own program", () => {
    const msd = {
      modality: { 0: "CT" },
      labels: { 0: "background", 1: "liver" },
      numTraining: 3,
      training: [],
      test: [],
    };
    const [first] = definitionFindings(parseDataset(JSON.stringify(msd), "dataset.json"));
    expect(first?.code).toBe("labels-inverted");
    expect(first?.message).toContain("nnUNetv2_convert_MSD_dataset");
  });
});

it("a file has one notice for the same fault along several axes", async () => {
  const flat = writeNifti({
    dims: [4, 3, 2],
    values: Array.from({ length: 24 }, (_, i) => i % 3),
    pixdim: [0, 0, 0],
  });
  const { notices } = await open([inputFile("case.nii", flat)]);
  expect(notices).toContain("case.nii: its voxel length 0 was replaced by 1 mm.");
});
