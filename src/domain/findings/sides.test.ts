/** Tests the findings on left and right. */
import { describe, expect, it } from "vitest";
import { regionCentres } from "../analysis/region-centres.ts";
import { sliceOccupancy } from "../analysis/slice-occupancy.ts";
import { regionSetFromDefinition, regionSetFromMasks } from "../dataset/region-set.ts";
import { regionTable } from "../dataset/region-table.ts";
import type { Grid } from "../geometry/grid.ts";
import { definitionOf } from "../testing/definitions.ts";
import type { MaskStack, Source } from "../volume/palette-volume.ts";
import { volumeFromLabels } from "../volume/volume-from-labels.ts";
import { sides } from "./sides.ts";

/** One row of voxels, 2 mm apart; the first voxel is at the patient's left, or at the right if `turned`. */
const row = (turned = false, length = 10): Grid => ({
  shape: [1, 1, length],
  toWorld: [0, 0, turned ? -2 : 2, 0, 0, 1, 0, 0, 1, 0, 0, 0],
});

function scaleStatusOf(source: Source) {
  const steps = sliceOccupancy(source);
  for (let step = steps.next(); ; step = steps.next()) if (step.done) return step.value;
}

function found(labels: Readonly<Record<string, unknown>>, values: readonly number[], grid = row()) {
  const order = Object.values(labels).some(Array.isArray) ? Object.keys(labels).map((_, i) => i + 1) : null;
  const set = regionSetFromDefinition(definitionOf({ background: 0, ...labels }, order));
  const volume = volumeFromLabels(grid, values);
  const table = regionTable(volume.palette, set.regions);
  return sides(set, regionCentres(grid, scaleStatusOf({ kind: "labels", volume }), table));
}

const KIDNEYS = { kidney_left: 1, kidney_right: 2 };

describe("sides", () => {
  it("a pair on the sides in its names is an info about nnU-Net's mirroring", () => {
    const [only, ...more] = found(KIDNEYS, [1, 1, 0, 0, 0, 0, 0, 0, 2, 2]);
    expect(more).toEqual([]);
    expect(only).toMatchObject({ severity: "info", code: "sides", regions: ["kidney_left", "kidney_right"] });
    expect(only?.message).toBe(
      "“kidney_left” and “kidney_right” are on the sides in their names. nnU-Net's default trainer mirrors images with their labels along all axes, in training and " +
        "in prediction, so the network cannot tell left from right by position and may mix them up. Trainers without mirroring, such as " +
        "nnUNetTrainerNoMirroring, can.",
    );
  });

  it("sides follow the affine: the same voxels in a flipped volume are swapped", () => {
    const [only] = found(KIDNEYS, [1, 1, 0, 0, 0, 0, 0, 0, 2, 2], row(true));
    expect(only).toMatchObject({ severity: "error", code: "sides" });
    expect(only?.message).toBe(
      "According to the header of the label file, “kidney_left” lies to the patient's right of “kidney_right”, so the two are swapped: nnU-Net learns the sides as labelled. Swap their labels in the label file, or correct its header if the image is mirrored too.",
    );
  });

  it("names the swapped pairs among several, and says if all are swapped", () => {
    const labels = { ...KIDNEYS, "hip l": 3, "hip r": 4 };
    const [some] = found(labels, [1, 4, 0, 0, 0, 0, 0, 0, 3, 2]);
    expect(some).toMatchObject({ severity: "error", regions: ["hip l", "hip r"] });
    expect(some?.message).toContain(
      "“hip r”, so 1 of 2 pairs of left and right regions is swapped (“hip l” and “hip r”)",
    );
    expect(some?.message).toMatch(/Swap the labels within each of these pairs in the label file\.$/);
    const [all] = found(labels, [2, 4, 0, 0, 0, 0, 0, 0, 3, 1]);
    expect(all?.regions).toHaveLength(4);
    expect(all?.message).toMatch(
      /as in all 2 pairs.* the labels of each pair .* if the image is mirrored too\.$/,
    );
  });

  it("compares the centres of regions of several labels, and of masks", () => {
    const [lungs] = found({ lung_left: [1, 2], lung_right: [3, 4] }, [0, 1, 2, 2, 0, 3, 0, 0, 4, 4]);
    expect(lungs?.severity).toBe("info");
    const stack: MaskStack = {
      grid: row(),
      names: ["lung_right", "lung_left"],
      bitPlanes: [Uint32Array.of(0b0000011111), Uint32Array.of(0b1111110000)],
    };
    const centres = regionCentres(stack.grid, scaleStatusOf({ kind: "masks", stack }), null);
    const [masks] = sides(regionSetFromMasks(stack.names), centres);
    expect(masks?.severity).toBe("error");
    expect(masks?.message).toBe(
      "According to the header of the masks, “lung_left” lies to the patient's right of “lung_right”, so the two are swapped: nnU-Net learns the sides as labelled. Swap the names of the two masks, or correct the header of the masks if the image is mirrored too.",
    );
  });

  it("finds nothing without a pair, with one side missing, or with both in one place", () => {
    expect(found({ kidney_left: 1, liver: 2 }, [1, 1, 0, 0, 0, 0, 0, 0, 2, 2])).toEqual([]);
    expect(found(KIDNEYS, [1, 1, 0, 0, 0, 0, 0, 0, 0, 0])).toEqual([]);
    expect(found(KIDNEYS, [0, 1, 2, 2, 1, 0, 0, 0, 0, 0])).toEqual([]);
  });

  it("finds nothing if sides alternate, with centres a voxel or a twentieth of their width apart", () => {
    for (const turned of [false, true]) {
      expect(found(KIDNEYS, [1, 2, 1, 2, 1, 2, 1, 2, 1, 2], row(turned))).toEqual([]);
      const stripes = Array.from({ length: 100 }, (_, i) => 1 + (Math.floor(i / 2) % 2));
      expect(found(KIDNEYS, stripes, row(turned, 100))).toEqual([]);
      // Stripes of six voxels out of about a hundred.
      const wide = Array.from({ length: 96 }, (_, i) => 1 + (Math.floor(i / 6) % 2));
      expect(found(KIDNEYS, wide, row(turned, 96))).toHaveLength(1);
    }
  });
});
