/**
 * Sentences on the two grids of a case: from which to which, how cropped, or why there is no training grid.
 */
import { formatCount, formatShape, formatValue, plural } from "../../base/format-numbers.ts";
import { continued } from "../../base/sentence.ts";
import type { TrainingGridQuery } from "../../domain/case/training-grid-query.ts";
import { spacingMm, type Triple } from "../../domain/geometry/grid.ts";
import type { Refused } from "../../domain/training-grid/resampling.ts";
import { DEFAULT_SEG_RESAMPLING } from "../../domain/training-grid/resampling.ts";
import type { TrainingGrid } from "../../domain/training-grid/training-grid.ts";
import type { GridKind } from "../../domain/view/view-values.ts";

/** What is known of the grids of the open case. */
export interface Grids {
  readonly shown: GridKind;
  /** The stored grid; spacing in mm, as nnU-Net's reader gives it. */
  readonly stored: { readonly shape: Triple; readonly spacing: Triple };
  readonly query: TrainingGridQuery | Refused;
  /** Null until the training grid is made. */
  readonly made: TrainingGrid | Refused | null;
  /** 0..1; null if it is not being made. */
  readonly progress: number | null;
  /** It is not made until it is chosen again. */
  readonly isCancelled: boolean;
}

/** 2.5×0.78×0.78 mm */
function spacingText(spacing: readonly number[]): string {
  return `${formatShape(spacing.map((mm) => Number(mm.toFixed(2))))} mm`;
}

/** 120×512×512 at 2.5×0.78×0.78 mm */
function gridText(shape: Triple, spacing: readonly number[]): string {
  return `${formatShape(shape)} at ${spacingText(spacing)}`;
}

/** The plans' spacing along all three axes: a 2D configuration leaves slices where they are. */
function plansSpacingOf({ plansSpacing, spacing }: TrainingGridQuery): readonly number[] {
  return plansSpacing.length === 2 ? [spacing[0], ...plansSpacing] : plansSpacing;
}

export function storedText({ stored }: Pick<Grids, "stored">): string {
  return gridText(stored.shape, stored.spacing);
}

export function trainedText(query: TrainingGridQuery, made: TrainingGrid): string {
  return gridText(made.volume.grid.shape, plansSpacingOf(query));
}

/**
 * The training grid's spacing and the plans', where they differ because a length in voxels is a whole number:
 * "1.731×1.5×1.49 mm, to fit whole voxels; 1.7×1.5×1.5 mm in the plans". Null where they do not.
 */
export function exactSpacingText(query: TrainingGridQuery, made: TrainingGrid): string | null {
  const exact = (spacing: readonly number[]) => spacing.map(formatValue).join("×");
  const [its, plans] = [exact(spacingMm(made.volume.grid)), exact(plansSpacingOf(query))];
  return its === plans ? null : `${its} mm, to fit whole voxels; ${plans} mm in the plans`;
}

/** "Training grid: 150×266×266 at 2×1.5×1.5 mm" */
export function shownGridText({ shown, stored, query, made }: Grids): string {
  if (query.kind === "query" && shown === "trained" && made?.kind === "training-grid")
    return `Training grid: ${trainedText(query, made)}`;
  return `Stored grid: ${storedText({ stored })}`;
}

/**
 * From which to which: "120×512×512 at 2.5×0.78×0.78 mm → 150×266×266 at 2×1.5×1.5 mm, cropped to
 * 120×400×400", or why there is no training grid.
 */
export function lineText({ stored, query, made, progress, isCancelled }: Grids): string {
  if (query.kind === "refused") return `No training grid: ${continued(query.reason)}`;
  const from = storedText({ stored });
  if (made?.kind === "refused") return `${from}. No training grid: ${continued(made.reason)}`;
  const to = spacingText(plansSpacingOf(query));
  if (!made) {
    return progress === null
      ? `${from} → training grid at ${to}, ${isCancelled ? "cancelled" : "not made yet"}`
      : `${from} → training grid at ${to}, ${Math.floor(100 * progress)} % made`;
  }
  const isSame = made.box.shape.join() === made.volume.grid.shape.join() && croppedText(query, made) === null;
  if (isSame && !made.uncropped) return `${from} → the same voxels on the training grid`;
  const line = `${from} → ${trainedText(query, made)}`;
  const uncropped = uncroppedText(query, made);
  if (uncropped !== null) return `${line}, not cropped: ${continued(uncropped)}`;
  const cropped = croppedText(query, made);
  if (cropped === null) return line;
  return isResampled(made) ? `${line}, cropped to ${cropped}` : `${line}, cropped and not resampled`;
}

/** Some axis has another number of voxels than the box. */
function isResampled({ box, resampling }: TrainingGrid): boolean {
  return box.shape.some((length, axis) => length !== resampling.shape[axis]);
}

/** Why nnU-Net's nonzero box is not known, as a sentence; null if it is. */
export function uncroppedText(
  { maskUnknown }: TrainingGridQuery,
  { uncropped }: TrainingGrid,
): string | null {
  if (uncropped === null) return null;
  return uncropped === "image-all-zero"
    ? "The image is zero everywhere."
    : (maskUnknown ?? "No image is open.");
}

/** The shape of the nonzero box in stored voxels; null if it is the whole case. */
export function croppedText({ volume }: TrainingGridQuery, { box }: TrainingGrid): string | null {
  const isWhole = box.shape.every((length, axis) => length === volume.grid.shape[axis]);
  return isWhole ? null : formatShape(box.shape);
}

/**
 * "linear (order 1), each label by itself; coarse axis 0 apart: nearest neighbour"
 * @param isAssumed the plans name no resampling function
 */
export function resamplingText(made: TrainingGrid, isAssumed = false): string {
  if (!isResampled(made)) return "none: no axis changes its number of voxels";
  const { resampling, box } = made;
  const { order, orderZ, separateAxis, shape } = resampling;
  const within = `${ORDERS[order] ?? `order ${order}`}${order === 0 ? "" : ", each label by itself"}`;
  const said = isAssumed
    ? `. The plans have no resampling_fn_seg, at which nnU-Net's preprocessing stops: this is ${DEFAULT_SEG_RESAMPLING.name}, as its planners write it`
    : "";
  if (separateAxis === null) return `${within}${said}`;
  const along =
    shape[separateAxis] === box.shape[separateAxis]
      ? "keeps its slices"
      : (ORDERS[orderZ] ?? `order ${orderZ}`);
  return `${within}; coarse axis ${separateAxis} apart: ${along}${said}`;
}

const ORDERS: Readonly<Record<number, string>> = {
  0: "nearest neighbour",
  1: "linear (order 1)",
  3: "cubic (order 3)",
};

/** Voxels that are background because no label reaches one half where labels meet; null if there are none. */
export function gapsText({ gapVoxels }: TrainingGrid): string | null {
  if (gapVoxels === 0) return null;
  return `${plural(gapVoxels, "voxel")} of background, where labels meet and none reaches one half`;
}

/** "40 %" */
export function percentText(fraction: number): string {
  return `${formatCount(Math.floor(100 * fraction))} %`;
}
