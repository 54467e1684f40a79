/** Tests the synthetic brain atlas. */
import { describe, expect, it } from "vitest";
import { regionSetFromDefinition } from "../dataset/region-set.ts";
import { roundTrip } from "../dataset/round-trip.ts";
import { definitionFindings } from "../findings/findings.ts";
import { orientationCode, type Triple } from "../geometry/grid.ts";
import { definitionOf } from "../testing/definitions.ts";
import { volumeLabels } from "../volume/palette-volume.ts";
import { volumeFromLabels } from "../volume/volume-from-labels.ts";
import { ATLAS_LABELS, atlasDefinition, atlasPhantom, atlasRegions } from "./phantom-atlas.ts";

const SMALL: Triple = [60, 72, 60];

describe("the atlas phantom", () => {
  const made = atlasPhantom(SMALL);
  const volume = volumeFromLabels(made.grid, made.labels);

  it("has 116 labels, left ones odd and right ones even, over an image of its shape", () => {
    expect([...volume.palette]).toEqual(Array.from({ length: ATLAS_LABELS + 1 }, (_, i) => i));
    expect(orientationCode(made.grid)).toBe("RAS");
    const [depth, height, width] = SMALL;
    expect(made.image.length).toBe(depth * height * width);
    const astray = made.labels.filter(
      (label, at) => label > 0 && label % 2 !== (at % width < width / 2 ? 1 : 0),
    );
    expect(astray.length).toBe(0);
  });

  it("has few abrupt steps between neighbouring voxels of its image", () => {
    const [, height, width] = SMALL;
    const row = made.image.subarray((30 * height + 36) * width).subarray(0, width);
    expect(Math.max(...row)).toBeGreaterThan(600);
    expect(Math.min(...row)).toBeLessThan(60);
    const steps = [...row].slice(1).map((value, i) => Math.abs(value - (row[i] ?? 0)));
    expect(steps.filter((step) => step > 120).length).toBeLessThan(20);
  });

  it("is the same every time", () => {
    expect(atlasPhantom(SMALL)).toEqual(made);
    expect(atlasPhantom(SMALL, 2).image).not.toEqual(made.image);
  });

  it.each([1, 8, ATLAS_LABELS])("has a dataset.json of %i regions that trains on regions", (count) => {
    const written = JSON.parse(atlasDefinition(count)) as {
      labels: Record<string, unknown>;
      regions_class_order: number[];
    };
    const definition = definitionOf(written.labels, written.regions_class_order);
    const set = regionSetFromDefinition(definition);
    expect(set.trainsOn).toBe("regions");
    expect(set.regions).toEqual(atlasRegions(count));
  });

  it("has no findings, and the round trip restores every label", () => {
    const written = JSON.parse(atlasDefinition(ATLAS_LABELS)) as {
      labels: Record<string, unknown>;
      regions_class_order: number[];
    };
    const definition = definitionOf(written.labels, written.regions_class_order);
    expect(definitionFindings(definition)).toEqual([]);
    expect(roundTrip(regionSetFromDefinition(definition), volumeLabels(volume)).lossless).toBe(true);
  });
});
