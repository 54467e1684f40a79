/**
 * Saved training grids and targets lie where nibabel and ITK read them. The millimetres were read from these
 * files by nibabel 5.0.0 (`nib.load(f).affine`) and by ITK (`readImageNode` of @itk-wasm/image-io 1.6.1, LPS
 * turned to RAS), which agree to 1e-5 mm.
 */
import { describe, expect, it } from "vitest";
import { type Grid, type Triple, worldFromVoxel } from "../../domain/geometry/grid.ts";
import { labelsOf, open } from "../testing/opening.ts";
import { savedFiles } from "../testing/saved-files.ts";
import { writeLabels } from "./nifti-writer.ts";

/** RAS of the first voxel, and of the last along i, along j and along k. */
const READ: Readonly<Record<string, readonly Triple[]>> = {
  ras_trained: [
    [-90.638, -117.988, 702.056],
    [-79.562, -117.988, 702.056],
    [-90.638, -112.213, 702.056],
    [-90.638, -117.988, 720.944],
  ],
  ras_scale: [
    [-90.1, -117.025, 702.056],
    [-80.1, -117.025, 702.056],
    [-90.1, -113.175, 702.056],
    [-90.1, -117.025, 720.944],
  ],
  ras_mask: [
    [-88.331, -115.1, 702.056],
    [-82.792, -115.1, 702.056],
    [-88.331, -115.1, 702.056],
    [-88.331, -115.1, 720.944],
  ],
  lps_trained: [
    [90.033, 119.35, -695.875],
    [79.367, 119.35, -695.875],
    [90.033, 111.55, -695.875],
    [90.033, 119.35, -682.125],
  ],
  lps_scale: [
    [90.033, 119.05, -695.25],
    [79.367, 119.05, -695.25],
    [90.033, 111.85, -695.25],
    [90.033, 119.05, -682.75],
  ],
  lps_mask: [
    [90.033, 117.85, -694],
    [79.367, 117.85, -694],
    [90.033, 114.25, -694],
    [90.033, 117.85, -689],
  ],
  oblique_trained: [
    [-29.288, 44.725, -10.744],
    [-21.035, 48.214, -10.744],
    [-32.37, 52.016, -7.397],
    [-26.838, 38.931, 4.135],
  ],
  oblique_scale: [
    [-27.621, 45.098, -10.021],
    [-22.463, 47.278, -10.021],
    [-30.704, 52.389, -6.674],
    [-25.41, 39.867, 3.411],
  ],
  oblique_mask: [
    [-25.683, 44.826, -7.644],
    [-21.556, 46.571, -7.644],
    [-28.765, 52.118, -4.297],
    [-24.458, 41.929, -0.205],
  ],
};

/** Corners in the order of {@link READ}. */
function cornersOf(grid: Grid): Triple[] {
  const [k, j, i] = grid.shape.map((length) => length - 1) as [number, number, number];
  const voxels: Triple[] = [
    [0, 0, 0],
    [0, 0, i],
    [0, j, 0],
    [k, 0, 0],
  ];
  return voxels.map((voxel) => worldFromVoxel(grid, voxel));
}

describe.each(savedFiles())("$name", ({ name, written }) => {
  it.each(["NibabelIO", "SimpleITKIO"] as const)(
    "%s finds the corners where it was saved",
    async (reader) => {
      const file = `${name}.nii.gz`;
      const blob = await writeLabels(written, file, () => undefined);
      const opened = await open([{ path: file, blob }], { reader });
      const { spaceCode: code = 1 } = written;
      expect(opened.geometry?.reader).toBe(reader);
      expect(opened.geometry?.labels.codes).toEqual({ sform: code, qform: code });
      const expected = READ[name]?.flat() ?? [];
      const found = cornersOf(labelsOf(opened).grid).flat();
      expect(found).toHaveLength(expected.length);
      for (const [at, mm] of found.entries()) expect(Math.abs(mm - (expected[at] ?? 0))).toBeLessThan(1e-3);
    },
  );
});
