/**
 * Training grids and targets to be saved, of cases in RAS, LPS and oblique, transposed and cropped. What
 * other software reads back from these files is recorded in `saved-places.test.ts`.
 */
import { regionTable } from "../../domain/dataset/region-table.ts";
import { type Grid, spacingMm, type Triple, transposeGrid, voxelCount } from "../../domain/geometry/grid.ts";
import { placedTargets } from "../../domain/targets/placed-targets.ts";
import { finish } from "../../domain/testing/finish.ts";
import { nonzeroMaskOf } from "../../domain/testing/nonzero-mask-of.ts";
import { DEFAULT_SEG_RESAMPLING } from "../../domain/training-grid/resampling.ts";
import { trainingGrid } from "../../domain/training-grid/training-grid.ts";
import { volumeFromLabels } from "../../domain/volume/volume-from-labels.ts";
import type { WrittenLabels } from "../nifti/nifti-writer.ts";
import { targetLabels, targetMask, trainedLabels } from "../nifti/training-files.ts";

interface Input {
  readonly name: string;
  /** Of i, j, k, as in a file. */
  readonly sform: readonly number[];
  readonly spaceCode: number;
  readonly transpose: Triple;
  readonly plansSpacing: Triple;
}

/** Of k, j, i. */
const SHAPE: Triple = [9, 14, 17];

const [COS, SIN] = [Math.cos(0.4), Math.sin(0.4)];
const INPUTS: readonly Input[] = [
  {
    name: "ras",
    sform: [0.8, 0, 0, -91.5, 0, 0.7, 0, -120, 0, 0, 2.5, 700.25],
    spaceCode: 1,
    transpose: [0, 1, 2],
    plansSpacing: [1.1, 1.9, 0.9],
  },
  {
    name: "lps",
    sform: [-0.8, 0, 0, 91.5, 0, -0.7, 0, 120, 0, 0, 2.5, -700.25],
    spaceCode: 2,
    transpose: [2, 0, 1],
    plansSpacing: [2.1, 1.2, 0.6],
  },
  {
    name: "oblique",
    sform: [
      ...[0.8 * COS, -0.7 * SIN * COS, 2.5 * SIN * SIN, -31.5],
      ...[0.8 * SIN, 0.7 * COS * COS, -2.5 * SIN * COS, 44],
      ...[0, 0.7 * SIN, 2.5 * COS, -12.75],
    ],
    spaceCode: 4,
    transpose: [1, 2, 0],
    plansSpacing: [0.5, 2.2, 1.4],
  },
];

/** Of each case: the training grid, its labels at scale 1, and the target of a region in a patch there. */
export function savedFiles(): readonly { readonly name: string; readonly written: WrittenLabels }[] {
  return INPUTS.flatMap((input) => {
    const { transpose, plansSpacing, spaceCode } = input;
    const grid = transposeGrid(gridOf(input.sform), transpose);
    const volume = volumeFromLabels(grid, blocks(grid.shape));
    const mask = nonzeroMaskOf(grid.shape, [inside(grid.shape)]);
    const resampling = DEFAULT_SEG_RESAMPLING;
    const made = finish(trainingGrid({ volume, spacing: spacingMm(grid), mask, plansSpacing, resampling }));
    if (made.kind === "refused") throw new Error(made.reason);
    const { shape } = made.volume.grid;
    const strides: Triple[] = [
      [1, 1, 1],
      [1, 2, 2],
      [2, 2, 2],
    ];
    const whole = placedTargets(shape, null, strides, "nearest-exact");
    const patch = { origin: [-2, 1, 2], size: [shape[0] + 3, 6, 8] } as const;
    const part = placedTargets(shape, patch, strides, "nearest-exact");
    const [scale, ofPatch] = [whole.scales[1], part.scales[1]];
    if (!scale || !ofPatch) throw new Error("there are two scales");
    const table = regionTable(made.volume.palette, [
      { name: "both", labels: [1, 2], classOrder: null, ignore: false },
    ]);
    const labelOf = Int16Array.from(made.volume.palette);
    return [
      { kind: "trained", prepared: trainedLabels(made, plansSpacing) },
      {
        kind: "scale",
        prepared: finish(targetLabels({ targets: whole, placed: scale }, made.volume, labelOf)),
      },
      {
        kind: "mask",
        prepared: finish(targetMask({ targets: part, placed: ofPatch }, made.volume, table, 0)),
      },
    ].map(({ kind, prepared }) => ({
      name: `${input.name}_${kind}`,
      written: { ...prepared, transpose, spaceCode },
    }));
  });
}

function gridOf(sform: readonly number[]): Grid {
  const toWorld = [0, 1, 2].flatMap((row) =>
    [2, 1, 0, 3].map((column) => Math.fround(sform[row * 4 + column] ?? 0)),
  );
  return { shape: SHAPE, toWorld };
}

/** Labels 0 to 2 in blocks of 5 × 4 × 3 voxels. */
function blocks([depth, height, width]: Triple): Uint8Array {
  return voxels([depth, height, width], (z, y, x) => (((z / 5) | 0) + ((y / 4) | 0) + ((x / 3) | 0)) % 3);
}

/** 1 away from the borders, without a corner, so that the box and the mask differ. */
function inside([depth, height, width]: Triple): Float32Array {
  return Float32Array.from(
    voxels([depth, height, width], (z, y, x) =>
      Number(z > 0 && y > 1 && y < height - 1 && x > 0 && x < width - 1 && z + y + x > 6),
    ),
  );
}

function voxels(shape: Triple, value: (z: number, y: number, x: number) => number): Uint8Array {
  const [, height, width] = shape;
  return Uint8Array.from({ length: voxelCount(shape) }, (_, i) =>
    value(Math.floor(i / (height * width)), Math.floor(i / width) % height, i % width),
  );
}
