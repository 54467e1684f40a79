/** Written label maps, read back with ITK's and nibabel's rules. */
import { NIFTI1, readHeader, readImage } from "nifti-reader-js";
import { describe, expect, it } from "vitest";
import { randomFrom } from "../../base/random.ts";
import { type Grid, type Triple, transposeGrid } from "../../domain/geometry/grid.ts";
import { transposeArray } from "../../domain/geometry/transpose.ts";
import { labelsOf, open, valuesOf } from "../testing/opening.ts";
import { writeLabels } from "./nifti-writer.ts";

/**
 * Rotation about an oblique axis with lengths 0.75, 2 and 3 mm along i, j, k and the given handedness,
 * rounded to float32 as in a file.
 */
function oblique(hand: 1 | -1, angle: number): number[] {
  const [x, y, z] = [0.48, 0.6, 0.64];
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  const rotation = [
    [c + x * x * (1 - c), x * y * (1 - c) - z * s, x * z * (1 - c) + y * s],
    [y * x * (1 - c) + z * s, c + y * y * (1 - c), y * z * (1 - c) - x * s],
    [z * x * (1 - c) - y * s, z * y * (1 - c) + x * s, c + z * z * (1 - c)],
  ];
  const lengths = [0.75, 2, 3 * hand];
  const origin = [-91.25, 12.5, 700.125];
  return rotation.flatMap((row, r) =>
    [...row.map((value, column) => value * (lengths[column] ?? 1)), origin[r] ?? 0].map(Math.fround),
  );
}

/** Turns columns i, j, k of a file into array axes k, j, i. */
function gridOf(shape: Triple, sform: readonly number[]): Grid {
  const toWorld = [0, 1, 2].flatMap((row) => [2, 1, 0, 3].map((column) => sform[row * 4 + column] ?? 0));
  return { shape, toWorld };
}

async function gunzipped(blob: Blob): Promise<ArrayBuffer> {
  return new Response(blob.stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
}

interface WrittenCase {
  readonly name: string;
  readonly sform: number[];
  readonly shape: Triple;
  readonly axes: Triple;
  readonly highest: number;
  readonly lowest?: number;
}

const CASES: readonly WrittenCase[] = [
  {
    name: "plain, uint8",
    sform: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0],
    shape: [3, 4, 5],
    axes: [0, 1, 2],
    highest: 3,
  },
  {
    name: "LPS, transposed",
    sform: [-1, 0, 0, 9, 0, -2, 0, 8, 0, 0, 3, 7],
    shape: [3, 4, 5],
    axes: [2, 0, 1],
    highest: 255,
  },
  { name: "oblique, uint16", sform: oblique(1, 0.7), shape: [2, 7, 3], axes: [1, 2, 0], highest: 256 },
  {
    name: "left-handed, nearly half a turn",
    sform: oblique(-1, 3),
    shape: [5, 1, 6],
    axes: [0, 2, 1],
    highest: 32_767,
  },
  { name: "int8", sform: oblique(-1, 0.4), shape: [4, 3, 5], axes: [1, 0, 2], lowest: -1, highest: 127 },
  {
    name: "int8 at its end",
    sform: oblique(1, 0.2),
    shape: [2, 3, 5],
    axes: [2, 1, 0],
    lowest: -128,
    highest: 3,
  },
  {
    name: "int32",
    sform: oblique(-1, 0.4),
    shape: [4, 3, 5],
    axes: [0, 2, 1],
    lowest: -32_769,
    highest: 70_000,
  },
  { name: "int16", sform: oblique(1, 0.4), shape: [4, 3, 5], axes: [2, 0, 1], lowest: -1, highest: 128 },
  {
    name: "int16, -25,536",
    sform: oblique(1, 1),
    shape: [2, 2, 5],
    axes: [0, 1, 2],
    lowest: -25_536,
    highest: 2,
  },
  { name: "a slice", sform: oblique(-1, 2.5), shape: [1, 6, 5], axes: [2, 1, 0], highest: 9 },
];

/** NIfTI's code of the smallest type, and its array. */
function typeOf(highest: number, lowest = 0) {
  if (lowest < -32_768 || highest > 65_535) return [8, Int32Array] as const;
  if (lowest < 0) {
    return lowest >= -128 && highest <= 127 ? ([256, Int8Array] as const) : ([4, Int16Array] as const);
  }
  return highest > 255 ? ([512, Uint16Array] as const) : ([2, Uint8Array] as const);
}

describe("a label map as NIfTI", () => {
  it.each(CASES)("$name: both readers find the same voxels, affine and spacing", async (given) => {
    const { sform, shape, axes, highest, lowest } = given;
    const fileGrid = gridOf(shape, sform);
    const random = randomFrom(highest);
    const labelOf =
      lowest === undefined ? Uint16Array.of(0, highest, 1, 2) : Int32Array.of(0, highest, lowest, 2);
    const inFile = Uint8Array.from({ length: shape[0] * shape[1] * shape[2] }, () =>
      Math.floor(random() * 4),
    );
    inFile[0] = 1;
    inFile[1] = 2;
    const expected = Array.from(inFile, (index) => labelOf[index]);
    const fractions: number[] = [];
    const blob = await writeLabels(
      {
        indices: transposeArray(inFile, shape, axes),
        labelOf,
        grid: transposeGrid(fileGrid, axes),
        transpose: axes,
      },
      "case.nii.gz",
      (fraction) => fractions.push(fraction),
    );
    expect(fractions.at(-1)).toBe(1);

    const opened = await open([{ path: "case.nii.gz", blob }]);
    expect(valuesOf(labelsOf(opened))).toEqual(expected);
    expect(labelsOf(opened).grid).toEqual(fileGrid);
    expect(opened.notices).toEqual([]);

    const plain = await gunzipped(blob);
    const header = readHeader(plain);
    if (!(header instanceof NIFTI1)) throw new Error("Expected NIfTI-1.");
    expect(header.affine.slice(0, 3).flat()).toEqual(sform);
    expect([header.qform_code, header.sform_code]).toEqual([1, 1]);
    expect(header.description).toBe("label map of Regionscope");
    const qform = header.getQformMat().slice(0, 3).flat();
    expect(Math.max(...qform.map((value, at) => Math.abs(value - (sform[at] ?? 0))))).toBeLessThan(1e-4);
    expect(header.dims.slice(0, 4)).toEqual([3, ...shape.toReversed()]);
    // Millimetres.
    expect(header.xyzt_units).toBe(2);
    const [code, Voxels] = typeOf(highest, lowest);
    expect(header.datatypeCode).toBe(code);
    expect(Array.from(new Voxels(readImage(header, plain)))).toEqual(expected);
  });

  it("may have many parts, and is refused with an axis too long for NIfTI-1", async () => {
    const shape: Triple = [40, 300, 200];
    const indices = Uint8Array.from({ length: 40 * 300 * 200 }, (_, i) => (i >> 7) % 3);
    const grid = gridOf(shape, oblique(1, 0.1));
    const of = { indices, labelOf: Uint16Array.of(0, 300, 7), grid, transpose: [0, 1, 2] as const };
    const blob = await writeLabels(of, "case.nii.gz", () => undefined);
    const volume = labelsOf(await open([{ path: "case.nii.gz", blob }]));
    const wrong = indices.reduce(
      (sum, index, i) => sum + Number(volume.palette[volume.indices[i] ?? 0] !== of.labelOf[index]),
      0,
    );
    expect(wrong).toBe(0);
    const long = { ...of, grid: gridOf([1, 1, 40_000], oblique(1, 0)), indices: new Uint8Array(40_000) };
    await expect(writeLabels(long, "case.nii.gz", () => undefined)).rejects.toThrow(
      "case.nii.gz: it would have 40000 voxels along an axis, but NIfTI-1 allows only 32767. Split the masks into smaller volumes first.",
    );
  });

  it("with a sheared affine has only an sform, and the same grid by ITK and nibabel", async () => {
    const sform = [1, 0.1, 0, 5, 0, 1, 0, 6, 0, 0, 2, 7].map(Math.fround);
    const grid = gridOf([2, 2, 2], sform);
    const of = {
      indices: new Uint8Array(8),
      labelOf: Uint16Array.of(0),
      grid,
      transpose: [0, 1, 2] as const,
    };
    const blob = await writeLabels(of, "case.nii.gz", () => undefined);
    const { geometry } = await open([{ path: "case.nii.gz", blob }]);
    expect(geometry?.labels.itk).toMatchObject({ from: "sform", refusal: { kind: "not-orthonormal" } });
    expect(geometry?.labels.itk.grid).toEqual(geometry?.labels.nibabel.grid);
    const header = readHeader(await gunzipped(blob));
    if (!(header instanceof NIFTI1)) throw new Error("Expected NIfTI-1.");
    expect(header.affine.slice(0, 3).flat()).toEqual(sform);
    expect([header.qform_code, header.sform_code]).toEqual([0, 1]);
    const [[a = 0, b = 0] = [], [c = 0, d = 0] = []] = header.getQformMat();
    expect(Math.hypot(a, c)).toBeCloseTo(1, 5);
    // At right angles, and rotated by half the shear angle.
    expect(a * b + c * d).toBeCloseTo(0, 5);
    expect(Math.atan2(-b, d)).toBeCloseTo(-Math.atan(0.1) / 2, 3);
  });
});
