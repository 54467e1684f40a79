/**
 * Checks components and survival of the bundled cases against a plain flood fill and against known results.
 */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { components } from "../domain/analysis/components.ts";
import { sampleAnywhere } from "../domain/analysis/patch-samples.ts";
import { sweep } from "../domain/analysis/survival-sweep.ts";
import { regionSetFromDefinition } from "../domain/dataset/region-set.ts";
import { regionTable } from "../domain/dataset/region-table.ts";
import type { SamplingMode } from "../domain/targets/deep-supervision.ts";
import { originRange, patchTargets } from "../domain/targets/patch.ts";
import { downsample, maskOf } from "../domain/targets/reference.ts";
import { componentImage } from "../domain/testing/component-image.ts";
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
  const { regions } = regionSetFromDefinition(opened.definition);
  return {
    source: { kind: "labels", volume } as const,
    table: regionTable(volume.palette, regions),
    channels: regions.map((_, c) => c),
    strides: configuration.strides,
    size: configuration.patchSize,
  };
}

const spine = await openSample("Dataset903_SpineRegions", "spine_002.nii.gz");

describe("the spine sample", () => {
  const { source, table, channels, strides, size } = spine;
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

  it("survives a sweep as often as in a recount of every draw", async () => {
    const some = channels.slice(0, 4);
    const job = {
      source,
      table,
      channels: some,
      strides,
      size,
      patchSamples: "anywhere",
      limit: 25,
    } as const;
    const found = await sweep({ ...job, mode: "nearest-exact" });
    expect(found.patchSamples).toMatchObject({ possible: 2 * 27 * 65, used: 25, exhaustive: false });
    const { origins, first } = sampleAnywhere(originRange(shape, size), 25, found.patchSamples.seed);
    const at = (axis: 0 | 1 | 2, i: number) => (origins?.[axis][i] ?? 0) + first[axis];
    const counts = some.map((channel) =>
      components(source, table, channel).listed.map(() => strides.map(() => 0)),
    );
    for (let i = 0; i < 25; i++) {
      const patch = { origin: [at(0, i), at(1, i), at(2, i)], size } as const;
      const { tables } = patchTargets(shape, patch, strides, "nearest-exact");
      survival({ source, table, channels: some, scales: tables, patch }).forEach((region, r) => {
        region.components.forEach(({ perScale }, c) => {
          const count = counts[r]?.[c];
          perScale.forEach((voxels, s) => {
            if (count && voxels > 0) count[s] = (count[s] ?? 0) + 1;
          });
        });
      });
    }
    const swept = found.regions.map((region) => region.components.map(({ perScale }) => perScale));
    expect(swept).toEqual(counts.map((region) => region.map((count) => count.slice(0, found.scales.length))));
  });
});

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
