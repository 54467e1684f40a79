/** Reports a segmentation saved before anything was painted; all other findings would follow from that. */
import { type Finding, finding } from "./finding.ts";

export function emptySegmentation(): Finding {
  return finding(
    "error",
    "segmentation-empty",
    "This segmentation is empty: 3D Slicer writes a single voxel in place of the volume when no segment has any, and nnU-Net refuses labels of " +
      "another shape than the image. Paint the segments and save it again.",
  );
}
