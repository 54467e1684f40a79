/** Tests the nonzero mask, row by row, against a plain flood fill. */
import { expect, it } from "vitest";
import { randomFrom } from "../../base/random.ts";
import { type Backwards, type Triple, voxelCount } from "../geometry/grid.ts";
import { transposeArray, transposedLayout } from "../geometry/transpose.ts";
import { nonzeroMaskOf } from "../testing/nonzero-mask-of.ts";
import { type NonzeroMask, transposeMask } from "./nonzero-mask.ts";
import { plainNonzero } from "./plain.ts";

const voxelsOf = ({ shape, rowWords, bits }: NonzeroMask) =>
  Array.from({ length: voxelCount(shape) }, (_, i) => {
    const [row, x] = [Math.floor(i / shape[2]), i % shape[2]];
    return ((bits[row * rowWords + (x >>> 5)] ?? 0) >>> (x & 31)) & 1;
  });

const SHAPES: readonly Triple[] = [
  [1, 1, 1],
  [1, 9, 40],
  [7, 1, 33],
  [12, 11, 1],
  [9, 10, 31],
  [9, 10, 32],
  [8, 9, 65],
];

it.each(SHAPES)("fills the holes of a volume of %i × %i × %i voxels", (...shape) => {
  for (const density of [0, 0.3, 0.5, 0.7, 0.95, 1]) {
    const random = randomFrom(voxelCount(shape) + density);
    const channels = [0, 1].map(() =>
      Float32Array.from({ length: voxelCount(shape) }, () => (random() < density / 1.5 ? random() - 0.5 : 0)),
    );
    const mask = nonzeroMaskOf(shape, channels);
    const plain = plainNonzero(
      channels.map((channel) => ({ shape, values: Float64Array.from(channel) })),
      shape,
    );
    expect(voxelsOf(mask), `density ${density}`).toEqual([...plain.values]);
  }
});

it("takes a tunnel to the border for outside, however it winds, and a diagonal for none", () => {
  const shape: Triple = [5, 41, 40];
  const image = new Float32Array(voxelCount(shape)).fill(1);
  const clear = (z: number, y: number, x: number) => {
    image[(z * shape[1] + y) * shape[2] + x] = 0;
  };
  // In slice 2, rows 1, 3, 5, … are joined at alternating ends, and the last leads out.
  for (let y = 1; y < 40; y += 2) {
    for (let x = 1; x < 39; x++) clear(2, y, x);
    if (y < 39) clear(2, y + 1, (y >> 1) % 2 === 0 ? 38 : 1);
  }
  const enclosed = nonzeroMaskOf(shape, [image]);
  expect(voxelsOf(enclosed)).toEqual(new Array(voxelCount(shape)).fill(1));
  clear(2, 40, 39);
  expect(voxelsOf(nonzeroMaskOf(shape, [image])).filter((bit) => bit === 0)).toHaveLength(1);
  clear(2, 39, 39);
  const open = voxelsOf(nonzeroMaskOf(shape, [image]));
  expect(open).toEqual([...image]);
});

it("finds the smallest box, none of an empty image, and takes NaN for something", () => {
  const shape: Triple = [4, 5, 70];
  const image = new Float32Array(voxelCount(shape));
  expect(nonzeroMaskOf(shape, [image]).box).toBeNull();
  image[(1 * 5 + 3) * 70 + 40] = Number.NaN;
  image[(2 * 5 + 1) * 70 + 66] = -0.001;
  expect(nonzeroMaskOf(shape, [image]).box).toEqual({ first: [1, 1, 40], shape: [2, 3, 27] });
});

const ORDERS: readonly (readonly [Triple, Backwards])[] = [
  [
    [0, 1, 2],
    [false, true, true],
  ],
  [
    [2, 0, 1],
    [true, false, false],
  ],
  [
    [1, 2, 0],
    [false, true, true],
  ],
  [
    [2, 1, 0],
    [false, false, false],
  ],
];

it.each(SHAPES)("reorders the axes of a mask of %i × %i × %i voxels like those of the image", (...shape) => {
  for (const [axes, backwards] of ORDERS) {
    const random = randomFrom(voxelCount(shape));
    const image = Float32Array.from({ length: voxelCount(shape) }, () => (random() < 0.1 ? 1 : 0));
    const turned = transposeArray(image, shape, axes, backwards);
    expect(transposeMask(nonzeroMaskOf(shape, [image]), axes, backwards)).toEqual(
      nonzeroMaskOf(transposedLayout(shape, axes).shape, [turned]),
    );
  }
});
