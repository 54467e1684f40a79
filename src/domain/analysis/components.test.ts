/** Tests connected components against a plain flood fill. */
import { describe, expect, it } from "vitest";
import { type Triple, voxelCount } from "../geometry/grid.ts";
import { maskOf } from "../targets/reference.ts";
import { componentImage } from "../testing/component-image.ts";
import { bySize, floodFill } from "../testing/flood-fill.ts";
import { type RandomCase, randomLabelCase, randomMaskCase } from "../testing/random-source.ts";
import { sourceGrid } from "../volume/palette-volume.ts";
import { components } from "./components.ts";

const SHAPES: readonly Triple[] = [
  [1, 1, 1],
  [1, 9, 33],
  [7, 1, 40],
  [6, 8, 1],
  [5, 7, 11],
  [9, 10, 32],
  [12, 13, 65],
];

/** Checks everything that `components` returns against a plain flood fill. */
function expectFloodFill({ source, table, channels }: RandomCase): void {
  const { shape } = sourceGrid(source);
  const [, height, width] = shape;
  for (const channel of channels) {
    const plain = bySize(floodFill(maskOf(source, table, channel), shape));
    const found = components(source, table, channel);
    const image = new Int32Array(voxelCount(shape));
    plain.forEach((members, c) => {
      for (const at of members) image[at] = c + 1;
    });
    expect(componentImage(found)).toEqual(image);
    expect(found.rest).toEqual({ components: 0, voxels: 0 });
    expect(found.listed.map(({ voxels }) => voxels)).toEqual(plain.map(({ length }) => length));
    plain.forEach((members, c) => {
      const at = members.map((m) => [
        Math.floor(m / (height * width)),
        Math.floor(m / width) % height,
        m % width,
      ]);
      const listed = found.listed[c];
      for (const axis of [0, 1, 2] as const) {
        const along = at.map((voxel) => voxel[axis] ?? 0);
        expect(listed?.box.first[axis]).toBe(Math.min(...along));
        expect(listed?.box.last[axis]).toBe(Math.max(...along));
      }
      const centre = [0, 1, 2].map((axis) => at.reduce((sum, v) => sum + (v[axis] ?? 0), 0) / at.length);
      const distance = (voxel: readonly number[]) =>
        voxel.reduce((sum, v, axis) => sum + (v - (centre[axis] ?? 0)) ** 2, 0);
      const example = listed?.example ?? [-1, -1, -1];
      expect(at).toContainEqual([...example]);
      expect(distance(example)).toBeCloseTo(Math.min(...at.map(distance)), 9);
    });
  }
}

describe("components equal a plain flood fill", () => {
  it.each(SHAPES)("on labels of %i x %i x %i", (...shape) => {
    for (const [seed, density] of [0.08, 0.2, 0.4, 0.9].entries()) {
      expectFloodFill(randomLabelCase(shape, density, seed + 1));
    }
  });

  it.each(SHAPES)("on masks of %i x %i x %i", (...shape) => {
    expectFloodFill(randomMaskCase(shape, [0, 0.02, 0.06, 0.15, 0.3, 0.6, 1], 5));
  });
});

describe("components", () => {
  const one = (shape: Triple, voxels: readonly Triple[]) => {
    const bitPlane = new Uint32Array(Math.ceil(voxelCount(shape) / 32));
    for (const [z, y, x] of voxels) {
      const at = (z * shape[1] + y) * shape[2] + x;
      bitPlane[at >>> 5] = (bitPlane[at >>> 5] ?? 0) | (1 << (at & 31));
    }
    const stack = { grid: { shape, toWorld: [] }, names: ["a"], bitPlanes: [bitPlane] };
    return { kind: "masks", stack } as const;
  };

  it("voxels join across corners, but not across the ends of rows", () => {
    const corner = one(
      [2, 2, 2],
      [
        [0, 0, 0],
        [1, 1, 1],
      ],
    );
    expect(components(corner, null, 0).listed).toEqual([
      { voxels: 2, box: { first: [0, 0, 0], last: [1, 1, 1] }, example: [0, 0, 0] },
    ]);
    const ends = one(
      [1, 2, 4],
      [
        [0, 0, 3],
        [0, 1, 0],
      ],
    );
    expect(components(ends, null, 0).listed).toHaveLength(2);
  });

  it("the example of a ring lies in it, although its centre does not", () => {
    const ring = one(
      [1, 5, 5],
      [0, 1, 2, 3, 4]
        .flatMap((y) => [0, 1, 2, 3, 4].map((x): Triple => [0, y, x]))
        .filter(([, y, x]) => y % 4 === 0 || x % 4 === 0),
    );
    expect(components(ring, null, 0).listed[0]?.example).toEqual([0, 0, 2]);
  });

  it("components that are not listed are still counted", () => {
    const { source, table } = randomMaskCase([8, 20, 20], [0.03], 3);
    const full = components(source, table, 0);
    const limited = components(source, table, 0, 3);
    expect(limited.listed).toEqual(full.listed.slice(0, 3));
    const others = full.listed.slice(3);
    expect(others.length).toBeGreaterThan(20);
    expect(limited.rest).toEqual({
      components: others.length,
      voxels: others.reduce((sum, { voxels }) => sum + voxels, 0),
    });
    expect(components(source, table, 0, 0).listed).toEqual([]);
  });

  it("labels without their region table are refused", () => {
    expect(() => components(randomLabelCase([2, 2, 2], 1, 1).source, null, 0)).toThrow("region table");
  });
});
