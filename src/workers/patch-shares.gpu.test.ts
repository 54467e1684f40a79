/** Computes shares of patches in a real worker of a real browser. */
import { expect, it, vi } from "vitest";
import { regionSetFromDefinition } from "../domain/dataset/region-set.ts";
import { regionTable } from "../domain/dataset/region-table.ts";
import type { Triple } from "../domain/geometry/grid.ts";
import type { PatchSharesInput } from "../domain/patches/patch-shares.ts";
import { loaderDraws } from "../domain/testing/loader-draws.ts";
import { definitionOf, volumeOf } from "../domain/testing/small-case.ts";
import { patchSharesInWorker } from "./patch-shares.ts";

const never = new AbortController().signal;
const entries = { background: 0, whole: [1, 2], core: [2], ignore: 3 };
const shape: Triple = [5, 7, 6];
const labels = Array.from({ length: 5 * 7 * 6 }, (_, i) => ((i * 31) % 23 < 3 ? 1 + ((i * 31) % 23) : 0));
const loader = {
  labels,
  shape,
  entries,
  patchSize: [3, 4, 4] as Triple,
  is2d: false,
  batchSize: 3,
  strides: [1, 2, 2, 2].map((by): Triple => [by, by, by]),
  mode: "nearest-exact" as const,
};
const set = regionSetFromDefinition(definitionOf(entries, null));
const volume = volumeOf(shape, labels);
const job: PatchSharesInput = {
  ...loader,
  source: { kind: "labels", volume },
  table: regionTable(volume.palette, set.regions),
  set,
};

it("gives the shares over every draw of the loader", async () => {
  const shares = await patchSharesInWorker(job, () => undefined, never);
  if (!("regions" in shares)) throw new Error(shares.reason);
  const { regions } = shares;
  const wanted = loaderDraws(loader);
  for (const [channel, { inPatch, gone }] of regions.entries()) {
    expect(inPatch).toBeCloseTo(wanted.inPatch[channel] ?? -1, 10);
    for (const [s, share] of gone.entries()) expect(share).toBeCloseTo(wanted.gone[channel]?.[s] ?? -1, 10);
  }
  expect(regions[0]?.gone.some((share) => share > 0)).toBe(true);
  // The page's case is still intact.
  expect(volume.indices.length).toBe(5 * 7 * 6);
});

it("refuses in words what fails or takes too much, and can be cancelled", async () => {
  const told = vi.fn();
  const reasonOf = async (given: PatchSharesInput) => {
    const refused = await patchSharesInWorker(given, told, never);
    return "reason" in refused ? refused.reason : null;
  };
  expect(await reasonOf({ ...job, table: null })).toMatch(
    /^Shares of patches could not be computed: .*region table/,
  );
  expect(told).toHaveBeenCalledWith(0);
  told.mockClear();
  const counts = volume.counts.map(() => 1e9);
  const huge: PatchSharesInput = { ...job, source: { kind: "labels", volume: { ...volume, counts } } };
  expect(await reasonOf(huge)).toMatch(/^Shares of patches are left out: /);
  expect(told).not.toHaveBeenCalled();
  await expect(patchSharesInWorker(job, told, AbortSignal.abort())).rejects.toMatchObject({
    name: "AbortError",
  });
});
