/** Tests the comparison of the image's grid with the labels'. */
import { describe, expect, it } from "vitest";
import type { Grid, Triple } from "../geometry/grid.ts";
import { imageGrid, type Unoriented } from "./image-grid.ts";

/** An axis-aligned grid in RAS; array axes are z, y, x. */
function grid(shape: Triple, [z, y, x]: Triple, originMm: Triple = [0, 0, 0]): Grid {
  const [i, j, k] = originMm;
  return { shape, toWorld: [0, 0, x, i, 0, y, 0, j, z, 0, 0, k] };
}

const messages = (image: Grid, labels: Grid, unoriented?: Unoriented) =>
  imageGrid(image, labels, null, unoriented).map(
    ({ severity, code, message }) => `${severity} ${code}: ${message}`,
  );

describe("image against labels", () => {
  const image = grid([32, 40, 48], [1.2503, 0.742188, 0.742188]);

  it("equal or imperceptibly different grids have no finding", () => {
    expect(messages(image, image)).toEqual([]);
    expect(messages(image, grid([32, 40, 48], [1.2503, 0.742188, 0.742188], [0.001, 0, 0]))).toEqual([]);
    expect(messages(image, grid([32, 40, 48], [1.250301, 0.742188, 0.742188]))).toEqual([]);
  });

  it("a spacing that differs by one part in 100,000 is an error that shows the differing digits", () => {
    const [found] = messages(image, grid([32, 40, 48], [1.25, 0.742188, 0.742188]));
    expect(found).toMatch(
      /^error spacing-mismatch: nnU-Net's integrity check rejects the case because the spacing differs along the first axis: 1\.2503 mm in the image, 1\.25 mm in the labels/,
    );
    expect(found).toContain("if the slices match, copy the image's header to the labels");
    const fine = messages(grid([9, 9, 9], [1.5, 1.5, 1.5]), grid([9, 9, 9], [1.50002, 1.50002, 1.50002]));
    expect(fine[0]).toContain(
      "along the first, second and third axes: 1.5 mm in the image, 1.50002 mm in the labels",
    );
  });

  it("with a lost header, resampling would lose every label", () => {
    const lost = grid([32, 40, 48], [1, 1, 1], [900, 900, 900]);
    expect(messages(image, lost)[0]).toMatch(
      /do not overlap in space.* resampling would lose every label\.$/,
    );
  });

  it("other positions and directions are a warning with the size of the difference", () => {
    const turn = (0.07 * Math.PI) / 180;
    const [c, s] = [Math.cos(turn), Math.sin(turn)];
    const straight = grid([24, 96, 96], [1, 1, 1]);
    const turned: Grid = { shape: [24, 96, 96], toWorld: [0, -s, c, 0, 0, c, s, 0, 1, 0, 0, 0] };
    expect(messages(straight, turned)).toEqual([
      "warning grid-mismatch: Image and labels have the same shape but different positions: the axes differ by 0.07° and corners are up to " +
        "0.16 mm apart (0.16 of the shortest voxel edge). nnU-Net only warns and pairs voxels by index. If the slices match, copy the " +
        "image's header to the labels; otherwise resample the labels to the image with nearest neighbour.",
    ]);
    const [moved] = messages(straight, grid([24, 96, 96], [1, 1, 1], [3, 4, 0]));
    expect(moved).toContain(
      "the first voxels are 5 mm apart and corners are up to 5 mm apart (5 of the shortest",
    );
    const [far] = messages(straight, grid([24, 96, 96], [1, 1, 1], [208.9, 0, 0]));
    expect(far).toContain("the first voxels are 209 mm apart");
    expect(far).toMatch(/If the slices match, copy .* to the labels; resampling would lose every label\.$/);
    // Spacings that nnU-Net treats as equal still add up along a long axis.
    const [long] = messages(grid([6000, 3, 3], [1, 1, 1]), grid([6000, 3, 3], [1.000009, 1, 1]));
    expect(long).toContain("but different positions: corners are up to 0.054 mm apart");
  });

  it("a header without an orientation is to be restored before anything is resampled", () => {
    const straight = grid([24, 96, 96], [1, 1, 1], [10, 20, 5]);
    const unsaid = grid([24, 96, 96], [1, 1, 1]);
    const ofLabels = { image: false, labels: true };
    expect(messages(straight, unsaid, ofLabels)[0]).toMatch(
      /copy the image's header to the labels; otherwise first restore the labels' header from the original scan, because it does not give the orientation of the voxels and resampling would rely on it\.$/,
    );
    expect(messages(unsaid, straight, { image: true, labels: false })[0]).toMatch(
      /If the slices match, copy the labels' header to the image; otherwise first restore the image's header/,
    );
    const coarse = grid([24, 96, 96], [1.1, 1, 1]);
    expect(messages(coarse, unsaid, { image: true, labels: true })[0]).toMatch(
      /copy the image's header to the labels; otherwise first restore both headers from the original scan, because they do not/,
    );
    expect(messages(straight, grid([12, 48, 48], [2, 2, 2]), ofLabels)[0]).toMatch(
      /rejects the case\. First restore the labels' header/,
    );
    expect(messages(straight, grid([24, 96, 96], [1, 1, 1], [900, 0, 0]), ofLabels)[0]).toMatch(
      /to the labels; resampling would lose every label\.$/,
    );
  });

  it("resampling is not advised without overlap, nor for a single slice beside a volume", () => {
    const [apart] = messages(image, grid([16, 20, 24], [2.5, 1.5, 1.5], [900, 0, 0]));
    expect(apart).toMatch(/rejects the case\. They do not overlap in space, so resampling would lose every/);
    const [flatImage] = messages(grid([1, 40, 48], [1, 1, 1]), grid([32, 40, 48], [1, 1, 1]));
    expect(flatImage).toMatch(
      /the case\. The image is a single slice: open the whole image with these labels/,
    );
    const [flatLabels] = messages(image, grid([1, 40, 48], [1.2503, 0.742188, 0.742188]));
    expect(flatLabels).toMatch(
      /the case\. The labels are a single slice: open the labels of the whole image/,
    );
    for (const message of [apart, flatImage, flatLabels]) expect(message).not.toContain("nearest neighbour");
  });

  it("different shapes are an error, and resampling is the remedy", () => {
    expect(messages(image, grid([16, 20, 24], [2.5, 1.5, 1.5]))[0]).toMatch(
      /^error grid-mismatch: Image and labels have different grids: the image has 32×40×48 voxels of 1\.25×0\.742×0\.742 mm along S, A, R; the labels have 16×20×24/,
    );
    expect(messages(image, grid([16, 20, 24], [2.5, 1.5, 1.5]))[0]).toMatch(
      /the case\. Resample the labels to the image with nearest neighbour\.$/,
    );
  });
});
