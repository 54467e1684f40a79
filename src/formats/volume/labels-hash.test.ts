/** Tests which label maps have the same hash. */
import { expect, test } from "vitest";
import type { Triple } from "../../domain/geometry/grid.ts";
import { PaletteBuilder } from "../../domain/volume/palette-builder.ts";
import type { Source } from "../../domain/volume/palette-volume.ts";
import { labelsHash } from "./labels-hash.ts";

function labels(values: readonly number[], shape: Triple, toWorld: readonly number[] = []): Source {
  const builder = new PaletteBuilder(values.length);
  builder.add(values);
  return { kind: "labels", volume: { grid: { shape, toWorld }, ...builder.finish() } };
}

const VALUES = [0, 1, 1, 0, 2, 2];

test("equal labels of one shape have one hash, wherever they lie", async () => {
  const hash = await labelsHash(labels(VALUES, [1, 2, 3]));
  expect(hash).toMatch(/^[0-9a-f]{64}$/);
  expect(await labelsHash(labels(VALUES, [1, 2, 3], [0, 0, 2, 5]))).toBe(hash);
});

test("another value, another place and another shape give other hashes", async () => {
  const all = [
    labels(VALUES, [1, 2, 3]),
    labels(VALUES, [1, 3, 2]),
    labels(VALUES, [2, 1, 3]),
    labels([0, 1, 1, 0, 3, 3], [1, 2, 3]),
    labels([1, 0, 1, 0, 2, 2], [1, 2, 3]),
    labels([], [0, 2, 3]),
  ];
  expect(new Set(await Promise.all(all.map((source) => labelsHash(source)))).size).toBe(all.length);
});

test("masks count by their names and voxels", async () => {
  const masks = (name: string, bits: number): Source => ({
    kind: "masks",
    stack: { grid: { shape: [1, 2, 3], toWorld: [] }, names: [name], bitPlanes: [Uint32Array.of(bits)] },
  });
  const hash = await labelsHash(masks("liver", 5));
  expect(await labelsHash(masks("liver", 5))).toBe(hash);
  expect(await labelsHash(masks("spleen", 5))).not.toBe(hash);
  expect(await labelsHash(masks("liver", 6))).not.toBe(hash);
});
