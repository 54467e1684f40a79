/** Tests where ITK 5.4.3 and nibabel 5.0 place NIfTI files; every expectation was measured with both. */
import { describe, expect, it } from "vitest";
import { orientationCode, spacingMm } from "../../domain/geometry/grid.ts";
import { type Placement, placementBy } from "../../domain/reader/file-geometry.ts";
import type { Reader } from "../../domain/reader/reader.ts";
import { countsOf, labelsOf, open } from "../testing/opening.ts";
import { gzip, inputFile, type NiftiOptions, writeNifti } from "../testing/write-nifti.ts";

const dims = [4, 5, 6];
const values = Array.from({ length: 120 }, (_, i) => i % 3);
/** RAS, origin (10, 20, 30). */
const SFORM = [2, 0, 0, 10, 0, 3, 0, 20, 0, 0, 4, 30];
/** Half a turn about z: LPS, origin (-1, -2, -3). */
const QFORM = [0, 0, 1, -1, -2, -3];
const LENGTHS = [1, 2, 3, 4];

async function openAs(reader: Reader, options: Partial<NiftiOptions>) {
  const bytes = gzip(writeNifti({ dims, values, pixdim: LENGTHS, ...options }));
  return open([inputFile("case.nii.gz", bytes)], { reader });
}

/** Opens a file and checks that its grid is the placement of that reader. */
async function placed(reader: Reader, options: Partial<NiftiOptions>): Promise<Placement> {
  const opened = await openAs(reader, options);
  if (!opened.geometry) throw new Error("Expected a geometry.");
  const placement = placementBy(opened.geometry.labels, reader);
  expect(labelsOf(opened).grid).toEqual(placement.grid);
  return placement;
}

/** "sform RAS from 10, 20, 30 by 2, 3, 4": position of the first voxel and lengths of i, j, k. */
async function brief(reader: Reader, options: Partial<NiftiOptions>): Promise<string> {
  const { grid, from, refusal } = await placed(reader, options);
  if (refusal) return refusal.kind;
  const origin = [3, 7, 11].map((at) => Number(grid.toWorld[at]?.toFixed(4)));
  const lengths = spacingMm(grid).map((mm) => Number(mm.toFixed(5)));
  return `${from} ${orientationCode(grid)} from ${origin.join(", ")} by ${lengths.reverse().join(", ")}`;
}

async function expectPlaced(options: Partial<NiftiOptions>, itk: string, nibabel: string): Promise<void> {
  for (const version of [1, 2] as const)
    for (const littleEndian of [true, false]) {
      const given = { ...options, version, littleEndian };
      expect([await brief("SimpleITKIO", given), await brief("NibabelIO", given)]).toEqual([
        version === 2 ? "nifti-2" : itk,
        nibabel,
      ]);
    }
}

const BY_SFORM = "sform RAS from 10, 20, 30 by 2, 3, 4";
const BY_QFORM = "qform LPS from -1, -2, -3 by 2, 3, 4";
const codes = (qformCode: number, sformCode: number): Partial<NiftiOptions> => ({
  sform: SFORM,
  qform: QFORM,
  spoil: { qformCode, sformCode },
});

/** SFORM with its second axis tilted by some degrees. */
function sheared(degrees: number): number[] {
  const [c, s] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  return [2, 3 * s, 0, 10, 0, 3 * c, 0, 20, 0, 0, 4, 30];
}

describe("codes of qform and sform", () => {
  it.each([
    [1, 1],
    [2, 1],
    [0, 1],
    [0, 2],
  ])("%i, %i: both take the sform", (q, s) => expectPlaced(codes(q, s), BY_SFORM, BY_SFORM));

  it.each([
    [1, 2],
    [1, 4],
    [2, 2],
  ])("%i, %i with another qform: ITK takes the qform, nibabel the sform", (q, s) =>
    expectPlaced(codes(q, s), BY_QFORM, BY_SFORM),
  );

  it("1, 0: both take the qform", () => expectPlaced(codes(1, 0), BY_QFORM, BY_QFORM));

  it("2, 2 with the same qform: both take the sform, bit for bit", async () => {
    const same = { sform: SFORM, qform: [0, 0, 0, 10, 20, 30], spoil: { qformCode: 2, sformCode: 2 } };
    await expectPlaced(same, BY_SFORM, BY_SFORM);
    const [itk, nibabel] = [await placed("SimpleITKIO", same), await placed("NibabelIO", same)];
    expect(itk.grid).toEqual(nibabel.grid);
  });

  it("0, 0: ITK takes LPS from 0, nibabel LAS with 0 in the middle", () =>
    expectPlaced(
      { forms: "none" },
      "pixdim LPS from 0, 0, 0 by 2, 3, 4",
      "pixdim LAS from 3, -6, -10 by 2, 3, 4",
    ));
});

describe("an sform that is not orthonormal", () => {
  it.each([0.01, 0.02, 1, 5])("by %f°, qform_code 0: ITK refuses, nibabel takes it", async (degrees) => {
    await expectPlaced({ sform: sheared(degrees), pixdim: LENGTHS }, "not-orthonormal", BY_SFORM);
  });

  it("by 0.004°: ITK takes it", () =>
    expectPlaced({ sform: sheared(0.004), pixdim: LENGTHS }, BY_SFORM, BY_SFORM));

  it("qform_code 1: ITK takes the qform without a notice", async () => {
    const spoil = { qformCode: 1, sformCode: 1 };
    await expectPlaced({ sform: sheared(1), qform: QFORM, spoil }, BY_QFORM, BY_SFORM);
    expect((await placed("SimpleITKIO", { sform: sheared(1), qform: QFORM, spoil })).notices).toEqual([]);
  });

  it("is still used to open the file", async () => {
    const opened = await openAs("SimpleITKIO", { sform: sheared(1) });
    expect(labelsOf(opened).grid).toEqual((await placed("NibabelIO", { sform: sheared(1) })).grid);
    expect(opened.orientation).toBe("RAS");
  });
});

describe("NIfTI-2", () => {
  it("is refused by ITK, and placed as by nibabel", async () => {
    const opened = await openAs("SimpleITKIO", { ...codes(1, 2), version: 2 });
    expect(opened.geometry?.labels.itk.refusal).toEqual({ kind: "nifti-2" });
    expect(labelsOf(opened).grid).toEqual((await placed("NibabelIO", codes(1, 2))).grid);
  });
});

describe("lengths", () => {
  it("that differ between sform and pixdim: ITK takes pixdim, nibabel the sform", () =>
    expectPlaced(
      { sform: SFORM, pixdim: [1, 2.5, 3, 4.25] },
      "sform RAS from 10, 20, 30 by 2.5, 3, 4.25",
      BY_SFORM,
    ));

  it.each([
    ["micrometres", 3, "0.01, 0.02, 0.03 by 0.002, 0.003, 0.004"],
    ["metres, with seconds", 1 + 8, "10000, 20000, 30000 by 2000, 3000, 4000"],
    ["millimetres", 2, "10, 20, 30 by 2, 3, 4"],
    ["no unit", 0, "10, 20, 30 by 2, 3, 4"],
  ])("in %s: ITK reads them in mm, nibabel as they are", (_, units, converted) =>
    expectPlaced({ sform: SFORM, units }, `sform RAS from ${converted}`, BY_SFORM),
  );

  it("of 0 in pixdim are replaced by 1 mm, with a notice", async () => {
    const forms = { qform: QFORM, pixdim: [1, 0, 3, 4] };
    const taken = "qform LPS from -1, -2, -3 by 1, 3, 4";
    await expectPlaced(forms, taken, taken);
    await expectPlaced(
      { forms: "none", pixdim: [1, 0, 3, 4] },
      "pixdim LPS from 0, 0, 0 by 1, 3, 4",
      "pixdim LAS from 1.5, -6, -10 by 1, 3, 4",
    );
    for (const reader of ["SimpleITKIO", "NibabelIO"] as const)
      expect((await openAs(reader, forms)).notices).toEqual([
        "case.nii.gz: its voxel length 0 was replaced by 1 mm.",
      ]);
  });

  it("that are negative count as positive, and a notice says so", async () => {
    const given = { sform: SFORM, pixdim: [1, 2, -3, 4] };
    await expectPlaced(given, BY_SFORM, BY_SFORM);
    await expectPlaced({ qform: QFORM, pixdim: [1, 2, -3, 4] }, BY_QFORM, BY_QFORM);
    for (const reader of ["SimpleITKIO", "NibabelIO"] as const)
      expect((await openAs(reader, given)).notices).toEqual([
        "case.nii.gz: its voxel length -3 (pixdim) is negative, which NIfTI does not allow and programs read differently; 3 was used.",
      ]);
  });

  it("beyond the dimensions are ignored", async () => {
    const flat = { dims: [4, 5], values: values.slice(0, 20), forms: "none", pixdim: [1, 2, 3, -7] } as const;
    expect((await openAs("SimpleITKIO", flat)).notices).toEqual([]);
  });
});

describe("values", () => {
  it("with slope 0 and an intercept: ITK adds it, nibabel does not", async () => {
    const given = { slope: 0, intercept: 7 };
    const of = async (reader: Reader) => countsOf(labelsOf(await openAs(reader, given)));
    expect(await of("SimpleITKIO")).toEqual([7, 8, 9].map((value) => [value, 40]));
    expect(await of("NibabelIO")).toEqual([0, 1, 2].map((value) => [value, 40]));
    for (const reader of ["SimpleITKIO", "NibabelIO"] as const)
      expect(countsOf(labelsOf(await openAs(reader, { slope: 2, intercept: 7 })))).toEqual(
        [7, 9, 11].map((value) => [value, 40]),
      );
  });
});

describe("NibabelIOWithReorient", () => {
  it("reorients voxels and grid to RAS", async () => {
    // i runs to S, j to L, k to P.
    const sform = [0, -3, 0, 10, 0, 0, -4, 20, 2, 0, 0, 30];
    const distinct = Array.from({ length: 120 }, (_, i) => i);
    const opened = await openAs("NibabelIOWithReorient", { sform, values: distinct });
    const { grid, palette, indices } = labelsOf(opened);
    expect([opened.orientation, orientationCode(grid), grid.shape]).toEqual(["RAS", "RAS", [4, 6, 5]]);
    expect(spacingMm(grid)).toEqual([2, 4, 3]);
    const stored = await openAs("NibabelIO", { sform, values: distinct });
    expect(stored.orientation).toBe("SLP");
    const at = (v: readonly [number, number, number], of: { readonly toWorld: readonly number[] }) =>
      [0, 1, 2].map((row) =>
        [0, 1, 2].reduce(
          (sum, axis) => sum + (of.toWorld[row * 4 + axis] ?? 0) * (v[axis] ?? 0),
          of.toWorld[row * 4 + 3] ?? 0,
        ),
      );
    const before = labelsOf(stored);
    let seen = 0;
    for (let z = 0; z < 4; z++)
      for (let y = 0; y < 6; y++)
        for (let x = 0; x < 5; x++) {
          const value = palette[indices[(z * 6 + y) * 5 + x] ?? 0] ?? Number.NaN;
          // A value, which is the file's index of a voxel, stays at the same position in space.
          const [k, j, i] = [Math.floor(value / 20), Math.floor(value / 4) % 5, value % 4];
          expect(at([k, j, i], before.grid)).toEqual(at([z, y, x], grid));
          seen++;
        }
    expect(seen).toBe(120);
  });
});

describe("dimensions", () => {
  it("other than three: nibabel's readers of nnU-Net refuse them", async () => {
    const flat = { dims: [4, 5], values: values.slice(0, 20) };
    expect(await brief("NibabelIO", flat)).toBe("dimensions");
    expect((await placed("SimpleITKIO", flat)).refusal).toBeNull();
    expect(await brief("NibabelIO", { dims: [...dims, 1] })).toBe("dimensions");
  });

  it("fewer than two: SimpleITK refuses them too", async () => {
    const line = { dims: [20], values: values.slice(0, 20) };
    for (const reader of ["NibabelIO", "SimpleITKIO"] as const)
      expect(await brief(reader, line)).toBe("dimensions");
    expect(await brief("SimpleITKIO", { ...line, ...codes(1, 2) })).toBe("dimensions");
  });
});
