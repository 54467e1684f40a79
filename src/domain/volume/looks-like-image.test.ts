/** Tests which volumes look like images. */
import { describe, expect, it } from "vitest";
import { randomFrom } from "../../base/random.ts";
import type { Triple } from "../geometry/grid.ts";
import { imageSigns, signsText } from "./looks-like-image.ts";
import { volumeFromLabels } from "./volume-from-labels.ts";

const TO_WORLD = [0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 0];

function volume(shape: Triple, valueAt: (z: number, y: number, x: number) => number) {
  const values: number[] = [];
  for (let z = 0; z < shape[0]; z++)
    for (let y = 0; y < shape[1]; y++) for (let x = 0; x < shape[2]; x++) values.push(valueAt(z, y, x));
  return volumeFromLabels({ shape, toWorld: TO_WORLD }, values);
}

/** Cubes of `edge` voxels per side, each with its own label. */
const pieces = (edge: number, first = 1) =>
  volume([24, 24, 24], (z, y, x) => {
    const [a, b, c] = [z, y, x].map((i) => Math.floor(i / edge));
    return first + ((a ?? 0) * 24 + (b ?? 0)) * 24 + (c ?? 0);
  });

/** A ball of noise in air. */
const noise = (air: number, from: number, values: number) => {
  const random = randomFrom(5);
  return volume([24, 24, 24], (z, y, x) =>
    (z - 12) ** 2 + (y - 12) ** 2 + (x - 12) ** 2 > 100 ? air : from + Math.floor(random() * values),
  );
};

describe("imageSigns", () => {
  it("takes connected pieces for labels, however many and whatever their values", () => {
    for (const first of [1, 600_000_000, -20_000]) expect(imageSigns(pieces(4, first))).toBeNull();
    expect(imageSigns(pieces(3))).toBeNull();
  });

  it("takes grey values for an image, whether they are consecutive or not", () => {
    expect(imageSigns(noise(0, 0, 200))).toMatchObject({ values: 200, negative: null });
    expect(imageSigns(noise(-1000, -80, 200))).toMatchObject({ negative: -1000 });
    const sparse = volume([24, 24, 24], (z, y, x) => ((z * 31 + y * 17 + x * 7) % 211) * 13.5);
    expect(imageSigns(sparse)?.differing).toBeGreaterThan(0.95);
  });

  it("is null for few values, and for few voxels that touch", () => {
    expect(imageSigns(noise(0, 0, 31))).toBeNull();
    expect(imageSigns(volume([3, 3, 3], (z, y, x) => z * 9 + y * 3 + x))).toBeNull();
    // Hundreds of one-voxel lesions that do not touch each other.
    let next = 0;
    const lesions = volume([24, 24, 24], (z, y, x) => (z % 2 && y % 2 && x % 2 ? ++next : 0));
    expect(imageSigns(lesions)).toBeNull();
  });

  it("needs less evidence with values below -1, unless the header's scaling made them", () => {
    // Squares of three by three voxels in one slice: a third of the neighbours in a slice differ, and all of
    // those across slices.
    const thin = volume(
      [24, 24, 24],
      (z, y, x) => (z * 24 + Math.floor(y / 3)) * 24 + Math.floor(x / 3) - 900,
    );
    expect(imageSigns(thin)).toMatchObject({ negative: -900 });
    expect(imageSigns(thin, true)).toBeNull();
  });

  it("rounds nearly whole values before it judges them", () => {
    const random = randomFrom(9);
    const labels = (z: number, y: number, x: number) => {
      const r = Math.hypot(z - 12, y - 12, x - 12);
      return r > 10 ? 0 : r > 7 ? 1 : r > 4 ? 2 : 3;
    };
    const computed = volume([24, 24, 24], (...at) => Math.fround(labels(...at) * (1 + 1e-5 * random())));
    expect(computed.palette.length).toBeGreaterThan(200);
    expect(imageSigns(computed)).toBeNull();
    // An image after arithmetic is still recognised, and so is one with small numbers.
    const image = volume([24, 24, 24], () => Math.floor(random() * 300) + 0.01 * random());
    expect(imageSigns(image)).toMatchObject({ differing: expect.closeTo(1, 1) });
    expect(imageSigns(volume([24, 24, 24], () => 0.04 * random()))).not.toBeNull();
  });

  it("takes fractions between a few whole numbers for labels that were interpolated", () => {
    const ball = (z: number, y: number, x: number) => {
      const r = Math.hypot((z - 16) / 32, (y - 14) / 28, (x - 12) / 24);
      return r > 0.42 ? 0 : r > 0.3 ? 1 : r > 0.18 ? 2 : 3;
    };
    const mean = volume([32, 28, 24], (z, y, x) => {
      let total = 0;
      for (const dz of [-1, 0, 1])
        for (const dy of [-1, 0, 1]) for (const dx of [-1, 0, 1]) total += ball(z + dz, y + dy, x + dx);
      return Math.fround(total / 27);
    });
    expect(mean.palette.length).toBeGreaterThan(60);
    expect(imageSigns(mean)).toBeNull();
    // An image from 0 to 1, with some voxels at either end.
    const random = randomFrom(3);
    const scaled = volume([24, 24, 24], (z) => (z < 6 ? 0 : Math.min(1, 1.02 * random())));
    expect(imageSigns(scaled)).not.toBeNull();
  });

  it("finds the same share in a large volume, of which it looks at slices from all parts", () => {
    const shape: Triple = [300, 130, 130];
    const random = randomFrom(7);
    const large = volume(shape, (z) => (z < 20 ? 0 : Math.floor(random() * 100)));
    expect(imageSigns(large)?.differing).toBeCloseTo(0.99, 2);
  });

  it("is written as text by signsText", () => {
    expect(signsText({ values: 9842, differing: 0.987, negative: null })).toBe(
      "9,842 different values, and 99 % of neighbouring voxels differ",
    );
    expect(signsText({ values: 568, differing: 1, negative: -197 })).toBe(
      "568 different values, down to -197, and 100 % of neighbouring voxels differ",
    );
  });
});
