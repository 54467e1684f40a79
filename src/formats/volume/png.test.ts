/** Tests the PNG writer with an independent reader. */
import { decode } from "fast-png";
import { expect, test } from "vitest";
import { pngOf } from "./png.ts";

test.each([
  [1, 1],
  [3, 2],
  [257, 5],
])("a picture of %i × %i pixels comes back", async (width, height) => {
  const pixels = Uint8ClampedArray.from({ length: 4 * width * height }, (_, i) =>
    i % 4 === 3 ? 255 : (i * 37) % 256,
  );
  const read = decode(await pngOf({ width, height, pixels }));
  expect([read.width, read.height, read.channels, read.depth]).toEqual([width, height, 3, 8]);
  expect([...read.data]).toEqual([...pixels].filter((_, i) => i % 4 !== 3));
});
