/** Reads the regions of one voxel, at full size and at every scale. Pure, on the CPU, one voxel at a time. */
import type { RegionTable } from "../dataset/region-table.ts";
import { type Grid, type Triple, voxelFromWorld, worldFromVoxel } from "../geometry/grid.ts";
import { type PlacedScale, type PlacedTargets, targetVoxel } from "../targets/placed-targets.ts";
import { type PoolingRule, poolsTo, targetCells } from "../targets/pooling.ts";
import type { ImageVolume } from "../volume/image-volume.ts";
import { type Source, sourceGrid } from "../volume/palette-volume.ts";

export interface ScaleProbe {
  /** The scale's voxel that covers the probed one. */
  readonly scaleVoxel: Triple;
  /** The full-size voxel whose value it copied; when pooled, the one that sampling would copy. */
  readonly sourceVoxel: Triple;
  /** Its words as unsigned 32-bit integers: channel c is bit c % 32 of word floor(c / 32). */
  readonly words: readonly number[];
}

/** Offset of a voxel in C order, or -1 outside the shape. */
function voxelOffset(shape: Triple, [z, y, x]: Triple): number {
  const inside = z >= 0 && y >= 0 && x >= 0 && z < shape[0] && y < shape[1] && x < shape[2];
  return inside ? (z * shape[1] + y) * shape[2] + x : -1;
}

/**
 * The words of one full-size voxel.
 * @param table which channels hold each palette entry; null for masks, which have their own bits
 */
export function wordsAt(source: Source, table: RegionTable | null, voxel: Triple): number[] {
  const offset = voxelOffset(sourceGrid(source).shape, voxel);
  if (source.kind === "masks") {
    const { bitPlanes } = source.stack;
    const words = new Array<number>(Math.max(1, Math.ceil(bitPlanes.length / 32))).fill(0);
    if (offset < 0) return words;
    bitPlanes.forEach((bitPlane, c) => {
      const bit = ((bitPlane[offset >>> 5] ?? 0) >>> (offset & 31)) & 1;
      if (bit) words[c >>> 5] = ((words[c >>> 5] ?? 0) | (1 << (c & 31))) >>> 0;
    });
    return words;
  }
  if (!table) return [];
  const entry = offset < 0 ? undefined : source.volume.indices[offset];
  return Array.from({ length: table.words }, (_, w) =>
    entry === undefined ? 0 : (table.bits[w * table.paletteSize + entry] ?? 0) >>> 0,
  );
}

/** True if channel `channel` is set in the words of a voxel. */
export function hasChannel(words: readonly number[], channel: number): boolean {
  return (((words[channel >>> 5] ?? 0) >>> (channel & 31)) & 1) === 1;
}

/**
 * Probes one voxel at every scale. Null for a scale without a voxel for it: the scale collapses, or the voxel
 * lies outside the patch.
 * @param pooling used instead of sampling
 */
export function probeScales(
  source: Source,
  table: RegionTable | null,
  targets: PlacedTargets,
  pooling: PoolingRule | null,
  voxel: Triple,
): (ScaleProbe | null)[] {
  const { first, shape } = targets.inside;
  const beyond = voxel.some(
    (at, axis) => at < (first[axis] ?? 0) || at >= (first[axis] ?? 0) + (shape[axis] ?? 0),
  );
  if (beyond) return targets.scales.map(() => null);
  return targets.scales.map((placed) => {
    const scaleVoxel = targetVoxel(targets, placed, voxel);
    if (!scaleVoxel) return null;
    const [zs, ys, xs] = placed.tables;
    const sourceVoxel: Triple = [zs[scaleVoxel[0]] ?? 0, ys[scaleVoxel[1]] ?? 0, xs[scaleVoxel[2]] ?? 0];
    const words = pooling
      ? pooledWordsAt(source, table, targets, placed, pooling, scaleVoxel)
      : wordsAt(source, table, sourceVoxel);
    return { scaleVoxel, sourceVoxel, words };
  });
}

/** The words of one target voxel, pooled from its cell. */
function pooledWordsAt(
  source: Source,
  table: RegionTable | null,
  { shape, patch, mode }: PlacedTargets,
  { scale }: PlacedScale,
  rule: PoolingRule,
  [cz, cy, cx]: Triple,
): number[] {
  const [cells] = targetCells(shape, patch, [scale], mode);
  if (!cells) return [];
  const along = (axis: 0 | 1 | 2, i: number) =>
    [cells[axis].starts[i] ?? 0, cells[axis].ends[i] ?? 0] as const;
  const [[z0, z1], [y0, y1], [x0, x1]] = [along(0, cz), along(1, cy), along(2, cx)];
  const present: number[] = [];
  for (let z = z0; z < z1; z++)
    for (let y = y0; y < y1; y++)
      for (let x = x0; x < x1; x++) {
        for (const [w, word] of wordsAt(source, table, [z, y, x]).entries()) {
          for (let rest = word; rest !== 0; rest = (rest & (rest - 1)) >>> 0) {
            const channel = w * 32 + 31 - Math.clz32(rest & -rest);
            present[channel] = (present[channel] ?? 0) + 1;
          }
        }
      }
  const voxels = (z1 - z0) * (y1 - y0) * (x1 - x0);
  const words = new Array<number>(wordsAt(source, table, [z0, y0, x0]).length).fill(0);
  for (const [channel, count = 0] of present.entries()) {
    if (!poolsTo(rule, count, voxels)) continue;
    words[channel >>> 5] = ((words[channel >>> 5] ?? 0) | (1 << (channel & 31))) >>> 0;
  }
  return words;
}

/** The label of a voxel, or null for masks and outside the volume. */
export function labelAt(source: Source, voxel: Triple): number | null {
  if (source.kind === "masks") return null;
  const offset = voxelOffset(source.volume.grid.shape, voxel);
  const entry = offset < 0 ? undefined : source.volume.indices[offset];
  return entry === undefined ? null : (source.volume.palette[entry] ?? null);
}

/** The image value nearest to a voxel of the label grid, or null outside the image. */
export function imageValueAt(image: ImageVolume, labelGrid: Grid, voxel: Triple): number | null {
  const at = voxelFromWorld(image.grid, worldFromVoxel(labelGrid, voxel));
  const offset = voxelOffset(image.grid.shape, [Math.round(at[0]), Math.round(at[1]), Math.round(at[2])]);
  return offset < 0 ? null : (image.data[offset] ?? null);
}
