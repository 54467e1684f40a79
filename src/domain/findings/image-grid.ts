/** Compares the image's grid with the labels', as nnU-Net's `verify_dataset_integrity` does. */
import { type Grid, orientationCode, sameGrid, spacingMm } from "../geometry/grid.ts";
import { gridDifference, type Spacings } from "../geometry/grid-difference.ts";
import { spacesMeet } from "../geometry/grid-overlap.ts";
import { type Finding, finding } from "./finding.ts";
import { amount, axesText, capital, lengthsApart, list, movedText } from "./text.ts";

/** Which headers do not give the orientation of their voxels in the patient. */
export interface Unoriented {
  readonly image: boolean;
  readonly labels: boolean;
}

const ORIENTED: Unoriented = { image: false, labels: false };
const RESAMPLE = "resample the labels to the image with nearest neighbour";

/** All arguments are after the plans' transpose. @param spacings null if they are those of the grids */
export function imageGrid(
  image: Grid,
  labels: Grid,
  spacings: Spacings | null = null,
  unoriented: Unoriented = ORIENTED,
): Finding[] {
  if (image.shape.some((length, axis) => length !== labels.shape[axis]))
    return [shapes(image, labels, unoriented)];
  const difference = gridDifference(image, labels, spacings);
  const { spacingAxes, cornerMm, cornerVoxels } = difference;
  if (spacingAxes.length > 0) return [otherSpacing(image, labels, spacingAxes, spacings, unoriented)];
  if (sameGrid(image, labels)) return [];
  const corner = `corners are up to ${amount(cornerMm)} mm apart (${amount(cornerVoxels)} of the shortest voxel edge)`;
  return [
    finding(
      "warning",
      "grid-mismatch",
      `Image and labels are up to ${amount(cornerMm)} mm apart`,
      `Image and labels have the same shape but different positions: ${list([...movedText(difference), corner])}. nnU-Net only warns and pairs ` +
        `voxels by index. If the slices match, ${ofEqualShapes(image, labels, unoriented)}.`,
    ),
  ];
}

/** Resampling follows the headers, so it helps only if they are right and the volumes meet. */
function ofEqualShapes(image: Grid, labels: Grid, unoriented: Unoriented): string {
  const copy =
    unoriented.image && !unoriented.labels
      ? "copy the labels' header to the image"
      : "copy the image's header to the labels";
  if (!spacesMeet(image, labels)) return `${copy}; resampling would lose every label`;
  const first = toRestore(unoriented);
  return first === null ? `${copy}; otherwise ${RESAMPLE}` : `${copy}; otherwise first ${first}`;
}

/** The step that has to precede resampling; null if both headers give an orientation. */
function toRestore({ image, labels }: Unoriented): string | null {
  if (!image && !labels) return null;
  const [whose, it, they] =
    image && labels
      ? ["both headers", "them", "they do not give the orientation of the voxels"]
      : [
          image ? "the image's header" : "the labels' header",
          "it",
          "it does not give the orientation of the voxels",
        ];
  return `restore ${whose} from the original scan, because ${they} and resampling would rely on ${it}`;
}

function shapes(image: Grid, labels: Grid, unoriented: Unoriented): Finding {
  return finding(
    "error",
    "grid-mismatch",
    `The image has ${image.shape.join("×")} voxels, the labels have ${labels.shape.join("×")}`,
    `Image and labels have different grids: the image has ${described(image)}; the labels have ${described(labels)}. nnU-Net's integrity ` +
      `check rejects the case. ${capital(ofOtherShapes(image, labels, unoriented))}.`,
  );
}

function ofOtherShapes(image: Grid, labels: Grid, unoriented: Unoriented): string {
  const isSliceOf = (a: Grid, b: Grid) => a.shape.some((length, i) => length === 1 && b.shape[i] !== 1);
  if (isSliceOf(image, labels))
    return "the image is a single slice: open the whole image with these labels, or open the labels of that slice";
  if (isSliceOf(labels, image))
    return "the labels are a single slice: open the labels of the whole image, or open the image of that slice";
  if (!spacesMeet(image, labels))
    return "they do not overlap in space, so resampling would lose every label: open the labels that were drawn on this image";
  const first = toRestore(unoriented);
  return first === null ? RESAMPLE : `first ${first}`;
}

function described(grid: Grid): string {
  const spacing = spacingMm(grid).map((mm) => Number(mm.toFixed(3)));
  // In the order of the numbers; the orientation code is reversed.
  const axes = [...orientationCode(grid)].reverse().join(", ");
  return `${grid.shape.join("×")} voxels of ${spacing.join("×")} mm along ${axes}`;
}

function otherSpacing(
  image: Grid,
  labels: Grid,
  axes: readonly (0 | 1 | 2)[],
  spacings: Spacings | null,
  unoriented: Unoriented,
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
    "Image and labels have different spacings",
    `nnU-Net's integrity check rejects the case because the spacing differs along the ${axesText(axes)}: ` +
      `${list(pairs.map(([a]) => a))} mm in the image, ${list(pairs.map(([, b]) => b))} mm in the labels ` +
      "(a difference of one part in 100,000 is allowed). They have the same number of voxels" +
      `${meet ? "" : " but do not overlap in space, so the labels' header is lost or wrong"}: ` +
      `if the slices match, ${ofEqualShapes(image, labels, unoriented)}.`,
  );
}
