/**
 * Volumes on the GPU that exceed one binding. Their voxels, in C order, are stored in consecutive slabs; each
 * slab is a buffer or a part of one. Kernels run once per slab and skip the voxels of other slabs.
 */

export interface Slab {
  readonly buffer: GPUBuffer;
  /** Voxels [first, end). */
  readonly first: number;
  readonly end: number;
  /** Offset of the slab in the buffer, in u32s. */
  readonly offset: number;
}

/** Voxels [first, end). */
export interface VoxelRange {
  readonly first: number;
  readonly end: number;
}

/**
 * Splits `voxels` into ranges of at most `most` (and at least `unit`) voxels. All but the last are a multiple
 * of `unit`. Returns no range for no voxels.
 */
export function voxelRanges(voxels: number, most: number, unit = 1): VoxelRange[] {
  const each = most >= voxels ? voxels : Math.max(unit, most - (most % unit));
  return Array.from({ length: Math.ceil(voxels / each) }, (_, i) => ({
    first: i * each,
    end: Math.min(voxels, (i + 1) * each),
  }));
}

/** Intersection of two ranges; null if empty. */
export function sharedRange(a: VoxelRange, b: VoxelRange): VoxelRange | null {
  const [first, end] = [Math.max(a.first, b.first), Math.min(a.end, b.end)];
  return first < end ? { first, end } : null;
}

/**
 * Finds the slices of a scale that may read a slab, as [first, end).
 * @param table source slice of each slice
 * @param sliceVoxels voxels per source slice
 */
export function slicesReading(
  table: ArrayLike<number>,
  sliceVoxels: number,
  { first, end }: VoxelRange,
): readonly [number, number] {
  let [low, high] = [0, 0];
  for (let i = 0; i < table.length; i++) {
    const start = (table[i] ?? 0) * sliceVoxels;
    if (start >= end || start + sliceVoxels <= first) continue;
    if (high === 0) low = i;
    high = i + 1;
  }
  return [low, high];
}
