/** Computes how well predicted regions match their references. */
import { componentsOfRuns } from "../analysis/components.ts";
import { diceOf } from "../analysis/overlap-counts.ts";
import { type MaskRuns, maskRunsOf, rowsWithRuns } from "../analysis/rle-mask.ts";
import type { Region } from "../dataset/region-set.ts";
import { regionTable } from "../dataset/region-table.ts";
import type { Triple } from "../geometry/grid.ts";
import type { PaletteVolume } from "../volume/palette-volume.ts";
import { borderRuns, commonRuns, eachCommon, runsWithout, voxelsOf } from "./run-sets.ts";
import { squaredDistances } from "./squared-distances.ts";

/** Voxels as nnU-Net's evaluation counts them: those under the ignore label count nowhere. */
export interface RegionMetrics {
  readonly referenceVoxels: number;
  readonly predictedVoxels: number;
  readonly commonVoxels: number;
  /** Null where both are empty: left out of means. */
  readonly dice: number | null;
  /** 95th percentile of the pooled distances between border voxels, mm; null where either is empty. */
  readonly hd95: number | null;
  /**
   * Normalised surface distance: share of the border voxels of both within the tolerance of the other's
   * border. 0 where one is empty; null where both are.
   */
  readonly nsd: number | null;
  /** Components (26 neighbours) of the reference that share a voxel with the prediction, and all of them. */
  readonly hits: number;
  readonly referenceComponents: number;
  /** Components of the prediction that share no voxel with the reference. */
  readonly falseComponents: number;
}

interface ComparedVolumes {
  /** One shape for both; spacing, origin and orientation of their grids are not looked at. */
  readonly reference: PaletteVolume;
  readonly predicted: PaletteVolume;
  readonly regions: readonly Region[];
  /** mm, per array axis. */
  readonly spacing: Triple;
  /** mm, 0 or more. */
  readonly toleranceMm: number;
}

/** HD95 */
const SHARE = 0.95;
/** Spacing is float32 in most files: 0.8 mm is 0.800000012 mm, and still within 0.8 mm. */
const TOLERANCE_SLACK = 1 + 1e-6;

/**
 * The metrics of each region but that of the ignore label, in their order: voxels and Dice as in nnU-Net
 * 2.8.1, `compute_metrics` in `evaluation/evaluate_predictions.py`. Where the *reference* has the ignore
 * label, neither volume has any region. The labels predicted there do not matter, nor does an ignore label
 * of the prediction.
 *
 * Border voxels have a voxel outside the region across one of their six faces; beyond the volume's edge,
 * and under the ignore label, all voxels are outside. Distances are between centres of border voxels, from
 * each side to the other, in one pool; the percentile is `numpy.percentile`'s default.
 *
 * @throws Error for volumes of different shapes, and for a spacing that is not positive
 */
export function regionMetrics({
  reference,
  predicted,
  regions,
  spacing,
  toleranceMm,
}: ComparedVolumes): RegionMetrics[] {
  const [shape, other] = [reference.grid.shape, predicted.grid.shape];
  if (shape.some((n, axis) => n !== other[axis])) {
    throw new Error(`cannot compare volumes of ${shape.join("×")} and ${other.join("×")} voxels`);
  }
  if (!spacing.every((mm) => mm > 0 && Number.isFinite(mm))) {
    throw new Error(`cannot measure distances with a spacing of ${spacing.join(", ")} mm`);
  }
  const readerOf = (volume: PaletteVolume) =>
    maskRunsOf({ kind: "labels", volume }, regionTable(volume.palette, regions));
  const [referenceOf, predictedOf] = [readerOf(reference), readerOf(predicted)];
  const ignoreChannel = regions.findIndex(({ ignore }) => ignore);
  const ignored = ignoreChannel < 0 ? null : referenceOf(ignoreChannel);
  const counted = (runs: MaskRuns) => (ignored ? runsWithout(runs, ignored) : runs);
  return regions.flatMap(({ ignore }, channel) =>
    ignore
      ? []
      : [metricsOf(counted(referenceOf(channel)), counted(predictedOf(channel)), spacing, toleranceMm)],
  );
}

function metricsOf(
  reference: MaskRuns,
  predicted: MaskRuns,
  spacing: Triple,
  toleranceMm: number,
): RegionMetrics {
  const referenceVoxels = voxelsOf(reference);
  const predictedVoxels = voxelsOf(predicted);
  const commonVoxels = voxelsOf(commonRuns(reference, predicted));
  return {
    referenceVoxels,
    predictedVoxels,
    commonVoxels,
    dice: diceOf({ a: referenceVoxels, b: predictedVoxels, both: commonVoxels }),
    ...borderMetrics(reference, predicted, spacing, toleranceMm),
    ...componentMetrics(reference, predicted),
  };
}

function borderMetrics(
  reference: MaskRuns,
  predicted: MaskRuns,
  spacing: Triple,
  toleranceMm: number,
): Pick<RegionMetrics, "hd95" | "nsd"> {
  const [a, b] = [borderRuns(reference), borderRuns(predicted)];
  const [countA, countB] = [voxelsOf(a), voxelsOf(b)];
  if (countA === 0 || countB === 0) return { hd95: null, nsd: countA + countB === 0 ? null : 0 };
  const apart = joined(
    squaredDistances(runsWithout(a, b), b, spacing),
    squaredDistances(runsWithout(b, a), a, spacing),
  ).sort();
  const total = countA + countB;
  // Voxels of both borders have distance 0 and are not measured.
  const zeros = total - apart.length;
  const limit = (toleranceMm * TOLERANCE_SLACK) ** 2;
  const beyond = apart.findIndex((squared) => squared > limit);
  const distanceAt = (place: number) => (place < zeros ? 0 : Math.sqrt(apart[place - zeros] ?? 0));
  const position = (total - 1) * SHARE;
  const below = Math.floor(position);
  const [low, high] = [distanceAt(below), distanceAt(Math.min(below + 1, total - 1))];
  return {
    hd95: low + (high - low) * (position - below),
    nsd: (zeros + (beyond < 0 ? apart.length : beyond)) / total,
  };
}

function joined(a: Float64Array, b: Float64Array): Float64Array {
  const both = new Float64Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

function componentMetrics(
  reference: MaskRuns,
  predicted: MaskRuns,
): Pick<RegionMetrics, "hits" | "referenceComponents" | "falseComponents"> {
  const [ofReference, ofPredicted] = [componentSide(reference), componentSide(predicted)];
  const [firstRow, endRow] = rowsWithRuns(reference);
  for (let row = firstRow; row < endRow; row++) {
    eachCommon(reference, predicted, row, (i, j) => {
      ofReference.touched.add(ofReference.componentOf[i] ?? 0);
      ofPredicted.touched.add(ofPredicted.componentOf[j] ?? 0);
    });
  }
  return {
    hits: ofReference.touched.size,
    referenceComponents: ofReference.count,
    falseComponents: ofPredicted.count - ofPredicted.touched.size,
  };
}

function componentSide(runs: MaskRuns) {
  const { rest, componentOf } = componentsOfRuns(runs, 0, 0);
  return { count: rest.components, componentOf, touched: new Set<number>() };
}
