/**
 * Distinguishes labels from images on real files: always the bundled ones, and those beside the project if
 * they are there.
 */
import { existsSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { open } from "../testing/opening.ts";

const SAMPLES = fileURLToPath(new URL("../../../public/samples", import.meta.url));
const DATA = fileURLToPath(new URL("../../../../shared/data", import.meta.url));

const BUNDLED = {
  labels: [
    "Dataset901_AbdomenRegions/labelsTr/abdomen_001.nii.gz",
    "Dataset902_AbdomenOrgans/labelsTr/abdomen_001.nii.gz",
    "Dataset903_SpineRegions/labelsTr/spine_002.nii.gz",
  ],
  images: [
    "Dataset901_AbdomenRegions/imagesTr/abdomen_001_0000.nii.gz",
    "Dataset903_SpineRegions/imagesTr/spine_002_0000.nii.gz",
  ],
};

const BESIDE = {
  labels: [
    "labels/Schaefer1000_space-MNI152NLin6_res-1x1x1.nii.gz",
    "labels/AllenAtlas.nii.gz",
    "labels/example_seg.nii.gz",
    "labels/training_seg_01.nii.gz",
    "labels/sub-ct_seg-subreg_label-22_msk.nii.gz",
    "labels/sub-ct_seg-vert_label-22_msk.nii.gz",
    "labels/t2_seg-manual_labeled.nii.gz",
    "nrrd/Segmentation.seg.nrrd",
    "nrrd/prostate_phantom_subvolume-label.nrrd",
    "oddities/int8.nii",
    "oddities/int16.nii",
    "oddities/int32.nii",
    "oddities/int64.nii",
    "oddities/uint8.nii",
    "oddities/uint16.nii",
    "oddities/float32.nii",
    "oddities/float64.nii",
    "oddities/minimal.hdr",
    "samples/Dataset901_AbdomenRegions/labelsTr/abdomen_001.nii.gz",
    "samples/Dataset902_AbdomenOrgans/labelsTr/abdomen_001.nii.gz",
    "samples/Dataset903_SpineRegions/labelsTr/spine_002.nii.gz",
  ],
  images: [
    "oddities/anatomical.nii",
    "oddities/avg152T1_LR_nifti.nii.gz",
    "oddities/PIR.nii.gz",
    "oddities/RAS.nii.gz",
    "oddities/SPL.nii.gz",
    "oddities/ras.hdr",
    "labels/t2.nii.gz",
    "labels/example_ct_sm.nii.gz",
    "labels/sub-ct_label-22_ct.nii.gz",
    "labels/us_image_case26.nii.gz",
    "nrrd/CTChest4.nrrd",
    "nrrd/prostate_phantom_subvolume.nrrd",
    "samples/Dataset901_AbdomenRegions/imagesTr/abdomen_001_0000.nii.gz",
    "samples/Dataset903_SpineRegions/imagesTr/spine_002_0000.nii.gz",
  ],
};

async function signsOf(path: string) {
  const partners = [".img", ".img.gz"].map((ending) => path.replace(/\.hdr$/, ending));
  const paths = [path, ...partners.filter((other) => other !== path && existsSync(other))];
  const files = paths.map((of) => ({ path: basename(of), blob: new Blob([readFileSync(of)]) }));
  return (await open(files, { labels: [basename(path)] })).imageSigns;
}

for (const [where, folder, files] of [
  ["bundled", SAMPLES, BUNDLED],
  ["beside the project", DATA, BESIDE],
] as const) {
  const there = (path: string) => existsSync(join(folder, path));
  const [labels, images] = [files.labels.filter(there), files.images.filter(there)];
  describe.runIf(labels.length + images.length > 0)(where, () => {
    it.each(labels)("%s is labels", async (path) => expect(await signsOf(join(folder, path))).toBeNull());
    it.each(images)("%s is an image", async (path) =>
      expect(await signsOf(join(folder, path))).toMatchObject({ values: expect.any(Number) }),
    );
  });
}

it("all bundled files exist", () => {
  for (const path of [...BUNDLED.labels, ...BUNDLED.images])
    expect(existsSync(join(SAMPLES, path))).toBe(true);
});
