/** Sentences about formats that nnU-Net's readers reject; other refusals are tested on files in `intake`. */
import { expect, test } from "vitest";
import type { CaseReading, FileGeometry, Placement, Refusal } from "../reader/file-geometry.ts";
import { READERS, readerInForce } from "../reader/reader.ts";
import { readerFindings } from "./readers.ts";

function sentences(file: string, itk: Refusal | null, nibabel: Refusal | null, unoriented = false): string[] {
  const placed = (refusal: Refusal | null): Placement => ({
    grid: { shape: [2, 3, 4], toWorld: [0, 0, -1, 0, 0, -1, 0, 0, 1, 0, 0, 0] },
    from: "spacings",
    spacing: [1, 1, 1],
    refusal,
    intercept: 0,
    notices: [],
  });
  const labels: FileGeometry = {
    file,
    codes: null,
    unoriented,
    unit: null,
    itk: placed(itk),
    nibabel: placed(nibabel),
  };
  return READERS.slice(0, 2).flatMap((chosen) => {
    const inForce = readerInForce({
      chosen,
      plans: null,
      overwrite: null,
      fileEnding: null,
      file,
      firstImage: null,
    });
    const geometry = { reader: chosen, chosen, firstImage: null, labels, moreLabels: [], image: null };
    const reading: CaseReading = { geometry, inForce };
    return readerFindings(reading).map(({ message }) => message);
  });
}

const refusal = { kind: "format", format: "NRRD" } as const;

test("of a format that only ITK reads", () => {
  expect(sentences("a.nrrd", null, refusal)).toEqual([
    "nnU-Net would read it with NibabelIO, which rejects a.nrrd because it reads only NIfTI. Go back to SimpleITKIO, which nnU-Net would use and which reads it.",
  ]);
});

test("of a format that no reader reads", () => {
  expect(sentences("a.nrrd", refusal, refusal)).toEqual([
    "nnU-Net would read it with SimpleITKIO, which rejects a.nrrd because ITK does not read NRRD. Save images and labels as .nii.gz.",
    "nnU-Net would read it with NibabelIO, which rejects a.nrrd because it reads only NIfTI. Save images and labels as .nii.gz.",
  ]);
});

test("without an orientation, SimpleITK is named only for a format that it reads", () => {
  const assumed = (itk: Refusal | null) => sentences("a.nrrd", itk, refusal, true).at(-1);
  expect(assumed(null)).toContain("Regionscope assumes left-posterior-superior, as SimpleITK does. Left");
  expect(assumed(refusal)).toContain("Regionscope assumes left-posterior-superior. Left");
});
