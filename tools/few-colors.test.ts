/** Tests that a picture with a palette shows what it showed, and is smaller. */
import { decode, encode } from "fast-png";
import { expect, test } from "vitest";
import { randomFrom } from "../src/base/random.ts";
import { withFewColors } from "./few-colors.ts";

test.each([3, 4])("a page of few colours with %i channels keeps each", (channels) => {
  const [width, height] = [7, 5];
  const pixel = (i: number) => [i % 3 === 0 ? 255 : 40, i % 2 === 0 ? 100 : 8, 16, 255].slice(0, channels);
  const data = Uint8Array.from(Array.from({ length: width * height }, (_, i) => pixel(i)).flat());
  const {
    data: indices,
    palette = [],
    ...made
  } = decode(withFewColors(encode({ width, height, data, channels, depth: 8 })));
  expect(made).toMatchObject({ width, height, channels: 1 });
  expect(Array.from(indices, (index) => palette[index])).toEqual(
    Array.from({ length: width * height }, (_, i) => pixel(i).slice(0, 3)),
  );
});

test("of more than 256 colours, each pixel has one near to its own", () => {
  const random = randomFrom(1);
  const [width, height] = [100, 60];
  const data = Uint8Array.from({ length: 3 * width * height }, (_, i) =>
    i % 3 === 2 ? 0 : Math.floor(256 * random()),
  );
  const png = encode({ width, height, data, channels: 3, depth: 8 });
  const small = withFewColors(png);
  expect(small.length).toBeLessThan(png.length / 2);
  const { data: indices, palette = [] } = decode(small);
  expect(palette).toHaveLength(256);
  for (const [i, index] of indices.entries())
    for (const c of [0, 1, 2])
      expect(Math.abs((palette[index]?.[c] ?? 0) - (data[3 * i + c] ?? 0))).toBeLessThan(64);
});
