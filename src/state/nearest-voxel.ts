/** An example of a label: the voxel of it that lies nearest to the middle of the volume. */
import { spacingMm, type Triple } from "../domain/grid.ts";
import type { PaletteVolume } from "../domain/palette-volume.ts";

const FOUND = new WeakMap<PaletteVolume, Map<number, Triple | null>>();

/** As {@link nearestVoxel}, by label value, searched once per volume and label. */
export function exampleVoxel(volume: PaletteVolume, label: number): Triple | null {
  let known = FOUND.get(volume);
  if (!known) {
    known = new Map();
    FOUND.set(volume, known);
  }
  const before = known.get(label);
  if (before !== undefined) return before;
  const entry = volume.palette.indexOf(label);
  const found = entry < 0 ? null : nearestVoxel(volume, entry);
  known.set(label, found);
  return found;
}

/**
 * The voxel with a palette index that is nearest to the volume's middle, in mm; null where there is none. Slices are taken
 * from the middle outwards, and the search ends at the first that is farther away than what was found. What it must look
 * at is looked at by the engine's own search, so that tens of millions of voxels without the label cost milliseconds.
 */
export function nearestVoxel({ grid, indices }: PaletteVolume, entry: number): Triple | null {
  const [depth, height, width] = grid.shape;
  const [dzMm, dyMm, dxMm] = spacingMm(grid);
  let best: Triple | null = null;
  let bestMm2 = Number.POSITIVE_INFINITY;
  for (const z of outwards(depth)) {
    const zMm2 = (offset(z, depth) * dzMm) ** 2;
    if (zMm2 >= bestMm2) break;
    const slice = indices.subarray(z * height * width, (z + 1) * height * width);
    if (slice.indexOf(entry) < 0) continue;
    for (const y of outwards(height)) {
      const yMm2 = zMm2 + (offset(y, height) * dyMm) ** 2;
      if (yMm2 >= bestMm2) break;
      const row = slice.subarray(y * width, (y + 1) * width);
      if (row.indexOf(entry) < 0) continue;
      const x = outwards(width).find((at) => row[at] === entry) ?? 0;
      const mm2 = yMm2 + (offset(x, width) * dxMm) ** 2;
      if (mm2 < bestMm2) [best, bestMm2] = [[z, y, x], mm2];
    }
  }
  return best;
}

/** From the middle of an axis, in voxels. */
function offset(at: number, length: number): number {
  return at - (length - 1) / 2;
}

const ORDERS = new Map<number, readonly number[]>();

/** The indices of an axis, those nearest to its middle first. */
function outwards(length: number): readonly number[] {
  const known = ORDERS.get(length);
  if (known) return known;
  const order = Array.from({ length }, (_, i) => i).sort(
    (a, b) => Math.abs(offset(a, length)) - Math.abs(offset(b, length)) || a - b,
  );
  ORDERS.set(length, order);
  return order;
}
