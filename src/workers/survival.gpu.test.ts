/** Runs components, survival and shares of components in a real worker of a real browser. */
import { describe, expect, it } from "vitest";
import { sliceOccupancy } from "../domain/analysis/slice-occupancy.ts";
import { regionSetFromMasks } from "../domain/dataset/region-set.ts";
import type { Triple } from "../domain/geometry/grid.ts";
import { componentShares } from "../domain/patches/component-shares.ts";
import type { PatchSharesInput } from "../domain/patches/patch-shares.ts";
import { patchTargets } from "../domain/targets/patch.ts";
import { finish } from "../domain/testing/finish.ts";
import { randomLabelCase, randomMaskCase } from "../domain/testing/random-source.ts";
import { survival } from "../domain/testing/survival.ts";
import { sourceGrid } from "../domain/volume/palette-volume.ts";
import { survivalInWorker } from "./survival.ts";

const signal = new AbortController().signal;
const given = randomLabelCase([12, 20, 24], 0.2, 3);
const { shape } = sourceGrid(given.source);
const strides: readonly Triple[] = [
  [1, 1, 1],
  [2, 2, 2],
  [2, 2, 2],
];

describe("the survival worker", () => {
  it("reports the survival of one region after another", async () => {
    const { tables } = patchTargets(shape, null, strides, "nearest-exact");
    const job = { ...given, scales: tables, patch: null };
    const fractions: number[] = [];
    const seen: number[] = [];
    const found = await survivalInWorker(
      { kind: "survival", job },
      {
        onProgress: ({ fraction }) => fractions.push(fraction),
        onRegion: ({ channel }) => seen.push(channel),
      },
      signal,
    );
    expect(found).toEqual(survival(job));
    expect(seen).toEqual([0, 1, 2, 3]);
    expect(fractions).toEqual([0.25, 0.5, 0.75, 1]);
    // The page's case is still intact.
    const { source } = given;
    expect(source.kind === "labels" && source.volume.indices.length).toBe(12 * 20 * 24);
  });

  it("counts the components beyond those that it lists", async () => {
    const many = randomMaskCase([40, 80, 80], [0.03], 2);
    const { tables } = patchTargets([40, 80, 80], null, strides, "nearest-exact");
    const job = { ...many, scales: tables, patch: null };
    const found = await survivalInWorker({ kind: "survival", job }, {}, signal);
    expect(found).toEqual(survival(job));
    expect(found[0]?.rest.components).toBeGreaterThan(100);
  });

  it("finds the slices that labels and masks occupy", async () => {
    for (const { source } of [given, randomMaskCase([6, 7, 40], [0.1, 0.5], 5)]) {
      const steps = sliceOccupancy(source);
      let here = steps.next();
      while (!here.done) here = steps.next();
      expect(await survivalInWorker({ kind: "occupancy", job: { source } }, {}, signal)).toEqual(here.value);
    }
  });

  const sharesOf = (shape: Triple, densities: readonly number[], patchSize: Triple): PatchSharesInput => {
    const { source, table } = randomMaskCase(shape, densities, 2);
    const names = source.kind === "masks" ? source.stack.names : [];
    const set = regionSetFromMasks(names);
    return { source, table, set, patchSize, is2d: false, batchSize: 2, strides, mode: "nearest-exact" };
  };

  it("gives the shares of components", async () => {
    const job = sharesOf([12, 20, 24], [0.02, 0.1], [8, 16, 16]);
    const found = await survivalInWorker({ kind: "componentShares", job }, {}, signal);
    expect(found).toEqual(finish(componentShares(job)));
    expect(found[0]?.length).toBeGreaterThan(5);
  });

  it("can be cancelled while running, and reports errors", async () => {
    const job = sharesOf([40, 80, 80], [0.03, 0.03, 0.03], [20, 40, 40]);
    const controller = new AbortController();
    const listeners = { onProgress: () => controller.abort() };
    const running = survivalInWorker({ kind: "componentShares", job }, listeners, controller.signal);
    await expect(running).rejects.toMatchObject({ name: "AbortError" });
    const aborted = survivalInWorker({ kind: "componentShares", job }, {}, AbortSignal.abort());
    await expect(aborted).rejects.toMatchObject({ name: "AbortError" });
    const { tables } = patchTargets(shape, null, strides, "nearest-exact");
    const unfit = { ...given, table: null, scales: tables, patch: null };
    const bad = survivalInWorker({ kind: "survival", job: unfit }, {}, signal);
    await expect(bad).rejects.toThrow("needs the region table");
  });
});
