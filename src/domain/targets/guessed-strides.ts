/** Guesses strides for a case without plans: those that nnU-Net's planner would start with. */
import { type Grid, spacingMm, type Triple } from "../geometry/grid.ts";
import { roundHalfEven } from "./deep-supervision.ts";

/** Minimum length of any feature map axis (`UNet_featuremap_min_edge_length`). */
const SHORTEST = 4;
/** Edge length, in voxels, of the planner's initial patch for isotropic voxels. */
const START_3D = 256;
const START_2D = 2048;

/**
 * Halves an axis while its spacing is within a factor of 2 of the finest axis that can be halved; lengths
 * round up. This is `get_pool_and_conv_props` of nnU-Net 2.8.1 (network_topology.py of its planners).
 *
 * @param spacing in mm, per array axis
 * @param patch in voxels, per array axis
 * @returns one stride per network stage and axis; the first network stage is the full size
 */
export function plannedStrides(spacing: readonly number[], patch: readonly number[]): number[][] {
  const spacingNow = [...spacing];
  const length = [...patch];
  const strides = [patch.map(() => 1)];
  for (;;) {
    const long = axes(length).filter((axis) => at(length, axis) >= 2 * SHORTEST);
    const finest = Math.min(...long.map((axis) => at(spacingNow, axis)));
    const halved = long.filter((axis) => at(spacingNow, axis) / finest < 2);
    const [only] = halved;
    // An axis halved on its own has to be longer.
    if (only === undefined || (halved.length === 1 && at(length, only) < 3 * SHORTEST)) return strides;
    for (const axis of halved) {
      spacingNow[axis] = at(spacingNow, axis) * 2;
      length[axis] = Math.ceil(at(length, axis) / 2);
    }
    strides.push(patch.map((_, axis) => (halved.includes(axis) ? 2 : 1)));
  }
}

/**
 * The planner's initial patch (`ExperimentPlanner.get_plans_for_configuration`): as many voxels as 256³, or
 * 2048² in 2D, with edges in proportion to the spacing and no larger than the case. The planner then shrinks
 * it until it fits into GPU memory, which this does not repeat.
 *
 * @param spacing in mm, per array axis: 2 or 3 of them
 * @param shape in voxels, per array axis
 */
export function startPatch(spacing: readonly number[], shape: readonly number[]): number[] {
  const edge = spacing.length === 2 ? START_2D : START_3D;
  const perMm = spacing.map((mm) => 1 / mm);
  const volume = perMm.reduce((product, n) => product * n, 1);
  const factor = (edge ** spacing.length / volume) ** (1 / spacing.length);
  return perMm.map((n, axis) => Math.min(roundHalfEven(n * factor), at(shape, axis)));
}

/**
 * The guess for a case, with the spacing that its reader passes on. Axes are not transposed; a case of one
 * slice counts as 2D.
 * @returns per network stage, per array axis
 */
export function guessedStrides(grid: Grid, spacing: Triple = spacingMm(grid)): Triple[] {
  const { shape } = grid;
  const isFlat = shape.filter((n) => n === 1).length === 1;
  const kept = axes(shape).filter((axis) => !isFlat || shape[axis] !== 1);
  const [mm, voxels] = [kept.map((axis) => at(spacing, axis)), kept.map((axis) => at(shape, axis))];
  const full = (networkStage: readonly number[], axis: number) => networkStage[kept.indexOf(axis)] ?? 1;
  return plannedStrides(mm, startPatch(mm, voxels)).map((networkStage) => [
    full(networkStage, 0),
    full(networkStage, 1),
    full(networkStage, 2),
  ]);
}

function axes(of: readonly unknown[]): number[] {
  return of.map((_, axis) => axis);
}

function at(of: readonly number[], axis: number): number {
  return of[axis] ?? 1;
}
