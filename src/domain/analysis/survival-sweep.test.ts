/** Tests a sweep over patches against brute force. */
import { describe, expect, it } from "vitest";
import type { Triple } from "../geometry/grid.ts";
import { originRange, patchTargets } from "../targets/patch.ts";
import { randomLabelCase, randomMaskCase } from "../testing/random-source.ts";
import { survival } from "../testing/survival.ts";
import { sourceGrid } from "../volume/palette-volume.ts";
import { type PatchSamples, sampleAnywhere, sampleForeground } from "./patch-samples.ts";
import { maskRunsOf } from "./rle-mask.ts";
import { type SweepInput, type SweepProgress, type SweptSurvival, sweep } from "./survival-sweep.ts";

const STRIDES: readonly Triple[] = [
  [1, 1, 1],
  [1, 2, 2],
  [2, 2, 2],
  [2, 2, 3],
  [2, 2, 2],
];

function everyOrigin(shape: Triple, size: Triple): Triple[] {
  const { first, last } = originRange(shape, size);
  const origins: Triple[] = [];
  for (let z = first[0]; z <= last[0]; z++)
    for (let y = first[1]; y <= last[1]; y++)
      for (let x = first[2]; x <= last[2]; x++) origins.push([z, y, x]);
  return origins;
}

function originsOf({ origins, first, used }: PatchSamples): Triple[] {
  const at = (axis: 0 | 1 | 2, i: number) => (origins?.[axis][i] ?? 0) + first[axis];
  return Array.from({ length: used }, (_, i): Triple => [at(0, i), at(1, i), at(2, i)]);
}

/** One survival table per origin, added up. */
function bruteForce(input: SweepInput, origins: readonly Triple[]) {
  const { shape } = sourceGrid(input.source);
  const add = (sum: SweptSurvival | undefined, seen: { inPatch: number; perScale: readonly number[] }) => ({
    inPatch: (sum?.inPatch ?? 0) + (seen.inPatch > 0 ? 1 : 0),
    perScale: seen.perScale.map((voxels, s) => (sum?.perScale[s] ?? 0) + (voxels > 0 ? 1 : 0)),
  });
  const whole: SweptSurvival[] = [];
  const parts: SweptSurvival[][] = [];
  for (const origin of origins) {
    const patch = { origin, size: input.size };
    const { tables } = patchTargets(shape, patch, input.strides, input.mode);
    survival({ ...input, scales: tables, patch }).forEach((region, r) => {
      whole[r] = add(whole[r], region);
      parts[r] = region.components.map((component, c) => add(parts[r]?.[c], component));
    });
  }
  return whole.map((region, r) => ({ channel: input.channels[r], ...region, components: parts[r] }));
}

const LABELS = randomLabelCase([8, 10, 13], 0.1, 5);
const MASKS = randomMaskCase([7, 12, 10], [0, 0.01, 0.05, 0.4], 6);

describe("a sweep equals brute force", () => {
  const sizes: readonly Triple[] = [
    [4, 8, 9],
    [8, 10, 13],
    [3, 7, 7],
    [12, 8, 16],
    [5, 5, 6],
  ];
  for (const mode of ["nearest-exact", "resize-segmentation"] as const) {
    it.each(sizes)(`over every origin of a patch of %i x %i x %i, ${mode}`, async (...size) => {
      for (const given of [LABELS, MASKS]) {
        const input: SweepInput = { ...given, size, strides: STRIDES, mode, patchSamples: "anywhere" };
        const found = await sweep(input);
        const origins = everyOrigin(sourceGrid(given.source).shape, size);
        expect(found.patchSamples).toMatchObject({
          possible: origins.length,
          used: origins.length,
          exhaustive: true,
        });
        expect(found.regions).toEqual(bruteForce(input, origins));
      }
    });
  }

  it("over sampled origins", async () => {
    const { shape } = sourceGrid(LABELS.source);
    const input: SweepInput = {
      ...LABELS,
      size: [5, 6, 8],
      strides: STRIDES,
      mode: "nearest-exact",
      patchSamples: "anywhere",
      limit: 60,
      seed: 9,
    };
    const found = await sweep(input);
    expect(found.patchSamples).toEqual({
      kind: "anywhere",
      possible: 4 * 5 * 6,
      used: 60,
      exhaustive: false,
      seed: 9,
    });
    expect(found.regions).toEqual(
      bruteForce(input, originsOf(sampleAnywhere(originRange(shape, input.size), 60, 9))),
    );
  });

  it("over origins that must hold foreground", async () => {
    for (const given of [LABELS, MASKS]) {
      const { shape } = sourceGrid(given.source);
      const input: SweepInput = {
        ...given,
        size: [5, 8, 8],
        strides: STRIDES,
        mode: "nearest-exact",
        patchSamples: "foreground",
        limit: 80,
      };
      const found = await sweep(input);
      const regions = given.channels.map(maskRunsOf(given.source, given.table));
      const patchSamples = sampleForeground(originRange(shape, input.size), input.size, regions, 80, 1);
      expect(found.patchSamples).toEqual({
        kind: "foreground",
        possible: null,
        used: 80,
        exhaustive: false,
        seed: 1,
      });
      expect(found.regions).toEqual(bruteForce(input, originsOf(patchSamples)));
    }
  });
});

describe("a running sweep", () => {
  const many = randomMaskCase([30, 60, 60], [0.03, 0.03], 2);
  const input: SweepInput = {
    ...many,
    size: [16, 32, 32],
    strides: STRIDES,
    mode: "nearest-exact",
    patchSamples: "anywhere",
    limit: 5000,
  };

  it("reports progress and stops when aborted", async () => {
    const controller = new AbortController();
    const seen: SweepProgress[] = [];
    const running = sweep(input, {
      signal: controller.signal,
      onProgress: (progress) => {
        seen.push(progress);
        controller.abort();
      },
    });
    await expect(running).rejects.toMatchObject({ name: "AbortError" });
    expect(seen).toHaveLength(1);
    expect(seen[0]?.fraction).toBeGreaterThan(0);
    expect(seen[0]?.fraction).toBeLessThan(1);
  });
});
