/** Tests fitting sentences into others. */
import { expect, test } from "vitest";
import { continued } from "./sentence.ts";

test.each([
  ["No image is open.", "no image is open."],
  ["A file has none.", "a file has none."],
  ["CASE_0001.nii.gz has other voxels.", "CASE_0001.nii.gz has other voxels."],
  ["NibabelIO reads 3D images alone.", "NibabelIO reads 3D images alone."],
  ["nnU-Net stops.", "nnU-Net stops."],
])("a sentence that goes on after a colon: %s", (sentence, expected) => {
  expect(continued(sentence)).toBe(expected);
});
