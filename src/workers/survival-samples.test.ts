/**
 * Checks components and survival of the bundled cases against a plain flood fill and against known results.
 */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { components } from "../domain/analysis/components.ts";
import { regionSetFromDefinition } from "../domain/dataset/region-set.ts";
import { regionTable } from "../domain/dataset/region-table.ts";
import { componentShares } from "../domain/patches/component-shares.ts";
import { patchShares } from "../domain/patches/patch-shares.ts";
import type { SamplingMode } from "../domain/targets/deep-supervision.ts";
import { patchTargets } from "../domain/targets/patch.ts";
import { downsample, maskOf } from "../domain/targets/reference.ts";
import { componentImage } from "../domain/testing/component-image.ts";
import { finish } from "../domain/testing/finish.ts";
import { bySize, floodFill } from "../domain/testing/flood-fill.ts";
import { regionVoxelsAt } from "../domain/testing/region-voxels-at.ts";
import { survival } from "../domain/testing/survival.ts";
import { sourceGrid } from "../domain/volume/palette-volume.ts";
import { labelsOf, open } from "../formats/testing/opening.ts";
import { inputFile } from "../formats/testing/write-nifti.ts";

async function openSample(folder: string, labels: string) {
  const files = ["dataset.json", "nnUNetPlans.json", `labelsTr/${labels}`].map((path) =>
    inputFile(
      `${folder}/${path}`,
      new Uint8Array(readFileSync(new URL(`../../public/samples/${folder}/${path}`, import.meta.url))),
    ),
  );
  const opened = await open(files);
  const configuration = opened.plans?.configurations[0];
  if (!opened.definition || !configuration?.patchSize || !configuration.strides)
    throw new Error("The sample lacks its definition or plans.");
  const volume = labelsOf(opened);
  const set = regionSetFromDefinition(opened.definition);
  const { regions } = set;
  return {
    source: { kind: "labels", volume } as const,
    set,
    table: regionTable(volume.palette, regions),
    channels: regions.map((_, c) => c),
    strides: configuration.strides,
    size: configuration.patchSize,
  };
}

const spine = await openSample("Dataset903_SpineRegions", "spine_002.nii.gz");

describe("the spine sample", () => {
  const { source, table, set, channels, strides, size } = spine;
  const { shape } = sourceGrid(source);

  it("has the components of a plain flood fill, which survive as in a plain recount", () => {
    const { tables } = patchTargets(shape, null, strides, "nearest-exact");
    const found = survival({ source, table, channels, scales: tables, patch: null });
    for (const channel of channels) {
      const parts = bySize(floodFill(maskOf(source, table, channel), shape));
      const image = new Int32Array(source.volume.indices.length);
      parts.forEach((members, c) => {
        for (const at of members) image[at] = c + 1;
      });
      const here = components(source, table, channel);
      expect(Buffer.compare(Buffer.from(componentImage(here).buffer), Buffer.from(image.buffer))).toBe(0);
      const small = tables.map((axes) => downsample(Uint32Array.from(image), shape, axes));
      const recount = parts.map((members, c) => ({
        voxels: members.length,
        perScale: small.map((target) => target.reduce((n, other) => n + (other === c + 1 ? 1 : 0), 0)),
      }));
      expect(found[channel]?.components.map(({ voxels, perScale }) => ({ voxels, perScale }))).toEqual(
        recount,
      );
    }
  });

  it("is gone from as many patches in its only component as in the whole region", () => {
    const input = { source, table, set, patchSize: size, strides, ...DRAWS } as const;
    const { regions } = finish(patchShares(input));
    const shares = finish(componentShares(input));
    const single = channels.filter((channel) => shares[channel]?.length === 1);
    expect(single.length).toBeGreaterThan(3);
    for (const channel of single) expect(shares[channel]).toEqual([regions[channel]]);
    // Discs are gone from some patches.
    expect(single.some((channel) => (shares[channel]?.[0]?.gone[4] ?? 0) > 0.1)).toBe(true);
  });
});

const DRAWS = { is2d: false, batchSize: 2, mode: "nearest-exact" } as const;

interface RealCase {
  readonly folder: string;
  readonly case: string;
  readonly targets: Readonly<Record<SamplingMode, readonly { readonly regionVoxels: readonly number[] }[]>>;
}

/** Made with torch and scikit-image. */
const known: readonly RealCase[] = JSON.parse(
  readFileSync(new URL("../../e2e/fixtures/real-cases.json", import.meta.url), "utf8"),
);

describe.each(known.map((real) => [real.folder, real] as const))("%s", (folder, real) => {
  it.each(["nearest-exact", "resize-segmentation"] as const)(
    "every region keeps as many voxels as in the reference, %s",
    async (mode) => {
      const { source, table, channels, strides } = await openSample(folder, `${real.case}.nii.gz`);
      const { tables } = patchTargets(sourceGrid(source).shape, null, strides, mode);
      const found = survival({ source, table, channels, scales: tables, patch: null });
      for (const [s, { regionVoxels }] of real.targets[mode].entries()) {
        expect(found.map(({ perScale }) => perScale[s])).toEqual(regionVoxels);
        const axes = tables[s];
        if (axes) expect(regionVoxelsAt(source, table, channels.length, axes)).toEqual(regionVoxels);
      }
      // The voxels of a component belong to its region.
      for (const region of found) {
        for (const [s, all] of region.perScale.entries()) {
          expect(region.components.reduce((sum, { perScale }) => sum + (perScale[s] ?? 0), 0)).toBe(all);
        }
      }
    },
  );
});
