/** Label maps of real overlapping masks. Runs only if the reference data lie next to the project. */
import { existsSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import type { RegionForm } from "../../domain/masks/label-map.ts";
import { bitsOf } from "../../domain/testing/random-masks.ts";
import type { MaskStack } from "../../domain/volume/palette-volume.ts";
import { writeLabels } from "../nifti/nifti-writer.ts";
import { differing, labelMapOf, masksIn, predicted } from "../testing/label-maps.ts";
import { labelsOf, open, stackOf } from "../testing/opening.ts";

const SHARED = fileURLToPath(new URL("../../../../shared/", import.meta.url));
const CASES = [
  { name: "a 4D file", files: ["data/labels/us_labels4d_case26.nii.gz"] },
  { name: "segments in layers", files: ["data/nrrd/SegmentationOverlapping.seg.nrrd"] },
  {
    name: "two files",
    files: ["hip_left", "urinary_bladder"].map((mask) => `reports/masks-with-dataset/${mask}.nii.gz`),
  },
];
const inputOf = (path: string) => ({
  path: basename(path),
  blob: new Blob([new Uint8Array(readFileSync(SHARED + path))]),
});

/** Number of voxels of any mask that differ from those given by a label map and its regions. */
function wrongVoxels(stack: MaskStack, form: RegionForm, labels: Uint16Array): number {
  const masks = [...masksIn(form, labels)];
  return stack.names.reduce((sum, name, mask) => {
    const at = form.regions.findIndex((region) => region.name === name);
    return sum + differing(bitsOf(stack, mask), masks[at]?.[1] ?? []);
  }, 0);
}

describe.runIf(existsSync(`${SHARED}data`))("label maps of real masks", { timeout: 120_000 }, () => {
  it.each(CASES)("$name: each mask is restored, and as many voxels change as stated", async ({ files }) => {
    const opened = await open(files.map(inputOf));
    const stack = stackOf(opened);
    expect(stack.names.length).toBeGreaterThan(1);
    const { map, labels, indices, labelOf } = labelMapOf(stack);
    expect(map.overlapVoxels).toBe(opened.maskOverlap?.voxels);
    for (const form of [map.plain, ...(map.further ? [map.further] : [])]) {
      expect(wrongVoxels(stack, form, labels)).toBe(0);
      expect(differing(predicted(form, labels), labels)).toBe(form.changedVoxels);
    }
    expect(map.further?.changedVoxels ?? map.plain.changedVoxels).toBe(0);

    const file = { indices, labelOf, grid: stack.grid, transpose: [0, 1, 2] as const };
    const blob = await writeLabels(file, "case.nii.gz", () => undefined);
    const volume = labelsOf(await open([{ path: "case.nii.gz", blob }]));
    const read = new Uint16Array(volume.indices.length);
    read.forEach((_, voxel) => {
      read[voxel] = volume.palette[volume.indices[voxel] ?? 0] ?? 0;
    });
    expect(differing(read, labels)).toBe(0);
    const away = volume.grid.toWorld.map((value, i) => Math.abs(value - (stack.grid.toWorld[i] ?? 0)));
    expect(Math.max(...away)).toBeLessThan(1e-3);
  });
});
