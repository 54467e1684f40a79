/** Runs components, survival and sweeps in a real worker of a real browser. */
import { describe, expect, it } from "vitest";
import { sliceOccupancy } from "../domain/analysis/slice-occupancy.ts";
import { sweep } from "../domain/analysis/survival-sweep.ts";
import type { Triple } from "../domain/geometry/grid.ts";
import { loadedPatchSize, trainedOrigins } from "../domain/patches/loader.ts";
import { originCount, originRange, patchTargets } from "../domain/targets/patch.ts";
import { randomLabelCase, randomMaskCase } from "../domain/testing/random-source.ts";
import { survival } from "../domain/testing/survival.ts";
import { sourceGrid } from "../domain/volume/palette-volume.ts";
import { survivalInWorker } from "./survival.ts";
import type { SweepJob } from "./survival-protocol.ts";

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

  it("gives the result of a sweep", async () => {
    for (const [size, is2d] of [
      [[8, 15, 16], false],
      [[1, 15, 16], true],
    ] as const) {
      const job = {
        ...given,
        size,
        strides,
        mode: "nearest-exact",
        patchSamples: "anywhere",
        is2d,
      } as const;
      const found = await survivalInWorker({ kind: "sweep", job }, {}, signal);
      const origins = trainedOrigins(shape, size, loadedPatchSize(size, is2d));
      expect(found).toEqual(await sweep({ ...job, origins }));
      // Odd sizes give the training loader more origins than validation has.
      expect(found.patchSamples.possible).toBe(originCount(origins));
      expect(originCount(origins)).toBeGreaterThan(originCount(originRange(shape, size)));
    }
  });

  it("can be cancelled while running, and reports errors", async () => {
    const many = randomMaskCase([40, 80, 80], [0.03, 0.03, 0.03], 2);
    const job: SweepJob = {
      ...many,
      size: [20, 40, 40],
      strides,
      mode: "nearest-exact",
      patchSamples: "foreground",
      is2d: false,
    };
    const controller = new AbortController();
    const listeners = { onProgress: () => controller.abort() };
    const running = survivalInWorker({ kind: "sweep", job }, listeners, controller.signal);
    await expect(running).rejects.toMatchObject({ name: "AbortError" });
    const aborted = survivalInWorker({ kind: "sweep", job }, {}, AbortSignal.abort());
    await expect(aborted).rejects.toMatchObject({ name: "AbortError" });
    const { tables } = patchTargets(shape, null, strides, "nearest-exact");
    const unfit = { ...given, table: null, scales: tables, patch: null };
    const bad = survivalInWorker({ kind: "survival", job: unfit }, {}, signal);
    await expect(bad).rejects.toThrow("needs the region table");
  });
});
