/** Compares a predicted label map with the labels of its case. */
import type { RegionSet } from "../dataset/region-set.ts";
import { type Finding, finding } from "../findings/finding.ts";
import { cornerDistanceMm, type Grid, spacingMm, type Triple } from "../geometry/grid.ts";
import { regionMetrics } from "../metrics/region-metrics.ts";
import { type Source, sourceGrid } from "../volume/palette-volume.ts";
import type { CheckedPrediction } from "./case-record.ts";

/** Why there is nothing to compare, if the folder of predictions has no file for a case. */
export function predictionMissing(name: string): CheckedPrediction {
  return {
    refused: finding(
      "error",
      "prediction-missing",
      "No prediction",
      `The folder of predictions has no file for ${name}, so nnU-Net's evaluation stops. Predict this case too, or evaluate only the cases that were predicted.`,
    ),
  };
}

/** Why there is nothing to compare, if the file cannot be read. @param why a sentence that names the file */
export function predictionUnreadable(why: string): CheckedPrediction {
  return { refused: finding("error", "prediction-unreadable", "The prediction cannot be read", why) };
}

/**
 * Metrics of every region, unless the prediction has other voxels than the labels.
 * @param reference the labels on the stored grid
 * @param predicted the prediction, read like the labels and with axes in the same order
 * @param spacing mm, as the reader of the labels gives it
 */
export function checkPrediction(
  reference: Source,
  predicted: Source,
  { regions, fromMasks }: RegionSet,
  { spacing, toleranceMm }: { readonly spacing: Triple; readonly toleranceMm: number },
): CheckedPrediction {
  const apart = gridsApart(sourceGrid(reference), sourceGrid(predicted));
  if (apart) return { refused: apart };
  if (reference.kind === "masks" || predicted.kind === "masks" || fromMasks)
    return predictionUnreadable(
      "Labels or prediction are a stack of masks: nnU-Net's evaluation compares label maps, with one label per voxel.",
    );
  if (!spacing.every((mm) => mm > 0 && Number.isFinite(mm)))
    return predictionUnreadable(
      `The labels have a spacing of ${spacing.join(" × ")} mm, so distances cannot be measured. Correct it in the header.`,
    );
  const known = new Set([0, ...regions.flatMap(({ labels }) => labels)]);
  const { palette } = predicted.volume;
  const unknown = [...palette].filter((value) => !known.has(value));
  return {
    regions: regionMetrics({
      reference: reference.volume,
      predicted: predicted.volume,
      regions,
      spacing,
      toleranceMm,
    }),
    findings: unknown.length > 0 ? [unknownLabels(unknown)] : [],
  };
}

function unknownLabels(labels: readonly number[]): Finding {
  const text = labels.slice(0, 10).join(", ");
  const isOne = labels.length === 1;
  return finding(
    "warning",
    "prediction-labels",
    `The prediction has ${isOne ? "a label" : "labels"} of no region`,
    `The prediction contains ${text}${labels.length > 10 ? ", …" : ""}, which no region has, so nnU-Net's evaluation counts ${isOne ? "it" : "them"} as background. It may come from a model with another dataset.json.`,
    { labels },
  );
}

/**
 * Another shape, or voxels that are half a voxel or more apart: files of one case differ by rounding, and
 * nnU-Net looks at the shape alone.
 */
function gridsApart(labels: Grid, predicted: Grid): Finding | null {
  const [own, other] = [labels.shape.join("×"), predicted.shape.join("×")];
  const remedy = "Compare predictions of these images, on the grid that nnU-Net writes them on.";
  if (own !== other)
    return finding(
      "error",
      "prediction-grid",
      "The prediction has other voxels",
      `The prediction has ${other} voxels, but the labels have ${own}, so nnU-Net's evaluation stops. ${remedy}`,
    );
  const mm = cornerDistanceMm(labels, predicted);
  if (mm < Math.min(...spacingMm(labels)) / 2) return null;
  return finding(
    "error",
    "prediction-grid",
    "The prediction lies elsewhere",
    `The prediction and the labels have equally many voxels, but their corners are up to ${Number(mm.toPrecision(2))} mm apart. nnU-Net's evaluation would compare voxels of different places. ${remedy}`,
  );
}
