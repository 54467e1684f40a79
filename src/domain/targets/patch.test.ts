/** Tests where patches lie and what their targets are copied from. */
import { describe, expect, it } from "vitest";
import { type Triple, voxelCount } from "../geometry/grid.ts";
import { randomLabelCase, randomMaskCase } from "../testing/random-source.ts";
import { regionVoxelsAt } from "../testing/region-voxels-at.ts";
import { axisTables, defaultStrides, sourceIndices } from "./deep-supervision.ts";
import {
  originCount,
  originRange,
  patchAround,
  patchInside,
  patchTargets,
  placePatch,
  tablesShape,
} from "./patch.ts";
import { countRegions, downsample, encodeWords, packMasks } from "./reference.ts";

/**
 * `nnUNetDataLoader.get_bbox`, line by line: lower and upper bounds, with equal patch and final patch sizes.
 */
function loaderBounds(length: number, patch: number): [number, number] {
  let needToPad = 0;
  if (needToPad + length < patch) needToPad = patch - length;
  const lb = -Math.ceil(needToPad / 2) + 0;
  const ub = length + Math.floor(needToPad / 2) + (needToPad % 2) - patch;
  return [lb, ub];
}

describe("origins", () => {
  it("equal those of nnU-Net's loader", () => {
    for (let length = 1; length < 12; length++)
      for (let size = 1; size < 16; size++) {
        const { first, last } = originRange([length, 20, 20], [size, 20, 20]);
        expect([first[0], last[0]]).toEqual(loaderBounds(length, size));
      }
    expect(originCount(originRange([10, 5, 8], [4, 8, 8]))).toBe(7 * 2 * 1);
  });

  it("are clamped to the loader's range", () => {
    const place = (origin: Triple) => placePatch([10, 10, 3], [4, 10, 6], origin).origin;
    expect(place([-5, 0, 0])).toEqual([0, 0, -1]);
    expect(place([99, 99, 99])).toEqual([6, 0, -1]);
    expect(place([2.6, 0, -9])).toEqual([3, 0, -2]);
    expect(patchAround([10, 10, 3], [4, 10, 6], [5, 5, 1]).origin).toEqual([3, 0, -2]);
  });
});

describe("targets of a patch", () => {
  const strides = defaultStrides();
  const shape: Triple = [21, 18, 33];
  const cases = [randomLabelCase(shape, 0.4, 2), randomMaskCase(shape, [0.1, 0.5], 3)];

  it.each(["nearest-exact", "resize-segmentation"] as const)(
    "equal those of the patch cut out and padded, %s",
    (mode) => {
      for (const size of [
        [16, 16, 16],
        [32, 16, 48],
        [20, 18, 40],
      ] satisfies Triple[]) {
        const { first, last } = originRange(shape, size);
        for (const origin of [first, last]) {
          const patch = { origin, size };
          const { scales, tables } = patchTargets(shape, patch, strides, mode);
          for (const { source, table, channels } of cases) {
            const full = source.kind === "labels" && table ? encodeWords(source.volume, table) : null;
            const words = full ?? (source.kind === "masks" ? packMasks(source.stack) : new Uint32Array(0));
            const inside = cropped(words, shape, origin, size);
            for (const [s, scale] of scales.entries()) {
              const small = downsample(inside, size, axisTables(size, scale, mode));
              const want = countRegions(small, voxelCount(scale.shape), channels.length);
              const at = tables[s];
              expect(at && regionVoxelsAt(source, table, channels.length, at)).toEqual(want);
            }
          }
        }
      }
    },
  );

  it("cover the case if the patch is larger, sampled as in the padded patch", () => {
    const patch = placePatch([5, 8, 8], [8, 8, 8], [0, 0, 0]);
    expect(patch.origin).toEqual([-1, 0, 0]);
    expect(patchInside([5, 8, 8], patch)).toEqual({ first: [0, 0, 0], shape: [5, 8, 8] });
    const { tables, scales } = patchTargets([5, 8, 8], patch, strides, "nearest-exact");
    expect(scales[1]?.shape).toEqual([4, 4, 4]);
    expect(tables[0] && tablesShape(tables[0])).toEqual([5, 8, 8]);
    // Relative positions 1, 3, 5, 7; the last lies in the padding.
    expect([...(tables[1]?.[0] ?? [])]).toEqual([0, 2, 4]);
  });

  it("equal those of the case without a patch", () => {
    const { scales, tables } = patchTargets(shape, null, strides, "nearest-exact");
    expect(tables[2]?.[1]).toEqual(sourceIndices(18, scales[2]?.shape[1] ?? 0, "nearest-exact"));
    const collapsed = patchTargets([3, 18, 33], null, strides, "nearest-exact");
    expect(collapsed.tables[4]?.map((t) => t.length)).toEqual([0, 0, 0]);
  });
});

function cropped(words: Uint32Array, shape: Triple, origin: Triple, size: Triple): Uint32Array {
  const out = new Uint32Array(voxelCount(size));
  let to = 0;
  for (let z = 0; z < size[0]; z++)
    for (let y = 0; y < size[1]; y++)
      for (let x = 0; x < size[2]; x++, to++) {
        const at = [z + origin[0], y + origin[1], x + origin[2]] as const;
        if (at.some((v, axis) => v < 0 || v >= (shape[axis] ?? 0))) continue;
        out[to] = words[(at[0] * shape[1] + at[1]) * shape[2] + at[2]] ?? 0;
      }
  return out;
}
