/** Tests which opened files lie beside one whose voxels ITK would take. */
import { describe, expect, it, test } from "vitest";
import { definitionFindings } from "../../domain/findings/findings.ts";
import { gzip, inputFile, writeNifti } from "../testing/write-nifti.ts";
import { type Opened, openFiles } from "./open.ts";

const DIMS = [4, 3, 2] as const;
const values = (scale: number) => Float64Array.from({ length: 24 }, (_, i) => (i % 3) * scale);
const LABELS = writeNifti({ dims: DIMS, values: values(1), type: "uint8" });
const IMAGE = writeNifti({ dims: DIMS, values: values(100), type: "int16" });
const NII_GZ = {
  channel_names: { 0: "CT" },
  labels: { background: 0, a: 1, b: 2 },
  numTraining: 1,
  file_ending: ".nii.gz",
};

function filesAt(...paths: string[]) {
  return paths.map((path) => {
    const bytes = /_\d{4}\./.test(path) ? IMAGE : LABELS;
    return inputFile(path, /\.gz$/i.test(path) ? gzip(bytes) : bytes);
  });
}

const dataset = (keys: object) => inputFile("D/dataset.json", JSON.stringify(keys));

async function opened(paths: readonly string[], keys: object | null = NII_GZ, caseName?: string) {
  const files = [...filesAt(...paths), ...(keys ? [dataset(keys)] : [])];
  return openFiles(files, caseName === undefined ? {} : { caseName }, () => {});
}
const besides = async (...given: Parameters<typeof opened>) => (await opened(...given)).files?.besides;

describe("files that lie beside an uncompressed one", () => {
  const good = [
    "D/imagesTr/a_0000.nii.gz",
    "D/labelsTr/a.nii.gz",
    "D/imagesTr/b_0000.nii.gz",
    "D/labelsTr/b.nii.gz",
  ];

  it("are those of all cases, the open one first", async () => {
    expect(await besides(good)).toBeUndefined();
    const twins = [
      "D/labelsTr/a.nii",
      "D/labelsTr/b.nii",
      "D/imagesTs/c_0000.nii",
      "D/imagesTs/c_0000.nii.gz",
    ];
    expect(await besides([...good, ...twins], NII_GZ, "b")).toEqual([
      "labelsTr/b.nii.gz",
      "imagesTs/c_0000.nii.gz",
      "labelsTr/a.nii.gz",
    ]);
  });

  it("are not those in other folders, in another case, or hidden ones", async () => {
    expect(
      await besides([...good, "D/old/a.nii", "D/old/a.nii.gz", "D/imagesTr/a.nii", "D/labelsTr/a.NII"]),
    ).toBeUndefined();
    expect(await besides([...good, "D/labelsTr/._a.nii", "D/labelsTr/._a.nii.gz"])).toBeUndefined();
  });

  it("are found in folders with other names, beside cases without training, and loose", async () => {
    const others = ["D/images/a_0000.nii.gz", "D/labels/a.nii.gz", "D/labels/a.nii"];
    expect(await besides(others)).toEqual(["labels/a.nii.gz"]);
    const test = ["D/imagesTs/a_0000.nii.gz", "D/labelsTs/a.nii.gz", "D/labelsTs/a.nii"];
    expect(await besides(test)).toEqual(["labelsTs/a.nii.gz"]);
    const mixed = ["D/a_0000.nii.gz", "D/a.nii.gz", "D/b_0000.nii.gz", "D/b.nii.gz", "D/b.nii"];
    expect(await besides(mixed)).toEqual(["D/b.nii.gz"]);
  });
});

describe("images with an uncompressed copy", () => {
  const two = { ...NII_GZ, channel_names: { 0: "CT", 1: "PET" } };
  const images = ["D/imagesTr/a_0000.nii.gz", "D/imagesTr/a_0001.nii.gz"];
  const copies = ["D/imagesTr/a_0000.nii", "D/imagesTr/a_0001.nii"];
  const codes = ({ definition, files }: Opened) =>
    definition && definitionFindings(definition, files).map(({ code }) => code);

  it("are opened without it, and are not channels twice", async () => {
    const found = await opened([...images, ...copies, "D/labelsTr/a.nii.gz"], two);
    expect(found.files).toMatchObject({
      image: "a_0000.nii.gz",
      besides: ["imagesTr/a_0000.nii.gz", "imagesTr/a_0001.nii.gz"],
      folder: {
        trainingCases: 1,
        imageCases: { ".nii.gz": 1 },
        channels: [{ name: "a", ending: ".nii.gz", images: 2 }],
        unpaired: { withoutLabels: [], withoutImage: [] },
        misnamed: null,
      },
    });
    expect(found.notices).toEqual(["The image has 2 channels; the first, a_0000.nii.gz, is shown."]);
    expect(codes(found)).toEqual([]);
  });

  it("belong to the label file with their ending, the compressed one first", async () => {
    const labels = ["D/labelsTr/a.nii", "D/labelsTr/a.nii.gz"];
    const first = await opened([...copies, ...images, ...labels], two);
    expect([first.labelsFile, first.files?.image]).toEqual(["D/labelsTr/a.nii.gz", "a_0000.nii.gz"]);
    expect(first.files?.folder?.trainingCases).toBe(1);
    expect(codes(first)).toEqual([]);
    const other = await opened([...copies, ...images, ...labels], { ...two, file_ending: ".nii" }, "a.nii");
    expect([other.labelsFile, other.files?.image]).toEqual(["D/labelsTr/a.nii", "a_0000.nii"]);
    expect(codes(other)).toEqual(["file-ending"]);
  });
});

describe("loose files with an uncompressed copy", () => {
  const skipped = (file: string) => `${file} was skipped: a .nii.gz file of the same name was opened.`;

  it("are labels or an image without it, and not two masks or channels", async () => {
    const mask = writeNifti({
      dims: DIMS,
      values: values(1).map((value) => Number(value > 0)),
      type: "uint8",
    });
    for (const stem of ["case", "case_seg"]) {
      const files = [inputFile(`${stem}.nii`, mask), inputFile(`${stem}.nii.gz`, gzip(mask))];
      const found = await openFiles(files, {}, () => {});
      expect([found.labelsFile, found.source?.kind]).toEqual([`${stem}.nii.gz`, "labels"]);
      expect(found.files?.besides).toEqual([`${stem}.nii.gz`]);
      expect(found.notices).toEqual([skipped(`${stem}.nii`)]);
    }
    const image = await openFiles(filesAt("a.nii.gz", "a_0000.nii", "a_0000.nii.gz"), {}, () => {});
    expect(image.files).toMatchObject({ image: "a_0000.nii.gz", besides: ["a_0000.nii.gz"] });
    expect(image.notices).toEqual([skipped("a_0000.nii")]);
  });

  it("are told from labels and their image of the same name", async () => {
    const scan = writeNifti({
      dims: DIMS,
      values: Float64Array.from({ length: 24 }, (_, i) => i / 3 - 2),
      type: "float32",
    });
    const files = [inputFile("case.nii", scan), inputFile("case.nii.gz", gzip(LABELS))];
    const found = await openFiles(files, {}, () => {});
    expect([found.labelsFile, found.files?.image]).toEqual(["case.nii.gz", "case.nii"]);
  });
});

test("are known of opened files alone, if one is beside them on disk", async () => {
  const files = filesAt("a_0000.nii.gz", "a.nii.gz");
  const { files: found } = await openFiles(files, { besides: ["a.nii.gz"] }, () => {});
  expect(found?.besides).toEqual(["a.nii.gz"]);
});

test("such files are not also reported as files with another ending, others are", async () => {
  const codes = async (...more: string[]) => {
    const { definition, files } = await opened([
      "D/imagesTr/a_0000.nii.gz",
      "D/labelsTr/a.nii.gz",
      "D/labelsTr/a.nii",
      ...more,
    ]);
    return definition ? definitionFindings(definition, files ?? null).map(({ code }) => code) : null;
  };
  expect(await codes()).toEqual([]);
  expect(await codes("D/labelsTr/b.nii", "D/imagesTr/b_0000.nii")).toContain("file-ending");
});
