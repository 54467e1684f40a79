/** Tests which of nnU-Net's readers takes a dataset. */
import { describe, expect, it } from "vitest";
import { type ReaderClues, readerInForce } from "./reader.ts";

const NOTHING: ReaderClues = {
  chosen: null,
  plans: null,
  overwrite: null,
  fileEnding: null,
  file: "labelsTr/case.nii.gz",
  firstImage: null,
};
const by = (clues: Partial<ReaderClues>) => readerInForce({ ...NOTHING, ...clues });
const brief = (clues: Partial<ReaderClues>) => {
  const { reader, rule } = by(clues);
  return `${reader} by ${rule}`;
};

describe("the reader in force", () => {
  it("is the one in the plans, whatever else is given", () => {
    const plans = "NibabelIO";
    expect(brief({ plans, overwrite: "SimpleITKIO", fileEnding: ".nrrd" })).toBe("NibabelIO by plans");
    expect(brief({ plans: "NibabelIOWithReorient" })).toBe("NibabelIOWithReorient by plans");
    expect(by({ plans }).why).toBe("The plans name it (image_reader_writer).");
  });

  it("is otherwise the one that dataset.json names, if known", () => {
    expect(brief({ overwrite: "NibabelIO" })).toBe("NibabelIO by dataset.json");
    // nnU-Net writes "None" for no reader.
    expect(brief({ overwrite: "None" })).toBe("SimpleITKIO by ending");
    expect(by({ overwrite: "None" }).why).toBe(
      "SimpleITKIO is the first of nnU-Net's readers for .nii.gz files.",
    );
    expect(brief({ overwrite: "MyIO" })).toBe("SimpleITKIO by ending");
    expect(by({ overwrite: "MyIO" }).why).toMatch(
      /^MyIO, named in dataset\.json, is unknown to Regionscope\. SimpleITKIO is/,
    );
    expect(by({ plans: "Tiff3DIO", overwrite: "NibabelIO" })).toMatchObject({
      reader: "SimpleITKIO",
      why: expect.stringMatching(/^Tiff3DIO, named in the plans, does not read \.nii\.gz files\./),
    });
  });

  it.each([
    [".nii.gz", "SimpleITKIO"],
    [".nrrd", "SimpleITKIO"],
    [".mha", "SimpleITKIO"],
    [".nii", "NibabelIO"],
    [".NII", "NibabelIO"],
  ])("is otherwise the first for the ending: %s", (fileEnding, reader) => {
    expect(brief({ fileEnding, file: "x.other" })).toBe(`${reader} by ending`);
    expect(brief({ file: `a/b.c${fileEnding}` })).toBe(`${reader} by ending`);
  });

  it("follows file_ending before the file's name, and is the first if none reads the ending", () => {
    expect(brief({ fileEnding: ".nii", file: "case.nii.gz" })).toBe("NibabelIO by ending");
    expect(by({ file: "case.hdr" })).toMatchObject({ reader: "SimpleITKIO", ending: ".hdr" });
    expect(by({ file: "case.hdr" }).why).toMatch(/^nnU-Net has no reader for \.hdr;/);
    expect(by({ file: "a.b/case" }).why).toMatch(/^nnU-Net has no reader for files without an ending;/);
  });

  it("is NibabelIO for a whole dataset if ITK refuses the first training image", () => {
    const refused = { file: "imagesTr/a_0000.nii.gz", refused: true };
    expect(brief({ firstImage: refused })).toBe("NibabelIO by first image");
    expect(by({ firstImage: refused }).why).toBe(
      "SimpleITKIO rejects a_0000.nii.gz, the first training image, so nnU-Net prints a traceback and reads the whole dataset with NibabelIO.",
    );
    expect(brief({ firstImage: { ...refused, refused: false } })).toBe("SimpleITKIO by ending");
    // Nothing else reads .nrrd, and a named reader is not tried first.
    expect(brief({ firstImage: refused, fileEnding: ".nrrd" })).toBe("SimpleITKIO by ending");
    expect(brief({ firstImage: refused, overwrite: "SimpleITKIO" })).toBe("SimpleITKIO by dataset.json");
  });

  it("may be SimpleITKIOWithReorient by name, never by an ending", () => {
    expect(brief({ plans: "SimpleITKIOWithReorient" })).toBe("SimpleITKIOWithReorient by plans");
    expect(brief({ overwrite: "SimpleITKIOWithReorient" })).toBe("SimpleITKIOWithReorient by dataset.json");
    expect(by({ plans: "SimpleITKIOWithReorient" }).unknown).toBeNull();
  });

  it("reports a name in plans or dataset.json that is no known reader's", () => {
    expect(by({ overwrite: "MyIO" }).unknown).toEqual({ name: "MyIO", by: "dataset.json" });
    expect(by({ plans: "MyIO", overwrite: "NibabelIO" }).unknown).toEqual({ name: "MyIO", by: "plans" });
    expect([by({ overwrite: "None" }).unknown, by({}).unknown]).toEqual([null, null]);
    expect(by({ overwrite: "MyIO", chosen: "NibabelIO" }).unknown).toBeNull();
  });

  it("is the one that the user chose, before the plans", () => {
    expect(brief({ chosen: "SimpleITKIO", plans: "NibabelIO" })).toBe("SimpleITKIO by chosen");
  });
});
