/**
 * A volume on the GPU that one binding may not hold: its voxels, in C order, lie in consecutive slabs, each a
 * buffer of its own or a part of one. Kernels run once a slab, and pass over voxels that lie in another one.
 */

export interface Slab {
  readonly buffer: GPUBuffer;
  /** The first voxel that it holds, and one past the last. */
  readonly first: number;
  readonly end: number;
  /** u32s of the buffer before the first of it. */
  readonly offset: number;
}

/** Voxels from `first` to before `end`. */
export interface VoxelRange {
  readonly first: number;
  readonly end: number;
}

/**
 * Ranges of at most `most` voxels (and at least `unit`) that hold `voxels`, each but the last a multiple of
 * `unit`; none for none.
 */
export function voxelRanges(voxels: number, most: number, unit = 1): VoxelRange[] {
  const each = most >= voxels ? voxels : Math.max(unit, most - (most % unit));
  return Array.from({ length: Math.ceil(voxels / each) }, (_, i) => ({
    first: i * each,
    end: Math.min(voxels, (i + 1) * each),
  }));
}

/** What two ranges share; null for nothing. */
export function sharedRange(a: VoxelRange, b: VoxelRange): VoxelRange | null {
  const [first, end] = [Math.max(a.first, b.first), Math.min(a.end, b.end)];
  return first < end ? { first, end } : null;
}

/**
 * Of the planes of a scale, those that may read a slab: the first, and one past the last.
 * @param table source plane of each plane
 * @param planeVoxels voxels of a source plane
 */
export function planesReading(
  table: ArrayLike<number>,
  planeVoxels: number,
  { first, end }: VoxelRange,
): readonly [number, number] {
  let [low, high] = [0, 0];
  for (let i = 0; i < table.length; i++) {
    const start = (table[i] ?? 0) * planeVoxels;
    if (start >= end || start + planeVoxels <= first) continue;
    if (high === 0) low = i;
    high = i + 1;
  }
  return [low, high];
}
