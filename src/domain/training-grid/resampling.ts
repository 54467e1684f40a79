/** Decides how nnU-Net resamples the labels of a case: the new shape, and how each axis is treated. */
import type { SegResampling } from "../dataset/plans.ts";
import { type Triple, voxelCount } from "../geometry/grid.ts";
import { roundHalfEven } from "../targets/deep-supervision.ts";

/** What nnU-Net's own planners write. */
export const DEFAULT_SEG_RESAMPLING: SegResampling = {
  name: "resample_data_or_seg_to_shape",
  kwargs: { is_seg: true, order: 1, order_z: 0, force_separate_z: null },
};

/** How the labels of a case are resampled. */
export interface Resampling {
  readonly kind: "resampling";
  /** In voxels. */
  readonly shape: Triple;
  /** Spline order: 0 copies the nearest voxel, 1 and 3 interpolate each label and keep what reaches 0.5. */
  readonly order: 0 | 1 | 3;
  /** The coarse axis if it is treated apart: its slices are resampled in 2D, then those along the axis. */
  readonly separateAxis: 0 | 1 | 2 | null;
  /** Spline order along the separate axis. */
  readonly orderZ: 0 | 1;
}

/** What cannot be computed, with the reason as a sentence. */
export interface Refused {
  readonly kind: "refused";
  readonly reason: string;
  /** Omitted where nothing is wrong: without plans, and for masks. */
  readonly problem?: ResamplingProblem;
  /**
   * Voxels in the nonzero box, by palette entry of the stored volume: nnU-Net crops whatever resampling
   * follows. Omitted if the box is not known, or is the whole case.
   */
  readonly inside?: Float64Array;
}

interface ResamplingProblem {
  /** Whether nnU-Net's preprocessing stops, averages label values, or does what is not followed here. */
  readonly kind: "stops" | "averages" | "not-followed";
  /** One sentence. */
  readonly remedy: string;
}

/** A page cannot reliably have a larger array than this many bytes, and a voxel has one or two. */
const MAX_VOXELS = 2 ** 30;

export function refused(kind: ResamplingProblem["kind"], reason: string, remedy: string): Refused {
  return { kind: "refused", reason, problem: { kind, remedy } };
}

/** Where making the grid failed, as for want of memory. @param why without a final full stop */
export function trainingGridFailed(why: string): Refused {
  return refused(
    "not-followed",
    `The training grid could not be made: ${why}.`,
    "Close other tabs and programs, and open the case again.",
  );
}

const IN_KWARGS = "in resampling_fn_seg_kwargs of the plans.";

/** nnU-Net's `ANISO_THRESHOLD`: beyond this ratio of spacings an axis is coarse. */
const MAX_ANISOTROPY = 3;

/** scikit-image's largest spline order. */
const MAX_ORDER = 5;

const DEFAULT_FUNCTION = "resample_data_or_seg_to_shape";
const ARGUMENTS = ["is_seg", "order", "order_z", "force_separate_z", "separate_z_anisotropy_threshold"];

const TORCH_FUNCTION = "resample_torch_fornnunet";

/** Why nnU-Net stops with other functions of its own, because `is_seg` among the arguments is given twice. */
const OTHER_FUNCTIONS: Readonly<Record<string, string>> = {
  resample_torch_simple:
    "resample_torch_simple does not take the spacings that nnU-Net passes to a resampling function",
  resample_data_or_seg_to_spacing:
    "resample_data_or_seg_to_spacing takes a spacing where nnU-Net passes the new shape",
  resample_data_or_seg: "resample_data_or_seg does not take the spacings that nnU-Net passes",
};

/**
 * Decides as `DefaultPreprocessor.run_case_npy` and `resample_data_or_seg_to_shape` do.
 *
 * @param shape after cropping, in voxels
 * @param spacing in mm, as nnU-Net's reader gives it; all axes in the plans' order
 * @param plansSpacing in mm
 */
export function chooseResampling(
  shape: Triple,
  spacing: Triple,
  plansSpacing: readonly number[],
  { name, kwargs }: SegResampling,
): Resampling | Refused {
  const target = targetSpacing(spacing, plansSpacing);
  if (target === null) return refusedSpacing(`[${plansSpacing.join(", ")}]`);
  if (![...spacing, ...target].every((mm) => mm > 0 && mm < Number.POSITIVE_INFINITY))
    return refused(
      "stops",
      "Resampling needs positive spacings, in the file and in the plans; nnU-Net's preprocessing stops without.",
      "Correct the spacing in the headers of labels and image, or plan the dataset again.",
    );
  if (!kwargs)
    return refused(
      "stops",
      "The plans have resampling_fn_seg without resampling_fn_seg_kwargs, so nnU-Net's preprocessing stops.",
      `Add resampling_fn_seg_kwargs; nnU-Net's planners write ${JSON.stringify(DEFAULT_SEG_RESAMPLING.kwargs)}.`,
    );
  if (name === "no_resampling_hack")
    return { kind: "resampling", shape, order: 0, separateAxis: null, orderZ: 0 };
  const isTorch = name === TORCH_FUNCTION;
  if (!isTorch && name !== DEFAULT_FUNCTION)
    return refused(
      "stops",
      `${OTHER_FUNCTIONS[name] ?? `nnU-Net has no resampling function named "${name}"`}, so its preprocessing stops.`,
      `Write ${DEFAULT_FUNCTION} as resampling_fn_seg of the plans.`,
    );
  const length = (axis: 0 | 1 | 2) => roundHalfEven((spacing[axis] / target[axis]) * shape[axis]);
  const resized: Triple = [length(0), length(1), length(2)];
  // Whatever the function: `np.max` raises a ValueError at an array without voxels, and torch stops before.
  if (resized.includes(0))
    return refused(
      "stops",
      `At the plans' spacing an axis has no voxel left (${resized.join("×")}): nnU-Net's preprocessing stops ` +
        "with an error at this case, because an empty array has no largest label.",
      "Plan with a finer spacing, or leave the case out of the dataset.",
    );
  if (isTorch)
    return refused(
      "not-followed",
      `${TORCH_FUNCTION} interpolates with torch in half precision; its results are not computed here.`,
      `To see a training grid, open plans whose resampling_fn_seg is nnU-Net's default, ${DEFAULT_FUNCTION}.`,
    );
  const options = readKwargs(kwargs);
  if ("kind" in options) return options;
  if (voxelCount(resized) > MAX_VOXELS)
    return refused(
      "not-followed",
      `At the plans' spacing the case has ${resized.join("×")} voxels, more than this page can hold.`,
      "Check the spacing of the plans and of the file's header.",
    );
  const separateAxis = axisApart(spacing, target, options.forceSeparateZ, options.threshold);
  const isLonger = (axis: 0 | 1 | 2) => resized[axis] !== shape[axis];
  // `resample_data_or_seg` reads an argument only where it has something to resample.
  const isUsed = isLonger(0) || isLonger(1) || isLonger(2);
  const problem = isUsed ? problemOf(options, separateAxis !== null && isLonger(separateAxis)) : null;
  if (problem) return problem;
  const order = ORDERS.find((its) => its === options.order) ?? 0;
  const orderZ = ORDERS_Z.find((its) => its === options.orderZ) ?? 0;
  return { kind: "resampling", shape: resized, order, separateAxis, orderZ };
}

const ORDERS = [0, 1, 3] as const;
const ORDERS_Z = [0, 1] as const;

/** @param written the spacing as the plans have it */
export function refusedSpacing(written: string): Refused {
  return refused(
    "stops",
    `The plans' spacing is ${written} instead of 2 or 3 positive numbers, so nnU-Net's preprocessing stops.`,
    "Correct it in the plans, or plan the dataset again with nnUNetv2_plan_experiment.",
  );
}

/** Two numbers, of a 2D configuration, leave the first axis alone. Null for another number of them. */
export function targetSpacing(spacing: Triple, plans: readonly number[]): Triple | null {
  const [a, b, c] = plans;
  if (a === undefined || b === undefined || plans.length > 3) return null;
  return c === undefined ? [spacing[0], a, b] : [a, b, c];
}

interface Options {
  readonly isSeg: unknown;
  readonly order: unknown;
  readonly orderZ: unknown;
  readonly forceSeparateZ: boolean | null;
  readonly threshold: number;
}

/** An omitted argument has the default of nnU-Net's function, which differs from what its planners write. */
function readKwargs(kwargs: Readonly<Record<string, unknown>>): Options | Refused {
  const unknown = Object.keys(kwargs).find((name) => !ARGUMENTS.includes(name));
  if (unknown !== undefined)
    return refused(
      "stops",
      `${DEFAULT_FUNCTION} has no argument named "${unknown}", so nnU-Net's preprocessing stops.`,
      "Remove it from resampling_fn_seg_kwargs of the plans.",
    );
  const {
    is_seg: isSeg = false,
    order = 3,
    order_z: orderZ = 0,
    force_separate_z: forceSeparateZ = false,
    separate_z_anisotropy_threshold: threshold = MAX_ANISOTROPY,
  } = kwargs;
  if (forceSeparateZ !== null && typeof forceSeparateZ !== "boolean")
    return notFollowed("force_separate_z is neither true, false nor null.", "one of them");
  if (typeof threshold !== "number")
    return notFollowed("separate_z_anisotropy_threshold is not a number.", "a number");
  return { isSeg, order, orderZ, forceSeparateZ, threshold };
}

function notFollowed(reason: string, allowed: string): Refused {
  return refused("not-followed", reason, `Write ${allowed} ${IN_KWARGS}`);
}

/** @param isAlongAxis an axis is resampled apart, and changes its length: only then `order_z` is read */
function problemOf({ isSeg, order, orderZ }: Options, isAlongAxis: boolean): Refused | null {
  if (isSeg !== true)
    return refused(
      "averages",
      "resampling_fn_seg has is_seg off, so it averages label values like grey values.",
      `Write is_seg true ${IN_KWARGS}`,
    );
  return (
    orderProblem("order", order, ORDERS) ?? (isAlongAxis ? orderProblem("order_z", orderZ, ORDERS_Z) : null)
  );
}

function orderProblem(name: string, order: unknown, followed: readonly number[]): Refused | null {
  if (followed.some((its) => its === order)) return null;
  const choice = list(followed, "or");
  if (typeof order === "string")
    return refused(
      "stops",
      `Labels are resampled with ${name} "${order}", which is text instead of a number, so nnU-Net's preprocessing stops.`,
      `Write ${choice}, without quotation marks, ${IN_KWARGS}`,
    );
  if (typeof order === "number" && (order < 0 || order > MAX_ORDER))
    return refused(
      "stops",
      `Labels are resampled with ${name} ${order}, at which nnU-Net's preprocessing stops.`,
      `Write ${choice} ${IN_KWARGS}`,
    );
  return notFollowed(
    `Labels are resampled with ${name} ${JSON.stringify(order)}; only ${list(followed, "and")} are computed here.`,
    "one of them",
  );
}

/** "0, 1 and 3" */
function list(numbers: readonly number[], conjunction: string): string {
  return `${numbers.slice(0, -1).join(", ")} ${conjunction} ${numbers.at(-1)}`;
}

/** The axis that is treated apart (`determine_do_sep_z_and_axis`). */
function axisApart(
  spacing: Triple,
  target: Triple,
  force: boolean | null,
  threshold: number,
): 0 | 1 | 2 | null {
  if (force !== null) return force ? coarsestAxis(spacing) : null;
  const isCoarse = (mm: Triple) => Math.max(...mm) / Math.min(...mm) > threshold;
  if (isCoarse(spacing)) return coarsestAxis(spacing);
  return isCoarse(target) ? coarsestAxis(target) : null;
}

/** Null if two or three axes tie for the largest spacing: nnU-Net then treats none apart. */
function coarsestAxis(spacing: Triple): 0 | 1 | 2 | null {
  const coarsest = Math.max(...spacing);
  const [axis = null, ...more] = ([0, 1, 2] as const).filter((a) => coarsest / spacing[a] === 1);
  return more.length > 0 ? null : axis;
}
