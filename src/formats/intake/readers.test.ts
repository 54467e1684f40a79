/** Readers chosen by files, dataset.json and plans, and findings about headers on which readers differ. */
import { describe, expect, it } from "vitest";
import type { Finding } from "../../domain/findings/finding.ts";
import { caseFindings } from "../../domain/findings/findings.ts";
import { imageGrid } from "../../domain/findings/image-grid.ts";
import { plansOtherSpacing } from "../../domain/findings/plans.ts";
import { readerFindings } from "../../domain/findings/readers.ts";
import { orientationCode } from "../../domain/geometry/grid.ts";
import { spacingsOf } from "../../domain/reader/file-geometry.ts";
import { readerInForce } from "../../domain/reader/reader.ts";
import type { InputFile, OpenOptions } from "../bytes/input-file.ts";
import { labelsOf, open } from "../testing/opening.ts";
import { gzip, inputFile, type NiftiOptions, writeNifti } from "../testing/write-nifti.ts";
import { writeNrrd } from "../testing/write-nrrd.ts";
import type { Opened } from "./open.ts";

const dims = [4, 5, 6];
const values = Array.from({ length: 120 }, (_, i) => i % 3);
const SHEARED: Partial<NiftiOptions> = { sform: [1, 0.02, 0, 0, 0, 1, 0.05, 0, 0, 0, 2.5, 0] };
const STRAIGHT: Partial<NiftiOptions> = { sform: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 2.5, 0] };
const NO_FORMS: Partial<NiftiOptions> = { forms: "none", pixdim: [1, 0.7, 0.7, 3] };

const nifti = (path: string, options: Partial<NiftiOptions> = STRAIGHT) => {
  const bytes = writeNifti({ dims, values, ...options });
  return inputFile(path, path.endsWith(".gz") ? gzip(bytes) : bytes);
};
const dataset = (fields: object = {}, path = "dataset.json") =>
  inputFile(
    path,
    JSON.stringify({ labels: { background: 0, a: 1, b: 2 }, file_ending: ".nii.gz", ...fields }),
  );
const plans = (fields: object) =>
  inputFile(
    "nnUNetPlans.json",
    JSON.stringify({ configurations: { a: { pool_op_kernel_sizes: [[1, 1, 1]] } }, ...fields }),
  );

function readingOf({ geometry, definition, plans: opened }: Opened) {
  if (!geometry) throw new Error("Expected a geometry.");
  const inForce = readerInForce({
    chosen: geometry.chosen,
    plans: opened?.readerWriter ?? null,
    overwrite: definition?.readerWriter ?? null,
    fileEnding: definition?.fileEnding ?? null,
    file: geometry.labels.file,
    firstImage: geometry.firstImage,
  });
  return { geometry, inForce };
}

async function readerOf(files: readonly InputFile[], options: OpenOptions = {}): Promise<string> {
  const { geometry, inForce } = readingOf(await open(files, options));
  // The reader in force made the grids.
  expect(geometry.reader).toBe(inForce.reader);
  return `${inForce.reader} by ${inForce.rule}`;
}

async function found(files: readonly InputFile[], options: OpenOptions = {}): Promise<Finding[]> {
  return readerFindings(readingOf(await open(files, options)));
}

const brief = (findings: readonly Finding[]) => findings.map(({ severity, code }) => `${severity} ${code}`);

describe("the reader of opened files", () => {
  it("is the requested one, else the plans', else dataset.json's, else by ending", async () => {
    const named = dataset({ overwrite_image_reader_writer: "NibabelIO" });
    const planned = plans({ image_reader_writer: "NibabelIOWithReorient" });
    expect(await readerOf([nifti("case.nii.gz")])).toBe("SimpleITKIO by ending");
    expect(await readerOf([nifti("case.nii")])).toBe("NibabelIO by ending");
    expect(await readerOf([inputFile("case.nrrd", writeNrrd())])).toBe("SimpleITKIO by ending");
    expect(await readerOf([nifti("case.nii"), dataset()])).toBe("SimpleITKIO by ending");
    expect(await readerOf([nifti("case.nii.gz"), named])).toBe("NibabelIO by dataset.json");
    expect(await readerOf([nifti("case.nii.gz"), named, planned])).toBe("NibabelIOWithReorient by plans");
    const options = { reader: "SimpleITKIO" } as const;
    expect(await readerOf([nifti("case.nii.gz"), named, planned], options)).toBe("SimpleITKIO by chosen");
  });

  it("may be SimpleITKIOWithReorient, which reorients ITK's voxels to RAS", async () => {
    const planned = plans({ image_reader_writer: "SimpleITKIOWithReorient" });
    // ITK uses the qform: half a turn about z.
    const two = { sform: STRAIGHT.sform ?? [], qform: [0, 0, 1, 0, 0, 0], spoil: { sformCode: 2 } };
    const files = [nifti("case.nii.gz", two), planned];
    expect(await readerOf(files)).toBe("SimpleITKIOWithReorient by plans");
    const { grid, palette, indices } = labelsOf(await open(files));
    expect([orientationCode(grid), grid.toWorld[3], grid.toWorld[7]]).toEqual(["RAS", -3, -4]);
    // The last voxel of the first slice, at i = 3 and j = 4.
    expect(palette[indices[0] ?? 0]).toBe(19 % 3);
    const shear = [nifti("case.nii.gz", SHEARED), planned];
    expect(brief(await found(shear))).toEqual(["error reader-refuses"]);
    const lost = [nifti("case.nii.gz", NO_FORMS), planned];
    expect((await found(lost))[0]?.message).toContain("as SimpleITK does, reoriented to RAS. Left");
  });

  it("has a finding if it is unknown to Regionscope, unless another is chosen", async () => {
    const named = dataset({ overwrite_image_reader_writer: "MyIO" });
    const [unknown, ...others] = await found([nifti("case.nii.gz"), named]);
    expect(others).toEqual([]);
    expect(unknown).toMatchObject({ code: "reader-unknown", severity: "warning" });
    expect(unknown?.message).toBe(
      "dataset.json names MyIO as overwrite_image_reader_writer, a reader that Regionscope does not know, so it uses SimpleITKIO. If nnU-Net has no such class, it also chooses by the file ending; if it has one, voxels may lie elsewhere than here. Correct the name, unless it is your own reader.",
    );
    const [planned] = await found([nifti("case.nii"), plans({ image_reader_writer: "MyIO" })]);
    expect(planned?.message).toMatch(
      /^The plans name MyIO as .* If nnU-Net has no such class, it stops \(“Unable .* Correct the name and plan again, unless/,
    );
    expect(await found([nifti("case.nii.gz"), named], { reader: "NibabelIO" })).toEqual([]);
  });

  it.each([
    ["NaturalImage2DIO", ".png, .bmp and .tif"],
    ["Tiff3DIO", ".tif and .tiff"],
  ])("has a finding with its formats if it does not read the files: %s", async (name, endings) => {
    const sources = [dataset({ overwrite_image_reader_writer: name }), plans({ image_reader_writer: name })];
    for (const source of sources) {
      const [other, ...more] = await found([nifti("case.nii.gz"), source]);
      expect(more).toEqual([]);
      expect(other).toMatchObject({ code: "reader-other-format", severity: "error" });
      expect(other?.message).toContain(`(${endings}), which does not read .nii.gz files`);
    }
  });

  it("reads labels and image, each by its own header", async () => {
    const files = [nifti("case.nii.gz", NO_FORMS), nifti("case_0000.nii.gz", STRAIGHT)];
    const codes = async (reader: "SimpleITKIO" | "NibabelIO" | "NibabelIOWithReorient") => {
      const opened = await open(files, { reader });
      return [labelsOf(opened).grid, opened.image?.grid].map((grid) => grid && orientationCode(grid));
    };
    expect(await codes("SimpleITKIO")).toEqual(["LPS", "RAS"]);
    expect(await codes("NibabelIO")).toEqual(["LAS", "RAS"]);
    expect(await codes("NibabelIOWithReorient")).toEqual(["RAS", "RAS"]);
  });

  describe("in a dataset's folder", () => {
    const folder = (first: Partial<NiftiOptions>, second: Partial<NiftiOptions>, fields: object = {}) => [
      dataset(fields, "D/dataset.json"),
      nifti("D/labelsTr/a.nii.gz"),
      nifti("D/labelsTr/b.nii.gz", second),
      // Listed last, but still the first case.
      nifti("D/imagesTr/b_0000.nii.gz", second),
      nifti("D/imagesTr/a_0000.nii.gz", first),
    ];

    it("is nibabel for the whole folder if ITK refuses the first training image", async () => {
      const files = folder(SHEARED, STRAIGHT);
      expect(await readerOf(files, { caseName: "b" })).toBe("NibabelIO by first image");
      expect(await found(files, { caseName: "b" })).toEqual([]);
      const [disagree, ...others] = await found(files, { caseName: "a" });
      expect(others).toEqual([]);
      expect(disagree).toMatchObject({ code: "readers-disagree", severity: "warning" });
      expect(disagree?.message).toBe(
        "SimpleITK rejects a_0000.nii.gz (“only supports orthonormal direction cosines”): the axes of the sform are not at right angles. " +
          "Because it rejects the first training image, a_0000.nii.gz, nnU-Net prints a traceback and reads the whole dataset with NibabelIO. " +
          "Other programs based on ITK reject it too: to open it there, resample image and labels to an orthogonal grid.",
      );
    });

    it("is SimpleITK if it refuses only a later image, where preprocessing stops", async () => {
      const files = folder(STRAIGHT, SHEARED);
      expect(await readerOf(files, { caseName: "b" })).toBe("SimpleITKIO by ending");
      const [refused] = await found(files, { caseName: "b" });
      expect(refused?.message).toBe(
        "nnU-Net reads .nii.gz with SimpleITK, which rejects b.nii.gz and b_0000.nii.gz (“only supports orthonormal direction cosines”): " +
          "the axes of the sform are not at right angles. Preprocessing stops there. Name NibabelIO as overwrite_image_reader_writer in " +
          "dataset.json, or resample image and labels to an orthogonal grid.",
      );
      expect(await found(files, { caseName: "a" })).toEqual([]);
    });

    it("is nibabel if the first training image is NIfTI-2, which ITK does not read", async () => {
      const second = { ...STRAIGHT, version: 2 as const };
      const files = folder(second, STRAIGHT);
      expect(await readerOf(files, { caseName: "b" })).toBe("NibabelIO by first image");
      const [disagree] = await found(files, { caseName: "a" });
      expect(disagree?.message).toMatch(
        /^SimpleITK rejects a_0000\.nii\.gz because ITK does not read NIfTI-2\. Because it rejects .* save images and labels as NIfTI-1\.$/,
      );
      const [refused] = await found(folder(STRAIGHT, second), { caseName: "b" });
      expect(refused?.message).toBe(
        "nnU-Net reads .nii.gz with SimpleITK, which rejects b.nii.gz and b_0000.nii.gz because ITK does not read NIfTI-2. " +
          "Preprocessing stops there. Name NibabelIO as overwrite_image_reader_writer in dataset.json, or save images and labels as NIfTI-1.",
      );
    });

    it("depends on the first case in the order of names without channel and ending", async () => {
      const files = ["case_10", "case_1"].flatMap((name) => [
        nifti(`D/labelsTr/${name}.nii.gz`),
        nifti(`D/imagesTr/${name}_0000.nii.gz`, name === "case_1" ? SHEARED : STRAIGHT),
      ]);
      // nnU-Net takes neither for an image of this dataset.
      const others = [nifti("D/imagesTr/a_0000.nii"), nifti("D/imagesTr/old/a_0000.nii.gz")];
      const all = [dataset({}, "D/dataset.json"), ...files, ...others];
      const { geometry } = readingOf(await open(all, { caseName: "case_10" }));
      expect(geometry.firstImage).toEqual({ file: "D/imagesTr/case_1_0000.nii.gz", refused: true });
      expect(await readerOf(all, { caseName: "case_10" })).toBe("NibabelIO by first image");
    });

    it("is known for the first image even if another reader was chosen or named", async () => {
      const refused = { file: "D/imagesTr/a_0000.nii.gz", refused: true };
      const chosen = await open(folder(SHEARED, STRAIGHT), { caseName: "b", reader: "NibabelIO" });
      expect(chosen.geometry?.firstImage).toEqual(refused);
      const { geometry } = chosen;
      if (!geometry) throw new Error("Expected a geometry.");
      const clues = { chosen: null, plans: null, overwrite: null, fileEnding: ".nii.gz" };
      const { file } = geometry.labels;
      expect(readerInForce({ ...clues, file, firstImage: geometry.firstImage }).reader).toBe("NibabelIO");
      const named = folder(SHEARED, STRAIGHT, { overwrite_image_reader_writer: "NibabelIOWithReorient" });
      expect((await open(named, { caseName: "b" })).geometry?.firstImage).toEqual(refused);
    });

    it("is the one that dataset.json names, whatever the first image is", async () => {
      const files = folder(SHEARED, STRAIGHT, { overwrite_image_reader_writer: "SimpleITKIO" });
      expect(await readerOf(files, { caseName: "a" })).toBe("SimpleITKIO by dataset.json");
      expect(brief(await found(files, { caseName: "a" }))).toEqual(["error reader-refuses"]);
    });
  });
});

describe("reader-refuses", () => {
  const SHEARED_FILE = nifti("x/case.nii.gz", SHEARED);

  it("names reader, file, cause and remedy", async () => {
    const [refused, ...others] = await found([SHEARED_FILE, dataset()]);
    expect(others).toEqual([]);
    expect(refused).toMatchObject({ code: "reader-refuses", severity: "error" });
    expect(refused?.message).toBe(
      "nnU-Net reads .nii.gz with SimpleITK, which rejects case.nii.gz (“only supports orthonormal direction cosines”): the axes of the " +
        "sform are not at right angles. Preprocessing stops there, unless it is the first training image: then nnU-Net reads the whole dataset with NibabelIO. Name NibabelIO as overwrite_image_reader_writer in dataset.json, or resample image and labels to an orthogonal grid.",
    );
  });

  it("is gone once its remedy is applied", async () => {
    const corrected = await found([SHEARED_FILE, dataset({ overwrite_image_reader_writer: "NibabelIO" })]);
    expect(brief(corrected)).toEqual(["warning readers-disagree"]);
    expect(corrected[0]?.message).toMatch(
      /^SimpleITK rejects case\.nii\.gz .*; NibabelIO reads it\. Other programs/,
    );
  });

  it("asks for new plans if the plans name the reader", async () => {
    const [refused] = await found([SHEARED_FILE, dataset(), plans({ image_reader_writer: "SimpleITKIO" })]);
    expect(refused?.message).toMatch(
      /^nnU-Net reads this dataset with SimpleITK, which rejects case\.nii\.gz/,
    );
    expect(refused?.message).toMatch(
      /Preprocessing stops there\. Name NibabelIO as .* in dataset\.json and plan again, or/,
    );
  });

  it("is found for NRRD and for two dimensions with nibabel", async () => {
    const options = { reader: "NibabelIO" } as const;
    const [nrrd] = await found([inputFile("case.nrrd", writeNrrd())], options);
    expect(nrrd?.message).toBe(
      "nnU-Net would read it with NibabelIO, which rejects case.nrrd because it reads only NIfTI. Go back to SimpleITKIO, which nnU-Net would use and which " +
        "reads it.",
    );
    const [named] = await found([
      inputFile("case.nrrd", writeNrrd()),
      plans({ image_reader_writer: "NibabelIO" }),
    ]);
    expect(named?.message).toMatch(
      /reads only NIfTI\. Save images and labels as \.nii\.gz, or name SimpleITKIO as overwrite_image_reader_writer/,
    );
    const flat = nifti("flat.nii", { dims: [4, 5], values: values.slice(0, 20) });
    const [twoD, ...others] = await found([flat]);
    expect(others).toEqual([]);
    expect(twoD?.message).toBe(
      "nnU-Net reads .nii with NibabelIO, which rejects flat.nii because it needs exactly three dimensions, but dim[0] is 2. Save images and " +
        "labels with three dimensions, or name SimpleITKIO as overwrite_image_reader_writer in dataset.json.",
    );
    expect(await found([flat], { reader: "SimpleITKIO" })).toEqual([]);
  });

  it("advises no other reader for a file with one dimension", async () => {
    const line = { dims: [20], values: values.slice(0, 20) };
    const [byItk, ...others] = await found([nifti("line.nii.gz", line)]);
    expect(others).toEqual([]);
    expect([byItk?.code, byItk?.severity, byItk?.message]).toEqual([
      "reader-refuses",
      "error",
      "nnU-Net reads .nii.gz with SimpleITKIO, which rejects line.nii.gz because it needs at least two dimensions, but dim[0] is 1. " +
        "Save images and labels with three dimensions.",
    ]);
    const [byNibabel, ...more] = await found([nifti("line.nii", line)]);
    expect(more).toEqual([]);
    expect(byNibabel?.message).toBe(
      "nnU-Net reads .nii with NibabelIO, which rejects line.nii because it needs exactly three dimensions, but dim[0] is 1. " +
        "Save images and labels with three dimensions.",
    );
  });

  it("advises nnU-Net's reader instead of the chosen one if that reads the file", async () => {
    const flat = { dims: [4, 5], values: values.slice(0, 20) };
    const files = [nifti("flat.nii.gz", flat), nifti("flat_0000.nii.gz", flat)];
    const [twoD] = await found(files, { reader: "NibabelIO" });
    expect(twoD?.message).toBe(
      "nnU-Net would read it with NibabelIO, which rejects flat.nii.gz and flat_0000.nii.gz because it needs exactly three dimensions, but dim[0] " +
        "is 2. Go back to SimpleITKIO, which nnU-Net would use and which reads them.",
    );
    const [sheared] = await found([nifti("case.nii", SHEARED)], { reader: "SimpleITKIO" });
    expect(sheared?.message).toMatch(/Go back to NibabelIO, which nnU-Net would use and which reads it\.$/);
    // nnU-Net's own choice refuses it as well.
    const [both] = await found([nifti("flat.nii", flat)], { reader: "NibabelIOWithReorient" });
    expect(both?.message).toMatch(/dim\[0\] is 2\. Save images and labels with three dimensions, or name/);
  });

  it.each([
    ["zero", Array<number>(12).fill(0)],
    ["no numbers", Array<number>(12).fill(Number.NaN)],
  ])("says that an sform of %s is singular, as the notice does", async (_, sform) => {
    const file = nifti("case.nii.gz", { sform, pixdim: [1, 1, 1, 1] });
    const [refused, ...others] = await found([file]);
    expect(others).toEqual([]);
    expect(refused?.message).toMatch(
      /orthonormal direction cosines”\): the sform is singular and gives no directions\. .* or copy the header of the original scan\.$/,
    );
    expect(refused?.message).not.toContain("right angles");
    expect((await open([file])).notices.join("\n")).toContain("its sform is singular and was not used");
  });
});

describe("readers-disagree", () => {
  it("says which form each reader uses, and how far apart they are", async () => {
    const two = {
      sform: [2, 0, 0, 10, 0, 3, 0, 20, 0, 0, 4, 30],
      qform: [0, 0, 0, 10, 20, 33],
      spoil: { qformCode: 1, sformCode: 4 },
    };
    const [disagree, ...others] = await found([nifti("case.nii.gz", two), nifti("case_0000.nii.gz", two)]);
    expect(others).toEqual([]);
    expect(disagree).toMatchObject({ code: "readers-disagree", severity: "warning" });
    expect(disagree?.message).toBe(
      "SimpleITK and nibabel read the headers of case.nii.gz and case_0000.nii.gz differently: SimpleITK uses the qform (code 1), " +
        "nibabel the sform (code 4), so the first voxels are 3 mm apart and corners are up to 3 mm apart. SimpleITKIO is in use. " +
        "Make qform, sform and pixdim agree in images and labels, and keep the correct values.",
    );
  });

  it("names differences in pixdim, units and intercepts", async () => {
    const sform = [2, 0, 0, 0, 0, 2, 0, 0, 0, 0, 2, 0];
    const message = async (options: Partial<NiftiOptions>, path = "case.nii.gz") =>
      (await found([nifti(path, options)])).map((finding) => finding.message).join("\n");
    expect(await message({ sform, pixdim: [1, 2, 2, 2.5] })).toBe(
      "SimpleITK and nibabel read the header of case.nii.gz differently: SimpleITK uses the sform (code 1) with the lengths of pixdim, " +
        "nibabel the sform (code 1), so voxels are 2.5 or 2 mm long along the first axis and corners are up to 2.5 mm apart. nnU-Net " +
        "resamples by pixdim with both SimpleITKIO and NibabelIO; SimpleITKIO is in use. Make " +
        "the sform and pixdim agree in images and labels, and keep the correct values.",
    );
    expect(await message({ sform, pixdim: [1, 1, 2, 2.002] })).toContain(
      "so voxels are 2.002 or 2 mm long along the first axis and 1 or 2 mm long along the third axis and corners are",
    );
    expect(await message({ sform, pixdim: [1, 3, 3, 3] })).toContain(
      "so voxels are 3 or 2 mm long along the first, second and third axes and corners are",
    );
    expect(await message({ sform, units: 1 }, "case.nii")).toBe(
      "The header of case.nii gives lengths in metres (xyzt_units): SimpleITK converts them, which gives slices of 2000 mm, but nibabel does not, " +
        "which gives 2 mm. NibabelIO is in use. Write the lengths of images and labels, and xyzt_units, in mm.",
    );
    expect(await message({ sform, slope: 0, intercept: 0.3 })).toBe(
      "SimpleITK adds the scl_inter of case.nii.gz, 0.3, to every value, but nibabel does not, because scl_slope is 0. SimpleITKIO is in " +
        "use. Write scl_inter 0 if the stored values are right, otherwise scl_slope 1.",
    );
  });

  it("is not found if both readers agree", async () => {
    expect(await found([nifti("case.nii.gz")])).toEqual([]);
    const same = {
      sform: [2, 0, 0, 10, 0, 3, 0, 20, 0, 0, 4, 30],
      qform: [0, 0, 0, 10, 20, 30],
      spoil: { sformCode: 2 },
    };
    expect(await found([nifti("case.nii.gz", same)])).toEqual([]);
  });
});

describe("several files of masks", () => {
  const mask = Array.from({ length: 120 }, (_, i) => Number(i % 4 === 0));
  const masks = (...options: Partial<NiftiOptions>[]) =>
    options.map((more, i) => nifti(`${"abcdef"[i]}.nii.gz`, { values: mask, ...more }));
  const reader = "NibabelIO";

  it("have each header judged, with one finding for the same fault", async () => {
    const one = { sform: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0] };
    const two = { ...one, qform: [0, 0, 1, 3, 4, 0], spoil: { sformCode: 2 } };
    const [disagree, ...others] = await found(masks(one, two, one, two), { reader });
    expect(others).toEqual([]);
    expect(disagree?.message).toMatch(
      /^SimpleITK and nibabel read the headers of b\.nii\.gz and d\.nii\.gz differently: /,
    );
    const [refused, ...rest] = await found(masks({}, {}, { version: 2 }));
    expect(rest).toEqual([]);
    expect(refused).toMatchObject({ code: "reader-refuses", severity: "error" });
    expect(refused?.message).toMatch(/which rejects c\.nii\.gz because ITK does not read NIfTI-2\./);
    // LPS from 0, the placement that ITK assumes: from a header in one file, without a header in the other.
    const lps = { sform: [-1, 0, 0, 0, 0, -1, 0, 0, 0, 0, 1, 0] };
    const [lost, ...more] = await found(masks(lps, { forms: "none" }));
    expect(more).toEqual([]);
    expect(lost?.message).toMatch(/^b\.nii\.gz does not give its orientation in the patient/);
  });

  it("are all named in a finding on four of them", async () => {
    const sheared = masks(SHEARED, SHEARED, SHEARED, SHEARED);
    const [refused, ...others] = await found(sheared);
    expect(others).toEqual([]);
    expect(refused?.message).toContain("rejects a.nii.gz, b.nii.gz, c.nii.gz and d.nii.gz (“only supports");
  });

  it("have one notice for all files with the same fault in the header", async () => {
    const odd = { pixdim: [1, 1, 1, 0], sform: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0] };
    const messages = async (...options: Partial<NiftiOptions>[]) => (await open(masks(...options))).notices;
    const taken = "its voxel length 0 was replaced by 1 mm.";
    const even = { sform: odd.sform };
    expect(await messages(even, odd)).toEqual([`b.nii.gz: ${taken}`]);
    expect(await messages(odd, even, odd)).toEqual([`a.nii.gz and c.nii.gz, each: ${taken}`]);
    expect(await messages(odd, odd, odd, odd)).toEqual([`a.nii.gz, b.nii.gz and 2 more, each: ${taken}`]);
  });
});

describe("the spacing that nnU-Net is given", () => {
  const I = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0];
  const LPS = [-1, 0, 0, 0, 0, -1, 0, 0, 0, 0, 1, 0];
  const spacings = async (files: readonly InputFile[], options: OpenOptions = {}) => {
    const { geometry, transpose } = await open(files, options);
    if (!geometry) throw new Error("Expected a geometry.");
    return spacingsOf(geometry, transpose);
  };

  it("is pixdim, or the affine's if nibabel reorients the voxels", async () => {
    const of = async (reader: OpenOptions["reader"], sform: number[], more: Partial<NiftiOptions> = {}) => {
      const file = nifti("case.nii", { sform, pixdim: [1, 1, 3, 2], ...more });
      return (await spacings([file], reader ? { reader } : {})).labels;
    };
    expect(await of("NibabelIO", I)).toEqual([2, 3, 1]);
    expect(await of("SimpleITKIO", I)).toEqual([2, 3, 1]);
    expect(await of("NibabelIOWithReorient", I)).toEqual([2, 3, 1]);
    expect(await of("NibabelIOWithReorient", LPS)).toEqual([1, 1, 1]);
    expect(await of("SimpleITKIOWithReorient", LPS)).toEqual([2, 3, 1]);
    // Only ITK converts metres.
    expect(await of("SimpleITKIO", I, { units: 1 })).toEqual([2000, 3000, 1000]);
    expect(await of("NibabelIO", I, { units: 1 })).toEqual([2, 3, 1]);
    const planned = plans({ transpose_forward: [2, 0, 1] });
    const file = nifti("case.nii", { sform: I, pixdim: [1, 1, 3, 2] });
    expect((await spacings([file, planned])).labels).toEqual([1, 2, 3]);
  });

  it("is compared between image and labels, and with the plans", async () => {
    const files = [
      nifti("case.nii", { sform: I, pixdim: [1, 1, 1, 2] }),
      nifti("case_0000.nii", { sform: I, pixdim: [1, 1, 1, 1] }),
    ];
    const opened = await open(files);
    const { grid } = labelsOf(opened);
    const { labels, image } = await spacings(files);
    if (!image || !opened.image) throw new Error("Expected an image.");
    const [refused] = imageGrid(opened.image.grid, grid, { labels, image });
    expect(refused?.code).toBe("spacing-mismatch");
    expect(refused?.message).toContain("along the first axis: 1 mm in the image, 2 mm in the labels");
    const configuration = { name: "a", strides: null, patchSize: null, batchSize: 2, spacing: [2, 1, 1] };
    expect(plansOtherSpacing(configuration, grid, false, labels)).toEqual([]);
    expect(plansOtherSpacing(configuration, grid)).toHaveLength(1);
  });
});

describe("no-orientation", () => {
  it("of labels: the header is restored before anything is resampled", async () => {
    const unsaid = nifti("case.nii.gz", { forms: "none", pixdim: [1, 1, 1, 2.5] });
    const opened = await open([unsaid, nifti("case_0000.nii.gz")]);
    if (!opened.image) throw new Error("Expected an image.");
    const bare = { trainsOn: "labels", regions: [], fromMasks: false } as const;
    const findings = caseFindings(bare, null, {
      labels: [],
      scales: [],
      stridesFrom: "plans",
      configuration: null,
      regionVoxels: null,
      grids: { image: opened.image.grid, labels: labelsOf(opened).grid },
      reading: readingOf(opened),
    });
    expect(brief(findings)).toEqual(["warning grid-mismatch", "info no-orientation"]);
    expect(findings[0]?.message).toContain(
      "otherwise first restore the labels' header from the original scan",
    );
  });

  it("says which orientation is assumed instead", async () => {
    const message = async (reader: OpenOptions["reader"], ...files: InputFile[]) => {
      const findings = await found(files, reader ? { reader } : {});
      expect(brief(findings)).toEqual(["info no-orientation"]);
      return findings[0]?.message;
    };
    const [labels, image] = [nifti("case.nii.gz", NO_FORMS), nifti("case_0000.nii.gz", NO_FORMS)];
    expect(await message(undefined, labels)).toBe(
      "case.nii.gz does not give its orientation in the patient (qform_code and sform_code are 0); Regionscope assumes left-posterior-superior from 0, as SimpleITK does. Left and right may be swapped. nnU-Net trains anyway; " +
        "if sides matter, copy the header of the " +
        "original scan.",
    );
    expect(await message("NibabelIO", labels, image)).toMatch(
      /^case\.nii\.gz and case_0000\.nii\.gz do not give their orientation .*; Regionscope assumes left-anterior-superior with 0 in the middle, as nibabel does\. Left/,
    );
    expect(await message("NibabelIOWithReorient", labels)).toContain(
      "as nibabel does, reoriented to RAS. Left",
    );
    const nrrd = inputFile("case.nrrd", writeNrrd({ fields: { space: null } }));
    expect(await message(undefined, nrrd)).toMatch(
      /^case\.nrrd does not give its orientation in the patient \(the header names no patient space\); Regionscope assumes left-posterior-superior,/,
    );
  });
});
