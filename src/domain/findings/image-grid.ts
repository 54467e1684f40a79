/** The image's grid against the labels', as nnU-Net's `verify_dataset_integrity` compares them. */
import { type Grid, orientationCode, sameGrid, spacingMm } from "../grid.ts";
import { gridDifference, type Spacings } from "../grid-difference.ts";
import { spacesMeet } from "../grid-overlap.ts";
import { type Finding, finding } from "./finding.ts";
import { amount, lengthsApart, list, movedText, plural } from "./words.ts";

const ORDINALS = ["first", "second", "third"] as const;
const COPY = "copy the image's header to the labels";

/** All after the plans' transpose. @param spacings null where they are the grids' */
export function imageGrid(image: Grid, labels: Grid, spacings: Spacings | null = null): Finding[] {
  if (image.shape.some((length, axis) => length !== labels.shape[axis])) return [shapes(image, labels)];
  const difference = gridDifference(image, labels, spacings);
  const { spacingAxes, cornerMm, cornerVoxels } = difference;
  if (spacingAxes.length > 0) return [otherSpacing(image, labels, spacingAxes, spacings)];
  if (sameGrid(image, labels)) return [];
  const corner = `corners lie up to ${amount(cornerMm)} mm apart (${amount(cornerVoxels)} of a voxel's shortest edge)`;
  return [
    finding(
      "warning",
      "grid-mismatch",
      `Image and labels have equal shapes and lie at different places: ${list([...movedText(difference), corner])}. nnU-Net only warns of that and ` +
        `pairs them voxel by voxel. If the slices match, ${COPY}; else resample the labels to the image with nearest neighbour.`,
    ),
  ];
}

function shapes(image: Grid, labels: Grid): Finding {
  return finding(
    "error",
    "grid-mismatch",
    `Image and labels do not lie on the same grid: the image has ${described(image)}; the labels have ${described(labels)}. nnU-Net's integrity ` +
      "check refuses the case; resample the labels to the image with nearest neighbour.",
  );
}

function described(grid: Grid): string {
  const spacing = spacingMm(grid).map((mm) => Number(mm.toFixed(3)));
  return `${grid.shape.join("×")} voxels of ${spacing.join("×")} mm, ${orientationCode(grid)}`;
}

function otherSpacing(
  image: Grid,
  labels: Grid,
  axes: readonly (0 | 1 | 2)[],
  spacings: Spacings | null,
): Finding {
  const pairs = lengthsApart(
    axes,
    spacings?.image ?? spacingMm(image),
    spacings?.labels ?? spacingMm(labels),
  );
  const meet = spacesMeet(image, labels);
  return finding(
    "error",
    "spacing-mismatch",
    `nnU-Net's integrity check refuses the case because the spacing differs along the ${list(axes.map((axis) => ORDINALS[axis]))} ` +
      `${plural(axes.length, "axis", "axes")}: ${list(pairs.map(([a]) => a))} mm in the image, ${list(pairs.map(([, b]) => b))} mm in the labels, ` +
      "where one part in 100,000 is allowed. " +
      (meet
        ? `They have the same number of voxels: if the slices match, ${COPY}; else resample the labels to the image with nearest neighbour.`
        : `They have the same number of voxels and no place in common, so the labels' header is lost or wrong: if the slices match, ${COPY}; ` +
          "resampling would lose every label."),
  );
}
