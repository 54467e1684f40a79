/** Tests survival of components against a plain recount. */
import { describe, expect, it } from "vitest";
import type { Triple } from "../geometry/grid.ts";
import { defaultStrides, scalesOf } from "../targets/deep-supervision.ts";
import { type Patch, patchTargets, placePatch } from "../targets/patch.ts";
import { targetCells } from "../targets/pooling.ts";
import { downsample, maskOf } from "../targets/reference.ts";
import { bySize, floodFill } from "../testing/flood-fill.ts";
import { poolWords } from "../testing/pool-words.ts";
import { type RandomCase, randomLabelCase, randomMaskCase } from "../testing/random-source.ts";
import { survival } from "../testing/survival.ts";
import { sourceGrid } from "../volume/palette-volume.ts";
import { vanishesForLoss } from "./scale-status.ts";

const ANISOTROPIC: readonly Triple[] = [
  [1, 1, 1],
  [1, 2, 2],
  [1, 2, 3],
  [2, 2, 2],
  [2, 2, 2],
];

/** Downsamples masks as nnU-Net does, and counts each component's voxels among those kept. */
function recount({ source, table, channels }: RandomCase, patch: Patch | null, strides: readonly Triple[]) {
  const { shape } = sourceGrid(source);
  const { tables } = patchTargets(shape, patch, strides, "nearest-exact");
  return channels.map((channel) => {
    const parts = bySize(floodFill(maskOf(source, table, channel), shape));
    const whose = new Uint32Array(shape[0] * shape[1] * shape[2]);
    parts.forEach((members, c) => {
      for (const at of members) whose[at] = c + 1;
    });
    const targets = tables.map((axes) => downsample(whose, shape, axes));
    return {
      total: targets.map((target) => target.filter((c) => c > 0).length),
      parts: parts.map((members, c) => ({
        voxels: members.length,
        perScale: targets.map((target) => target.filter((other) => other === c + 1).length),
      })),
    };
  });
}

const CASES: readonly [string, RandomCase, readonly Triple[]][] = [
  ["labels", randomLabelCase([13, 18, 37], 0.15, 2), defaultStrides()],
  ["masks", randomMaskCase([13, 20, 33], [0, 0.02, 0.3], 4), ANISOTROPIC],
];

describe.each(CASES)("survival of %s equals a plain recount", (_, given, strides) => {
  const { shape } = sourceGrid(given.source);
  const patches: readonly (Patch | null)[] = [
    null,
    placePatch(shape, [8, 8, 16], [3, 5, 9]),
    placePatch(shape, [16, 16, 48], [0, 1, 0]),
  ];

  it.each(patches.map((patch) => [patch?.origin.join(",") ?? "the whole case", patch] as const))(
    "at %s",
    (_, patch) => {
      const { tables } = patchTargets(shape, patch, strides, "nearest-exact");
      const found = survival({ ...given, scales: tables, patch });
      const plain = recount(given, patch, strides);
      expect(found.map(({ channel }) => channel)).toEqual(given.channels);
      found.forEach((region, r) => {
        const want = plain[r];
        expect(region.perScale).toEqual(want?.total);
        expect(region.components.map(({ voxels, perScale }) => ({ voxels, perScale }))).toEqual(want?.parts);
        for (const part of [region, ...region.components]) {
          // The first stride is 1, so the first scale is the patch itself.
          expect(part.inPatch).toBe(part.perScale[0]);
          const first = part.perScale.indexOf(0);
          expect(part.vanishesAt).toBe(part.inPatch === 0 || first < 0 ? null : first);
        }
      });
    },
  );

  it.each(["any", "all", "majority"] as const)("with pooling by %s", (rule) => {
    for (const patch of patches) {
      const { scales, tables } = patchTargets(shape, patch, strides, "nearest-exact");
      const cells = targetCells(shape, patch, scales, "nearest-exact");
      const found = survival({ ...given, scales: tables, patch, pooling: { rule, cells } });
      found.forEach(({ channel, perScale, components }) => {
        const mask = Uint32Array.from(maskOf(given.source, given.table, channel));
        const pooled = cells.map((at) => poolWords(mask, shape, at, rule));
        expect(perScale).toEqual(pooled.map((target) => target.filter((word) => word & 1).length));
        const parts = bySize(floodFill(Uint8Array.from(mask), shape));
        parts.slice(0, 40).forEach((members, c) => {
          const own = new Uint32Array(mask.length);
          for (const at of members) own[at] = 1;
          const touched = cells.map((at) => poolWords(own, shape, at, "any"));
          const kept = touched.map(
            (target, s) => target.filter((word, i) => word & (pooled[s]?.[i] ?? 0) & 1).length,
          );
          expect(components[c]?.perScale).toEqual(kept);
        });
      });
    }
  });

  it("listing only two components keeps the region's totals", () => {
    const { tables } = patchTargets(shape, null, strides, "nearest-exact");
    const all = survival({ ...given, scales: tables, patch: null });
    const few = survival({ ...given, scales: tables, patch: null, listed: 2 });
    few.forEach((region, r) => {
      expect(region.perScale).toEqual(all[r]?.perScale);
      expect(region.voxels).toBe(all[r]?.voxels);
      expect(region.components).toEqual(all[r]?.components.slice(0, 2));
    });
  });
});

describe("vanishesForLoss", () => {
  const scales = scalesOf([32, 32, 32], defaultStrides());
  const survivalWith = (...perScale: number[]) => ({
    voxels: 9,
    inPatch: perScale[0] ?? 0,
    perScale,
    vanishesAt: null,
  });

  it("ignores the coarsest scale of DDP, whose weight of a millionth teaches nothing", () => {
    const ddp = scalesOf([32, 32, 32], defaultStrides(), "ddp");
    expect(ddp.at(-1)?.lossWeight).toBeGreaterThan(0);
    expect(vanishesForLoss(survivalWith(9, 4, 1, 1, 0), ddp)).toBeNull();
    expect(vanishesForLoss(survivalWith(9, 4, 1, 0, 0), ddp)).toBe(3);
  });

  it("ignores the coarsest scale, which has no weight, and a region outside the patch", () => {
    expect(vanishesForLoss(survivalWith(9, 4, 1, 1, 0), scales)).toBeNull();
    expect(vanishesForLoss(survivalWith(9, 4, 0, 1, 0), scales)).toBe(2);
    expect(vanishesForLoss(survivalWith(0, 0, 0, 0, 0), scales)).toBeNull();
  });
});
