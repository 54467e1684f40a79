/** Compares two masks in the slow, obvious way, to test the fast one. */
import { type Triple, voxelCount } from "../geometry/grid.ts";
import type { RegionMetrics } from "../metrics/region-metrics.ts";
import { floodFill } from "./flood-fill.ts";

/** Metrics of two masks (1 for voxels in it, C order), from all pairs of border voxels. */
export function bruteForceMetrics(
  reference: Uint8Array,
  predicted: Uint8Array,
  shape: Triple,
  spacing: Triple,
  toleranceMm: number,
): RegionMetrics {
  const count = (mask: ArrayLike<number>) => Array.from(mask).reduce((sum, bit) => sum + bit, 0);
  const [referenceVoxels, predictedVoxels] = [count(reference), count(predicted)];
  const commonVoxels = count(reference.map((bit, i) => bit & (predicted[i] ?? 0)));
  const [a, b] = [bordersOf(reference, shape), bordersOf(predicted, shape)];
  const pooled = [...nearestOf(a, b, spacing), ...nearestOf(b, a, spacing)].sort((one, two) => one - two);
  const parts = floodFill(reference, shape);
  const predictedParts = floodFill(predicted, shape);
  const hit = (members: readonly number[], mask: Uint8Array) => members.some((i) => mask[i] === 1);
  return {
    referenceVoxels,
    predictedVoxels,
    commonVoxels,
    dice:
      referenceVoxels + predictedVoxels === 0
        ? null
        : (2 * commonVoxels) / (referenceVoxels + predictedVoxels),
    hd95: a.length > 0 && b.length > 0 ? percentile95(pooled) : null,
    nsd: pooled.length > 0 ? pooled.filter((mm) => mm <= toleranceMm + 1e-6).length / pooled.length : null,
    hits: parts.filter((members) => hit(members, predicted)).length,
    referenceComponents: parts.length,
    falseComponents: predictedParts.filter((members) => !hit(members, reference)).length,
  };
}

/** Voxels of a mask with one of their six neighbours outside it. */
export function bordersOf(mask: Uint8Array, shape: Triple): Triple[] {
  const [depth, height, width] = shape;
  const at = ([z, y, x]: Triple) =>
    z < 0 || y < 0 || x < 0 || z >= depth || y >= height || x >= width
      ? 0
      : (mask[(z * height + y) * width + x] ?? 0);
  return Array.from({ length: voxelCount(shape) }, (_, i): Triple => {
    return [Math.floor(i / (height * width)), Math.floor(i / width) % height, i % width];
  }).filter((voxel) => {
    const [z, y, x] = voxel;
    const neighbours: readonly Triple[] = [
      [z - 1, y, x],
      [z + 1, y, x],
      [z, y - 1, x],
      [z, y + 1, x],
      [z, y, x - 1],
      [z, y, x + 1],
    ];
    return at(voxel) === 1 && neighbours.some((neighbour) => at(neighbour) === 0);
  });
}

/** Distance of each voxel to the nearest of others, mm; infinite without others. */
export function nearestOf(from: readonly Triple[], to: readonly Triple[], spacing: Triple): number[] {
  return from.map((voxel) => {
    const step = (axis: 0 | 1 | 2, at: number) => (voxel[axis] - at) * spacing[axis];
    let least = Number.POSITIVE_INFINITY;
    // Math.hypot for each pair would take most of the tests' time.
    for (const [z, y, x] of to) least = Math.min(least, step(0, z) ** 2 + step(1, y) ** 2 + step(2, x) ** 2);
    return Math.sqrt(least);
  });
}

function percentile95(sorted: readonly number[]): number {
  const position = (sorted.length - 1) * 0.95;
  const low = sorted[Math.floor(position)] ?? Number.NaN;
  const high = sorted[Math.ceil(position)] ?? Number.NaN;
  return low + (high - low) * (position % 1);
}
