/** Checks that regions of the bundled cases that touch or overlap are easy to tell apart. */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Rgb } from "../../base/oklab.ts";
import { APART, automaticColors } from "../../domain/colors/automatic-colors.ts";
import { cieLabFromRgb, colorDifference } from "../../domain/colors/color-difference.ts";
import { seenBy } from "../../domain/colors/color-vision.ts";
import { hexFromRgb, regionColors } from "../../domain/colors/region-colors.ts";
import { touchingRegions } from "../../domain/colors/touching.ts";
import { type Region, regionSetFromDefinition } from "../../domain/dataset/region-set.ts";
import { phantom } from "../../domain/phantom/phantom.ts";
import type { PaletteVolume } from "../../domain/volume/palette-volume.ts";
import { parseDataset } from "../dataset/dataset.ts";
import { labelsOf, open } from "../testing/opening.ts";
import { inputFile } from "../testing/write-nifti.ts";

const SAMPLES = new URL("../../../public/samples/", import.meta.url);
const DATASETS = readdirSync(SAMPLES).filter((name) => name.startsWith("Dataset"));

/** Pairs of touching regions whose colours differ by less than {@link APART}, with how much they do. */
function tooClose(volume: PaletteVolume, regions: readonly Region[], colors: readonly Rgb[]): string[] {
  const touching = touchingRegions(volume, regions) ?? [];
  return touching.flatMap((others, a) =>
    others.flatMap((b) => {
      const [one, other] = [colors[a], colors[b]];
      if (!one || !other) throw new Error("every region has a colour");
      const differences = (["normal", "deuteranopia"] as const).map((vision) =>
        colorDifference(cieLabFromRgb(seenBy(vision, one)), cieLabFromRgb(seenBy(vision, other))),
      );
      const least = Math.min(...differences);
      return least < APART ? [`${regions[a]?.name}, ${regions[b]?.name}: ${least}`] : [];
    }),
  );
}

describe.each(DATASETS)("%s", (dataset) => {
  test("touching regions differ by 20, and all regions have their own colour", async () => {
    const labels = readdirSync(new URL(`${dataset}/labelsTr`, SAMPLES)).map((name) => `labelsTr/${name}`);
    const opened = await open(
      ["dataset.json", ...labels].map((path) =>
        inputFile(`${dataset}/${path}`, new Uint8Array(readFileSync(new URL(`${dataset}/${path}`, SAMPLES)))),
      ),
    );
    if (!opened.definition) throw new Error("a sample has a definition");
    const { regions } = regionSetFromDefinition(opened.definition);
    const colors = regionColors(regions, opened.labelNames, [], opened.automaticColors ?? undefined);
    expect(new Set(colors.map(hexFromRgb)).size).toBe(regions.length);
    expect(tooClose(labelsOf(opened), regions, colors)).toEqual([]);
    // So that the check cannot pass by finding nothing that touches.
    expect(tooClose(labelsOf(opened), regions, regionColors(regions, [])).length).toBeGreaterThan(10);
  });
});

test.each([8, 24, 64])("the phantom with %d regions", (count) => {
  const { volume, definitionText } = phantom({ size: 64, regions: count });
  const { regions } = regionSetFromDefinition(parseDataset(definitionText, "dataset.json"));
  const colors = regionColors(regions, [], [], automaticColors(volume, regions));
  expect(tooClose(volume, regions, colors)).toEqual([]);
});
