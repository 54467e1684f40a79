/** Tests the building of palettes from streamed values. */
import { describe, expect, it } from "vitest";
import { InputError } from "../../base/errors.ts";
import { randomFrom } from "../../base/random.ts";
import { MAX_PALETTE, PaletteBuilder } from "./palette-builder.ts";

function build(...chunks: ArrayLike<number>[]) {
  const builder = new PaletteBuilder(
    chunks.reduce((total, chunk) => total + chunk.length, 0),
    "a.nii",
  );
  for (const chunk of chunks) builder.add(chunk);
  return builder;
}

describe("PaletteBuilder", () => {
  it("sorts the palette and counts voxels", () => {
    const built = build([5, 5, -1, 0], [0, 614454277, 5]).finish();
    expect([...built.palette]).toEqual([-1, 0, 5, 614454277]);
    expect([...built.indices]).toEqual([2, 2, 0, 1, 1, 3, 2]);
    expect([...built.counts]).toEqual([1, 2, 3, 1]);
    expect(built.indices).toBeInstanceOf(Uint8Array);
  });

  it("gives the same palette for every array type that can hold the values", () => {
    const values = [7, 0, 7, 100, 3];
    const expected = build(values).finish();
    for (const type of [
      Uint8Array,
      Int8Array,
      Uint16Array,
      Int16Array,
      Uint32Array,
      Int32Array,
      Float32Array,
      Float64Array,
    ]) {
      expect(build(type.from(values)).finish()).toEqual(expected);
    }
  });

  it.each([
    [Uint8Array, 200],
    [Int8Array, 100],
    [Uint16Array, 250],
    [Int16Array, 250],
    [Int16Array, 400],
    [Float32Array, 400],
  ] as const)("counts runs of any length, in chunks of any length: %o, %i values", (type, distinct) => {
    const random = randomFrom(distinct);
    const values: number[] = [];
    while (values.length < 5000) {
      const value = Math.floor(random() * distinct) - (type === Int8Array ? 50 : 0);
      for (let run = Math.ceil(random() ** 4 * 60); run > 0; run--) values.push(value);
    }
    const all = type.from(values);
    const chunks: ArrayLike<number>[] = [];
    for (let at = 0; at < all.length; ) {
      const length = Math.ceil(random() * 300) * (random() < 0.5 ? 4 : 1);
      chunks.push(all.subarray(at, at + length));
      at += length;
    }
    const built = build(...chunks).finish();
    const palette = [...new Set(values)].sort((a, b) => a - b);
    expect([...built.palette]).toEqual(palette);
    expect([...built.indices]).toEqual(values.map((value) => palette.indexOf(value)));
    expect([...built.counts]).toEqual(
      palette.map((value) => values.filter((other) => other === value).length),
    );
  });

  it("keeps signed and unsigned 16-bit values apart", () => {
    const built = build(Int16Array.of(-1, -32768), Uint16Array.of(65535, 32768)).finish();
    expect([...built.palette]).toEqual([-32768, -1, 32768, 65535]);
  });

  it("widens to 16 bits at the 257th value and keeps the earlier voxels", () => {
    const values = Array.from({ length: 300 }, (_, i) => 299 - i);
    const built = build(Int16Array.from(values), Float64Array.from(values)).finish();
    expect(built.indices).toBeInstanceOf(Uint16Array);
    expect([...built.indices]).toEqual([...values, ...values]);
    expect([...built.counts]).toEqual(Array(300).fill(2));
    expect(build(Uint8Array.from({ length: 256 }, (_, i) => i)).finish().indices).toBeInstanceOf(Uint8Array);
  });

  it("holds 65,536 values and refuses one more", () => {
    const values = Float64Array.from({ length: MAX_PALETTE }, (_, i) => i * 1.5);
    expect(build(values).finish().palette.length).toBe(MAX_PALETTE);
    expect(() => build(values, [0.1])).toThrow(
      /^a\.nii: it has more than 65,536 distinct values, so it looks like an image/,
    );
  });

  it("keeps fractions and merges -0 into 0", () => {
    expect([...build([1.5, 2.4999, -0, 0]).finish().palette]).toEqual([0, 1.5, Math.fround(2.4999)]);
  });

  it("rounds to float32, as nnU-Net does, except for whole numbers", () => {
    const built = build([1.0000000196, 1, 0.3, 16777216, 16777217], Float64Array.of(0.30000001, 1)).finish();
    expect([...built.palette]).toEqual([Math.fround(0.3), 1, 16777216, 16777217]);
    expect([...built.counts]).toEqual([2, 3, 1, 1]);
    expect(built.scaled).toBeNull();
    // nibabel's encoding of the float labels 0, 1 and 3 in 8 bits.
    const slope = Math.fround(3 / 255);
    const squeezed = build(Uint8Array.of(0, 85, 255)).finish({ slope, intercept: 0 });
    expect(85 * slope).not.toBe(1);
    expect([...squeezed.palette]).toEqual([0, 1, 3]);
  });

  it("keeps the stored numbers and the range of their type if the header scales them", () => {
    const scaling = { slope: -2, intercept: 1 };
    expect(build(Uint8Array.of(7, 3, 7)).finish(scaling).scaled).toEqual({
      slope: -2,
      intercept: 1,
      stored: [3, 7],
      range: [0, 255],
    });
    const rangeOf = (values: ArrayLike<number>) => build(values).finish(scaling).scaled?.range;
    expect(rangeOf(Int8Array.of(1))).toEqual([-128, 127]);
    expect(rangeOf(Int16Array.of(1))).toEqual([-32768, 32767]);
    expect(rangeOf(Uint16Array.of(1))).toEqual([0, 65535]);
    expect(rangeOf(Float32Array.of(1))).toBeNull();
  });

  it("refuses values that are not finite, with their number", () => {
    const builder = build(
      [1, Number.NaN, Number.NaN],
      Float32Array.of(Number.POSITIVE_INFINITY, 1, Number.NaN),
    );
    expect(() => builder.finish()).toThrow(InputError);
    expect(() => build([Number.NaN, 2]).finish()).toThrow(/^a\.nii: 1 voxel is not a number/);
    expect(() => builder.finish()).toThrow(/4 voxels are not numbers/);
  });

  it("scales the palette, not the voxels", () => {
    const built = build(Uint8Array.of(3, 1, 2, 1)).finish({ slope: -0.5, intercept: 10 });
    expect([...built.palette]).toEqual([8.5, 9, 9.5]);
    expect([...built.indices]).toEqual([0, 2, 1, 2]);
    expect([...built.counts]).toEqual([1, 1, 2]);
    expect([...build([1, 2, 3]).finish({ slope: 1e-300, intercept: 1 }).counts]).toEqual([3]);
  });

  it("refuses more or fewer values than announced", () => {
    const builder = new PaletteBuilder(3);
    builder.add([1]);
    expect(() => builder.finish()).toThrow(RangeError);
    expect(() => builder.add([1, 2, 3])).toThrow(RangeError);
  });
});
