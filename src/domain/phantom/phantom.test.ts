/** Tests the phantom and the benchmark's workload. */
import { describe, expect, it } from "vitest";
import { regionSetFromDefinition } from "../dataset/region-set.ts";
import { regionTable } from "../dataset/region-table.ts";
import { roundTrip } from "../dataset/round-trip.ts";
import { definitionFindings } from "../findings/findings.ts";
import { orientationCode } from "../geometry/grid.ts";
import { countRegions, encodeWords } from "../targets/reference.ts";
import { definitionOf } from "../testing/definitions.ts";
import { volumeLabels } from "../volume/palette-volume.ts";
import { benchRegions, benchVolume } from "./bench-workload.ts";
import { phantom } from "./phantom.ts";

describe("phantom", () => {
  for (const regions of [1, 2, 16, 64, 100]) {
    it(`${regions} regions: nearly all have voxels, and the round trip restores every label`, () => {
      const made = phantom({ size: 64, regions });
      expect(made.regions.regions.length).toBe(regions);
      expect(orientationCode(made.volume.grid)).toBe("RAS");
      expect(roundTrip(made.regions, volumeLabels(made.volume)).lossless).toBe(true);
      const table = regionTable(made.volume.palette, made.regions.regions);
      const counts = countRegions(encodeWords(made.volume, table), 64 ** 3, regions);
      expect(counts.filter((n) => n === 0).length).toBeLessThanOrEqual(regions > 20 ? regions * 0.05 : 0);
    });
  }

  it("has the same regions in its dataset.json, without findings", () => {
    const made = phantom({ size: 16, regions: 40 });
    const written = JSON.parse(made.definitionText) as {
      labels: Record<string, unknown>;
      regions_class_order: number[];
    };
    const definition = definitionOf(written.labels, written.regions_class_order);
    expect(regionSetFromDefinition(definition)).toEqual(made.regions);
    expect(definitionFindings(definition)).toEqual([]);
    const single = phantom({ size: 16, regions: 1 });
    const its = JSON.parse(single.definitionText) as { labels: Record<string, unknown> };
    expect(regionSetFromDefinition(definitionOf(its.labels))).toEqual(single.regions);
  });

  it("is the same every time", () => {
    expect(phantom({ size: 24, regions: 30, seed: 5 })).toEqual(phantom({ size: 24, regions: 30, seed: 5 }));
    expect(phantom({ size: 24, regions: 30, seed: 6 })).not.toEqual(
      phantom({ size: 24, regions: 30, seed: 5 }),
    );
  });
});

describe("the benchmark's workload", () => {
  it("has labels 0..40 in cubes, the same for the same seed", () => {
    const volume = benchVolume(64, 1);
    expect([...volume.palette]).toEqual(Array.from({ length: 41 }, (_, i) => i));
    expect(new Set(volume.indices.subarray(0, 4)).size).toBe(1);
    expect(volume.counts.reduce((a, b) => a + b, 0)).toBe(64 ** 3);
    expect(benchVolume(64, 1)).toEqual(volume);
    expect(benchVolume(64, 2)).not.toEqual(volume);
  });

  it("has five labels of 1..40 in each region", () => {
    const set = benchRegions(31);
    expect(set.trainsOn).toBe("regions");
    for (const { labels } of set.regions) {
      expect(new Set(labels).size).toBe(5);
      expect(labels.every((l) => l >= 1 && l <= 40)).toBe(true);
    }
    expect(benchRegions(31)).toEqual(set);
  });
});
