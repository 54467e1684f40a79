/** Places targets in the case: viewers and counts use them for the whole case or for one training patch. */
import type { Triple } from "../geometry/grid.ts";
import {
  type AxisTables,
  type SamplingMode,
  type Scale,
  sourceIndices,
  type Trainer,
} from "./deep-supervision.ts";
import { type Patch, patchInside, patchTargets, tablesShape } from "./patch.ts";

export interface PlacedScale {
  readonly scale: Scale;
  /** Voxels of the case that are copied, per axis. */
  readonly tables: AxisTables;
  /** Lengths of the tables: the scale's, without what lies in a patch's padding. */
  readonly shape: Triple;
  /** Target voxels before the first in the tables, per axis: not 0 if a patch extends past the case. */
  readonly skipped: Triple;
}

export interface PlacedTargets {
  /** Shape of the case, in voxels. */
  readonly shape: Triple;
  /** Null for the whole case. */
  readonly patch: Patch | null;
  readonly mode: SamplingMode;
  readonly scales: readonly PlacedScale[];
  /** The part of the case that they cover: first voxel and lengths. */
  readonly inside: { readonly first: Triple; readonly shape: Triple };
}

/** @param shape of the case, @param strides per network stage and @param trainer as in `scalesOf` */
export function placedTargets(
  shape: Triple,
  patch: Patch | null,
  strides: readonly Triple[],
  mode: SamplingMode,
  trainer: Trainer = "default",
): PlacedTargets {
  const { scales, tables } = patchTargets(shape, patch, strides, mode, trainer);
  const whole: Patch = { origin: [0, 0, 0], size: shape };
  return {
    shape,
    patch,
    mode,
    scales: scales.map((scale, s): PlacedScale => {
      const axes = tables[s] ?? ([NOTHING, NOTHING, NOTHING] as const);
      return { scale, tables: axes, shape: tablesShape(axes), skipped: skippedOf(patch, scale, mode) };
    }),
    inside: patchInside(shape, patch ?? whole),
  };
}

const NOTHING = new Uint32Array(0);

function skippedOf(patch: Patch | null, scale: Scale, mode: SamplingMode): Triple {
  const along = (axis: 0 | 1 | 2) => {
    const origin = patch?.origin[axis] ?? 0;
    if (!patch || origin >= 0 || scale.collapses) return 0;
    return sourceIndices(patch.size[axis], scale.shape[axis], mode).filter((at) => at + origin < 0).length;
  };
  return [along(0), along(1), along(2)];
}

/**
 * The full-size voxels that one axis of a scale covers, its number of target voxels, and where both start.
 */
interface AxisPlacement {
  readonly origin: number;
  readonly size: number;
  readonly count: number;
  readonly skipped: number;
}

export function axisPlacement(
  { patch, shape }: Pick<PlacedTargets, "patch" | "shape">,
  { scale, skipped }: Pick<PlacedScale, "scale" | "skipped">,
  axis: 0 | 1 | 2,
): AxisPlacement {
  return {
    origin: patch?.origin[axis] ?? 0,
    size: patch?.size[axis] ?? shape[axis],
    count: scale.shape[axis],
    skipped: skipped[axis],
  };
}

/**
 * Maps a full-size position (voxel i covers [i, i + 1)) to a position along an axis of the tables, possibly
 * outside them.
 */
export function targetPosition({ origin, size, count, skipped }: AxisPlacement, position: number): number {
  return ((position - origin) * count) / size - skipped;
}

/**
 * The target voxel, counted along the tables, that contains the centre of a full-size voxel; null outside the
 * tables, and if the scale collapses.
 */
export function targetVoxel(targets: PlacedTargets, placed: PlacedScale, voxel: Triple): Triple | null {
  const along = (axis: 0 | 1 | 2) =>
    Math.floor(targetPosition(axisPlacement(targets, placed, axis), voxel[axis] + 0.5));
  const at: Triple = [along(0), along(1), along(2)];
  return at.every((i, axis) => i >= 0 && i < (placed.shape[axis] ?? 0)) ? at : null;
}
