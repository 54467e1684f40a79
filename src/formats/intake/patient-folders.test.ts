/** Folders that contain one folder per patient. */
import { describe, expect, it } from "vitest";
import { open, stackOf } from "../testing/opening.ts";
import { inputFile, writeNifti } from "../testing/write-nifti.ts";
import { patientFolders } from "./patient-folders.ts";

const namesOf = (...paths: string[]) =>
  patientFolders(paths.map((path) => inputFile(path, ""))).map(({ name }) => name);

describe("folders of several patients", () => {
  it.each([
    [
      "in TotalSegmentator's layout",
      [
        "D/s1/ct.nii.gz",
        "D/s1/segmentations/liver.nii.gz",
        "D/s2/ct.nii.gz",
        "D/s2/segmentations/liver.nii.gz",
      ],
    ],
    [
      "without their scans",
      ["s1/segmentations/liver.nii.gz", "s2/segmentations/liver.nii.gz", "s2/segmentations/lung.nii.gz"],
    ],
    ["in BraTS's layout", ["s1/s1-seg.nii.gz", "s1/s1-t1c.nii.gz", "s2/s2-seg.nii.gz", "s2/s2-t1c.nii.gz"]],
    ["with other numbers than their files", ["s1/brain_01_seg.nii", "s2/brain_02_seg.nii"]],
    ["beside an atlas", ["atlas.nii.gz", "s1/ct.nii.gz", "s1/seg.nii.gz", "s2/ct.nii.gz", "s2/seg.nii.gz"]],
    ["with masks that differ", ["s1/ct.nii.gz", "s1/liver.nii.gz", "s2/ct.nii.gz", "s2/spleen.nii.gz"]],
  ])("%s", (_, paths) => {
    expect(namesOf(...paths)).toEqual(["s1", "s2"]);
  });

  it("with several scans are named with the session", () => {
    const scan = (patient: string, session: string) => [
      `D/${patient}/${session}/anat/${patient}_${session}_T1w.nii.gz`,
      `D/${patient}/${session}/anat/${patient}_${session}_dseg.nii.gz`,
    ];
    expect(
      namesOf(...scan("sub-01", "ses-1"), ...scan("sub-01", "ses-2"), ...scan("sub-02", "ses-1")),
    ).toEqual(["sub-01/ses-1", "sub-01/ses-2", "sub-02"]);
  });

  it.each([
    ["one patient", ["D/s1/ct.nii.gz", "D/s1/segmentations/liver.nii.gz"]],
    [
      "masks in a folder for each organ",
      ["D/liver/liver.nii.gz", "D/spleen/spleen.nii.gz", "D/ribs/rib_1.nii.gz"],
    ],
    ["sides of one scan", ["D/ct.nii.gz", "D/left/kidney.nii.gz", "D/right/kidney.nii.gz"]],
    ["folders named after their content", ["D/images/a.nii.gz", "D/masks/a.nii.gz"]],
    ["folders with other names for the same content", ["D/img/x1.nii.gz", "D/lab/x1.nii.gz"]],
    ["scans in a folder for each kind", ["ct/a.nii.gz", "pet/a.nii.gz", "organs/a.nii.gz"]],
    ["images alone", ["D/s1/ct.nii.gz", "D/s2/ct.nii.gz"]],
    ["files alone", ["ct.nii.gz", "liver.nii.gz"]],
  ])("are not found in %s", (_, paths) => {
    expect(namesOf(...paths)).toEqual([]);
  });

  it("are one case each", async () => {
    const volume = (path: string, from: readonly number[]) =>
      inputFile(path, writeNifti({ dims: [2, 2, 1], values: from }));
    const files = ["s1", "s2"].flatMap((patient, i) => [
      volume(`D/${patient}/ct.nii`, [10, 20, 30, 40 + i]),
      volume(`D/${patient}/segmentations/liver.nii`, [1, 0, 0, i]),
      volume(`D/${patient}/segmentations/lung.nii`, [0, 1, 1, 0]),
    ]);
    const second = await open(files, { caseName: "s2" });
    expect(second.name).toBe("s2");
    expect(stackOf(second).names).toEqual(["liver", "lung"]);
    expect(second.image?.max).toBe(41);
    expect(second.notices).toEqual([]);
    const first = await open(files);
    expect(first.notices).toEqual(["The folder has 2 cases; the first, s1, was opened."]);
    expect(stackOf(first).names).toEqual(["liver", "lung"]);
  });
});

it("files with the same name in several folders are named with their folders", async () => {
  const volume = (path: string, dims: readonly [number, number, number], offset = 0) =>
    inputFile(
      path,
      writeNifti({
        dims,
        values: Array.from({ length: dims[0] * dims[1] * dims[2] }, (_, i) => i % 2),
        offset: [offset, 0, 0],
      } as never),
    );
  await expect(
    open([
      volume("ct.nii", [2, 2, 1]),
      volume("left/kidney.nii", [2, 2, 1]),
      volume("right/kidney.nii", [2, 2, 2]),
    ]),
  ).rejects.toThrow("it has 2×2×2 voxels, but left/kidney.nii has 1×2×2");
});
