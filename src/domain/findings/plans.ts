/** Checks the plans, on their own and against the case. */
import type { PlansConfiguration } from "../dataset/plans.ts";
import { type Grid, spacingMm, type Triple } from "../geometry/grid.ts";
import { roundHalfEven } from "../targets/deep-supervision.ts";
import { DEFAULT_SEG_RESAMPLING } from "../training-grid/resampling.ts";
import { type Finding, finding } from "./finding.ts";
import { jsonText } from "./text.ts";

/**
 * A skip connection joins two feature maps of a U-Net, one of which was divided by a stride and multiplied
 * again. Their shapes agree only if the product of an axis's strides divides the patch
 * (`get_shape_must_be_divisible_by`).
 */
export function patchNotDivisible({ name, patchSize, strides, axesApart }: PlansConfiguration): Finding[] {
  if (!patchSize || !strides) return [];
  if (axesApart) {
    const [patch, each] = [axesApart.patch, axesApart.strides];
    return [
      finding(
        "error",
        "plans-axes",
        `The patch_size has ${patch} axes, the strides have ${each}`,
        `nnU-Net cannot train with configuration “${name}”: its patch_size has ${patch} axes, but its strides have ${each}. Both have 3 in a 3D ` +
          "configuration and 2 in a 2D one. Plan the dataset again with nnUNetv2_plan_experiment, or write both with the same number.",
      ),
    ];
  }
  const divisors = [0, 1, 2].map((axis) =>
    strides.reduce((product, networkStage) => product * (networkStage[axis] ?? 1), 1),
  );
  const by = (round: (quotient: number) => number) =>
    patchSize.map(
      (length, axis) => Math.max(1, round(length / (divisors[axis] ?? 1))) * (divisors[axis] ?? 1),
    );
  const [smaller, larger] = [by(Math.floor), by(Math.ceil)];
  if (smaller.every((length, axis) => length === patchSize[axis])) return [];
  const written = (lengths: readonly number[]) => lengths.join("×");
  const different = written(smaller) === written(larger) ? "" : ` or ${written(larger)}`;
  return [
    finding(
      "error",
      "patch-not-divisible",
      `The patch of ${written(patchSize)} is not divisible by ${divisorText(divisors)}`,
      `nnU-Net's U-Net stops because the patch of configuration “${name}”, ${written(patchSize)} voxels, is not divisible by its strides: ` +
        `each axis must be divisible by their product, ${divisorText(divisors)}. Write a patch_size of ${written(smaller)}${different}.`,
    ),
  ];
}

/** nnU-Net looks among its preprocessors for the class that the plans name, and stops if it finds none. */
export function otherPreprocessor({ name, preprocessor }: PlansConfiguration): Finding[] {
  if (preprocessor === undefined) return [];
  return [
    finding(
      "warning",
      "preprocessor-unknown",
      `The plans name the preprocessor ${jsonText(preprocessor)}`,
      `Configuration “${name}” is preprocessed by ${jsonText(preprocessor)}, which is not nnU-Net's DefaultPreprocessor. What that class does is not known ` +
        "here: cropping, resampling and patches are shown as DefaultPreprocessor makes them. nnU-Net stops unless the class was added to it; " +
        "if that is not intended, correct preprocessor_name in the plans.",
    ),
  ];
}

/**
 * nnU-Net looks up `resampling_fn_seg` for every case that it preprocesses, whether or not an axis changes,
 * and stops with a KeyError without it. Another preprocessor may do without.
 */
export function resamplingUnnamed(configuration: PlansConfiguration): Finding[] {
  const { name, spacing = null, segResampling, preprocessor } = configuration;
  if (spacing === null || segResampling !== undefined || preprocessor !== undefined) return [];
  const usual = DEFAULT_SEG_RESAMPLING;
  return [
    finding(
      "error",
      "resampling-stops",
      "Preprocessing stops: the plans have no resampling_fn_seg",
      `Configuration “${name}” has no resampling_fn_seg, so nnU-Net's preprocessing stops at every case. Any training grid here is made by ${usual.name}, ` +
        `as nnU-Net's planners write it. Plan the dataset again, or write that function as resampling_fn_seg, and ${JSON.stringify(usual.kwargs)} as resampling_fn_seg_kwargs.`,
    ),
  ];
}

/** "32", or "1×32×32" where axes differ. */
function divisorText(divisors: readonly number[]): string {
  return new Set(divisors).size === 1 ? `${divisors[0]}` : divisors.join("×");
}

/**
 * nnU-Net resamples every case to the configuration's spacing before training. `compute_new_shape` multiplies
 * each axis length by old over new spacing and rounds as Python does. A 2D configuration gives only the
 * in-plane spacing: slices stay as they are. nnU-Net first crops a case to where its channels are not 0.
 *
 * @param grid of the labels, after the plans' transpose
 * @param own the spacing that the reader passes on, along the same axes
 * @param cropped shape of the box that nnU-Net crops to, along the same axes; null if it is not known
 * @param someVanish whether regions vanish at a displayed scale, which another grid makes doubtful
 */
export function plansOtherSpacing(
  { name, spacing }: PlansConfiguration,
  grid: Grid,
  someVanish = false,
  own: Triple = spacingMm(grid),
  cropped: Triple | null = null,
): Finding[] {
  if (!spacing) return [];
  const planned = spacing.length === 2 ? [own[0], ...spacing] : spacing;
  const before = cropped ?? grid.shape;
  const trained = before.map((length, axis) =>
    roundHalfEven(((own[axis] ?? 1) / (planned[axis] ?? 1)) * length),
  );
  // From a case with no voxel left nothing is trained.
  if (trained.includes(0) || trained.every((length, axis) => length === before[axis])) return [];
  const mm = (lengths: readonly number[]) => lengths.map((length) => Number(length.toFixed(3))).join("×");
  const [has, sees, left] = [grid.shape.join("×"), trained.join("×"), before.join("×")];
  const crops = left === has ? "" : `crops it to ${left} voxels and `;
  const uncounted = cropped
    ? ""
    : " nnU-Net first crops the case to the box of the image's nonzero voxels, which is not known here.";
  return [
    finding(
      someVanish ? "warning" : "info",
      "plans-other-spacing",
      `Training resamples this case to ${mm(planned)} mm`,
      `Training sees this case with ${cropped ? "" : "at most "}${sees} voxels${sees === has ? "" : `, not ${has}`}: nnU-Net ${crops}resamples it ` +
        `from ${mm(own)} mm to the ${mm(planned)} mm of configuration “${name}”.${uncounted} Regionscope shows and counts the stored grid, so in training ` +
        "small structures may disappear at other scales than here, or already at scale 0.",
    ),
  ];
}
