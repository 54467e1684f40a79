/** What holds at one voxel: at full size and at every scale. Pure, on the CPU, one voxel at a time. */
import type { AxisTables, Scale } from "../domain/deep-supervision.ts";
import { type Grid, type Triple, voxelFromWorld, worldFromVoxel } from "../domain/grid.ts";
import type { ImageVolume } from "../domain/image-volume.ts";
import { type Source, sourceGrid } from "../domain/palette-volume.ts";
import type { RegionTable } from "../domain/region-table.ts";

export interface ScaleProbe {
  /** The voxel of the scale that covers the probed one. */
  readonly scaleVoxel: Triple;
  /** The full-size voxel whose value it took. */
  readonly sourceVoxel: Triple;
  /** Its word or words as unsigned 32-bit integers: channel c is bit c % 32 of word floor(c / 32). */
  readonly words: readonly number[];
}

/** Offset of a voxel in C order, or -1 outside of the shape. */
export function voxelOffset(shape: Triple, [z, y, x]: Triple): number {
  const inside = z >= 0 && y >= 0 && x >= 0 && z < shape[0] && y < shape[1] && x < shape[2];
  return inside ? (z * shape[1] + y) * shape[2] + x : -1;
}

/** The voxel of a scale that covers a full-size voxel: min(floor(v · n_s / n), n_s − 1) per axis. */
export function scaleVoxelOf(voxel: Triple, fullShape: Triple, scaleShape: Triple): Triple {
  const along = (axis: 0 | 1 | 2) =>
    Math.min(Math.floor((voxel[axis] * scaleShape[axis]) / fullShape[axis]), scaleShape[axis] - 1);
  return [along(0), along(1), along(2)];
}

/**
 * The words of one full-size voxel.
 * @param table membership of the palette entries; null for masks, which carry their own bits
 */
export function wordsAt(source: Source, table: RegionTable | null, voxel: Triple): number[] {
  const offset = voxelOffset(sourceGrid(source).shape, voxel);
  if (source.kind === "masks") {
    const { planes } = source.stack;
    const words = new Array<number>(Math.max(1, Math.ceil(planes.length / 32))).fill(0);
    if (offset < 0) return words;
    planes.forEach((plane, c) => {
      const bit = ((plane[offset >>> 5] ?? 0) >>> (offset & 31)) & 1;
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
export function holds(words: readonly number[], channel: number): boolean {
  return (((words[channel >>> 5] ?? 0) >>> (channel & 31)) & 1) === 1;
}

/** The probe of one voxel at every scale; null where a scale has no voxels. */
export function probeScales(
  source: Source,
  table: RegionTable | null,
  scales: readonly Scale[],
  tables: readonly AxisTables[],
  voxel: Triple,
): (ScaleProbe | null)[] {
  const { shape } = sourceGrid(source);
  return scales.map((scale, i) => {
    const axes = tables[i];
    if (!axes || scale.collapses) return null;
    const scaleVoxel = scaleVoxelOf(voxel, shape, scale.shape);
    const sourceVoxel: Triple = [
      axes[0][scaleVoxel[0]] ?? 0,
      axes[1][scaleVoxel[1]] ?? 0,
      axes[2][scaleVoxel[2]] ?? 0,
    ];
    return { scaleVoxel, sourceVoxel, words: wordsAt(source, table, sourceVoxel) };
  });
}

/** The label of a voxel, or null for masks and outside of the volume. */
export function labelAt(source: Source, voxel: Triple): number | null {
  if (source.kind === "masks") return null;
  const offset = voxelOffset(source.volume.grid.shape, voxel);
  const entry = offset < 0 ? undefined : source.volume.indices[offset];
  return entry === undefined ? null : (source.volume.palette[entry] ?? null);
}

/** The image's value nearest to a voxel of the label grid, or null outside of the image. */
export function imageValueAt(image: ImageVolume, labelGrid: Grid, voxel: Triple): number | null {
  const at = voxelFromWorld(image.grid, worldFromVoxel(labelGrid, voxel));
  const offset = voxelOffset(image.grid.shape, [Math.round(at[0]), Math.round(at[1]), Math.round(at[2])]);
  return offset < 0 ? null : (image.data[offset] ?? null);
}
