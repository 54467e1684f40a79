/** Tests the findings on cropping and resampling: what they say on either grid, and where a click leads. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { writeNifti } from "../src/formats/testing/write-nifti.ts";
import { file, goto, idle, openFiles, probe, settledUrl } from "./support/app.ts";
import { expect, test } from "./support/test.ts";

/** Labels of 0.488 mm in plane with a lesion of 2 × 2 × 2 voxels, and plans with 2.036 mm. */
const COARSER = new URL("fixtures/reported/plans-coarser-spacing", import.meta.url).pathname;
const FILES = readdirSync(COARSER)
  .filter((name) => /\.(nii\.gz|json)$/.test(name))
  .map((name) => join(COARSER, name));

for (const grid of ["stored", "trained"]) {
  test(`a lesion that resampling removes is named on the ${grid} grid, and a click leads to it`, async ({
    page,
  }) => {
    await goto(page, `?grid=${grid}`);
    await openFiles(page, FILES);
    const findings = page.getByRole("region", { name: "Findings" });
    await expect(findings.getByRole("button")).toHaveCount(1);
    const gone = findings.getByRole("button", { name: /vanishes-in-resampling/ });
    await expect(gone).toContainText(
      "“lesion” (8 voxels in the file) vanishes before training: resampled from 3×0.488×0.488 mm to 12×23×23 voxels of " +
        "3×2.036×2.036 mm (configuration “3d_fullres”)",
    );
    // A case opens with the crosshair on a region.
    for (let i = 0; i < 3; i++) await page.keyboard.press("]");
    await expect(probe(page)).not.toContainText(/Label\s*1/);
    await gone.click();
    await idle(page);
    // The training grid has no voxel of label 1.
    await expect(probe(page)).toContainText(/Label\s*1/);
    expect((await settledUrl(page)).searchParams.get("grid")).not.toBe("trained");
    await expect(page.getByRole("region", { name: "Region lesion" })).toBeVisible();
  });
}

test("a region outside the nonzero box is named, and a click leads to it on the stored grid", async ({
  page,
}) => {
  const dims = [24, 20, 16];
  const values = (of: (x: number, y: number, z: number) => number) =>
    Array.from({ length: 24 * 20 * 16 }, (_, i) => of(i % 24, Math.floor(i / 24) % 20, Math.floor(i / 480)));
  // Labels 1 in the middle and 2 in a corner, where the image is zero.
  const labels = values((x, y, z) => {
    if (x > 7 && x < 16 && y > 5 && y < 14 && z > 4 && z < 12) return 1;
    return x > 20 && y > 17 && z > 13 ? 2 : 0;
  });
  const image = values((x, y, z) => (x < 18 && y < 16 && z < 13 ? 100 + x : 0));
  const definition = {
    channel_names: { "0": "CT" },
    labels: { background: 0, organ: 1, lesion: 2 },
    numTraining: 1,
    file_ending: ".nii",
  };
  const plans = {
    transpose_forward: [0, 1, 2],
    configurations: {
      "3d_fullres": {
        spacing: [2, 2, 2],
        patch_size: [8, 8, 8],
        architecture: { arch_kwargs: { strides: [1, 2, 2].map((n) => [n, n, n]) } },
      },
    },
  };
  await goto(page, "?grid=trained");
  await openFiles(page, [
    file("case.nii", writeNifti({ dims, values: labels, type: "uint8" })),
    file("case_0000.nii", writeNifti({ dims, values: image, type: "int16" })),
    file("dataset.json", JSON.stringify(definition)),
    file("nnUNetPlans.json", JSON.stringify(plans)),
  ]);
  const cropped = page
    .getByRole("region", { name: "Findings" })
    .getByRole("button", { name: /cropped-away/ });
  await expect(cropped).toContainText("“lesion” (12 voxels in the file) lies where every image channel is 0");
  expect((await settledUrl(page)).searchParams.get("grid")).toBe("trained");
  await expect(probe(page)).not.toContainText(/Label\s*2/);
  await cropped.click();
  await idle(page);
  await expect(probe(page)).toContainText(/Label\s*2/);
  expect((await settledUrl(page)).searchParams.get("grid")).not.toBe("trained");
});
