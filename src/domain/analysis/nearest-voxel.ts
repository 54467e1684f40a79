/** Finds an example voxel of a label, mask or region: the one nearest to the middle of the volume. */
import type { Region } from "../dataset/region-set.ts";
import { type Grid, spacingMm, type Triple } from "../geometry/grid.ts";
import type { MaskStack, PaletteVolume, Source } from "../volume/palette-volume.ts";

/** Cache keyed by label value, or by channel of a mask stack. */
const FOUND = new WeakMap<PaletteVolume | MaskStack, Map<number, Triple | null>>();

function once(of: PaletteVolume | MaskStack, key: number, search: () => Triple | null): Triple | null {
  let known = FOUND.get(of);
  if (!known) {
    known = new Map();
    FOUND.set(of, known);
  }
  const before = known.get(key);
  if (before !== undefined) return before;
  const found = search();
  known.set(key, found);
  return found;
}

/** {@link nearestVoxel} by label value, cached per volume and label. */
export function exampleVoxel(volume: PaletteVolume, label: number): Triple | null {
  return once(volume, label, () => {
    const entry = volume.palette.indexOf(label);
    return entry < 0 ? null : nearestVoxel(volume, entry);
  });
}

/**
 * The voxel of one mask that is nearest to the middle, cached per stack and channel; null for an empty mask.
 */
export function exampleMaskVoxel(stack: MaskStack, channel: number): Triple | null {
  return once(stack, channel, () => {
    const bitPlane = stack.bitPlanes[channel] ?? new Uint32Array(0);
    const bit = (at: number) => ((bitPlane[at >>> 5] ?? 0) >>> (at & 31)) & 1;
    return nearest(
      stack.grid,
      (from, to) => anyBit(bitPlane, from, to),
      (at) => bit(at) === 1,
    );
  });
}

/**
 * The voxel of a region that is nearest to the middle; null for an empty region. @param channel the region's
 * channel
 */
export function exampleRegionVoxel(source: Source, region: Region, channel: number): Triple | null {
  if (source.kind === "masks") return exampleMaskVoxel(source.stack, channel);
  const { volume } = source;
  const voxels = region.labels.map((label) => exampleVoxel(volume, label)).filter((voxel) => voxel !== null);
  const [best] = voxels.sort((a, b) => middleMm2(volume.grid, a) - middleMm2(volume.grid, b));
  return best ?? null;
}

/** Squared distance to the middle. */
function middleMm2(grid: Grid, voxel: Triple): number {
  const spacing = spacingMm(grid);
  const middle = middleOf(grid);
  const mm = voxel.map((at, axis) => (at - (middle[axis] ?? 0)) * (spacing[axis] ?? 1));
  return mm.reduce((sum, along) => sum + along * along, 0);
}

/**
 * The voxel with a given palette index that is nearest to the volume's middle, in mm; null without one.
 * Searches slices from the middle outwards and stops at the first that is farther away than the best match.
 * The engine's native `indexOf` scans them, so tens of millions of voxels without the label take
 * milliseconds.
 */
export function nearestVoxel({ grid, indices }: PaletteVolume, entry: number): Triple | null {
  return nearest(
    grid,
    (from, to) => indices.subarray(from, to).indexOf(entry) >= 0,
    (at) => indices[at] === entry,
  );
}

/**
 * The nearest matching voxel, in mm; null without a match.
 * @param holds whether any voxel in `from` up to but excluding `to` matches; called for slices, then rows
 * @param is whether a voxel matches
 * @param centre reference point: by default the volume's middle
 */
export function nearest(
  grid: Grid,
  holds: (from: number, to: number) => boolean,
  is: (at: number) => boolean,
  centre: Triple = middleOf(grid),
): Triple | null {
  const [depth, height, width] = grid.shape;
  const [zs, ys, xs] = [outwards(depth, centre[0]), outwards(height, centre[1]), outwards(width, centre[2])];
  const [dzMm, dyMm, dxMm] = spacingMm(grid);
  let best: Triple | null = null;
  let bestMm2 = Number.POSITIVE_INFINITY;
  for (const z of zs) {
    const zMm2 = ((z - centre[0]) * dzMm) ** 2;
    if (zMm2 >= bestMm2) break;
    if (!holds(z * height * width, (z + 1) * height * width)) continue;
    for (const y of ys) {
      const yMm2 = zMm2 + ((y - centre[1]) * dyMm) ** 2;
      if (yMm2 >= bestMm2) break;
      const row = (z * height + y) * width;
      if (!holds(row, row + width)) continue;
      const x = xs.find((at) => is(row + at));
      if (x === undefined) continue;
      const mm2 = yMm2 + ((x - centre[2]) * dxMm) ** 2;
      if (mm2 < bestMm2) [best, bestMm2] = [[z, y, x], mm2];
    }
  }
  return best;
}

/** True if any bit in `from` up to but excluding `to` is set; the range is not empty. */
function anyBit(bitPlane: Uint32Array, from: number, to: number): boolean {
  const [first, last] = [from >>> 5, (to - 1) >>> 5];
  const [head, tail] = [0xffffffff << (from & 31), 0xffffffff >>> (31 - ((to - 1) & 31))];
  if (first === last) return ((bitPlane[first] ?? 0) & head & tail) !== 0;
  if (((bitPlane[first] ?? 0) & head) !== 0 || ((bitPlane[last] ?? 0) & tail) !== 0) return true;
  return bitPlane.subarray(first + 1, last).some((word) => word !== 0);
}

function middleOf({ shape }: Grid): Triple {
  return [(shape[0] - 1) / 2, (shape[1] - 1) / 2, (shape[2] - 1) / 2];
}

/** The indices of an axis, nearest to a position first; the lower of two equally near first. */
function outwards(length: number, centre: number): readonly number[] {
  const order: number[] = [];
  let below = Math.min(length - 1, Math.floor(centre));
  let above = below + 1;
  while (order.length < length)
    order.push(above >= length || (below >= 0 && centre - below <= above - centre) ? below-- : above++);
  return order;
}
