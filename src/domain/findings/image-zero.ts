/** Reports an image that is zero everywhere, which nnU-Net trains on without a word. */
import { type Finding, finding } from "./finding.ts";

/** @param isZero all channels that nnU-Net reads are zero everywhere */
export function imageZero(isZero: boolean): Finding[] {
  if (!isZero) return [];
  return [
    finding(
      "warning",
      "image-zero",
      "The image is 0 everywhere",
      "The image is 0 everywhere, in every channel, so that there is nothing in it to learn the labels from. nnU-Net does not stop at it: it keeps " +
        "the whole case, and marks all background with -1 as if it were outside the body, which is not shown here. Check that the image belongs to " +
        "these labels, and that it was exported completely.",
    ),
  ];
}
