/** Reports a segmentation saved before anything was painted; all other findings would follow from that. */
import { type Finding, finding } from "./finding.ts";

export function emptySegmentation(): Finding {
  return finding(
    "error",
    "segmentation-empty",
    "The segmentation is empty",
    "This segmentation is empty: 3D Slicer writes a single voxel instead of the volume if no segment is painted, and nnU-Net rejects labels " +
      "whose shape differs from the image's. Paint the segments and save it again.",
  );
}
