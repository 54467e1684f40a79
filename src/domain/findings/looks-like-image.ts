/** Reports an image opened as labels; all other findings follow from that. */
import { type ImageSigns, signsText } from "../volume/looks-like-image.ts";
import { type Finding, finding } from "./finding.ts";

export const FIRST_OF_ALL = "looks-like-an-image";

export function looksLikeImage(signs: ImageSigns): Finding {
  return finding(
    "error",
    FIRST_OF_ALL,
    "This looks like an image, not labels",
    `This looks like an image, not labels: it has ${signsText(signs)}. nnU-Net reads every value as a label, so its integrity check rejects the ` +
      "case; without the check, the network is trained on noise. Open the label file of this case instead.",
  );
}
