/**
 * Plain versions of the kernels, which the GPU must match bit for bit. Those that only tests run are in
 * `testing`.
 */
import type { RegionTable } from "../dataset/region-table.ts";
import type { Triple } from "../geometry/grid.ts";
import { voxelCount } from "../geometry/grid.ts";
import { strideOf } from "../geometry/transpose.ts";
import { type MaskStack, type PaletteVolume, type Source, sourceGrid } from "../volume/palette-volume.ts";
import type { AxisTables } from "./deep-supervision.ts";

/** Packs a label volume's channels into words: result[word * voxels + voxel]. */
export function encodeWords(volume: PaletteVolume, table: RegionTable): Uint32Array {
  const { indices } = volume;
  const voxels = indices.length;
  const out = new Uint32Array(table.words * voxels);
  for (let word = 0; word < table.words; word++) {
    const bits = table.bits.subarray(word * table.paletteSize, (word + 1) * table.paletteSize);
    const to = word * voxels;
    for (let i = 0; i < voxels; i++) out[to + i] = bits[indices[i] ?? 0] ?? 0;
  }
  return out;
}

/** Packs separate masks into words: result[word * voxels + voxel]. */
export function packMasks(stack: MaskStack): Uint32Array {
  const voxels = voxelCount(stack.grid.shape);
  const out = new Uint32Array(Math.ceil(stack.bitPlanes.length / 32) * voxels);
  stack.bitPlanes.forEach((bitPlane, channel) => {
    const to = (channel >>> 5) * voxels;
    const bit = 1 << (channel & 31);
    for (let w = 0; w * 32 < voxels; w++) {
      let set = bitPlane[w] ?? 0;
      while (set !== 0) {
        const low = 31 - Math.clz32(set & -set);
        set &= set - 1;
        const i = w * 32 + low;
        // The last word may hold bits beyond the volume.
        if (i < voxels) out[to + i] = (out[to + i] ?? 0) | bit;
      }
    }
  });
  return out;
}

/** One channel at full size, 0 or 1 per voxel. Only labels need `table`. */
export function maskOf(source: Source, table: RegionTable | null, channel: number): Uint8Array {
  const out = new Uint8Array(voxelCount(sourceGrid(source).shape));
  if (source.kind === "masks") {
    const bitPlane = source.stack.bitPlanes[channel] ?? new Uint32Array(0);
    for (let i = 0; i < out.length; i++) out[i] = ((bitPlane[i >>> 5] ?? 0) >>> (i & 31)) & 1;
    return out;
  }
  if (!table) throw new Error("a channel of a label volume needs the region table");
  const from = (channel >>> 5) * table.paletteSize;
  const member = Uint8Array.from(
    { length: table.paletteSize },
    (_, p) => ((table.bits[from + p] ?? 0) >>> (channel & 31)) & 1,
  );
  const { indices } = source.volume;
  for (let i = 0; i < out.length; i++) out[i] = member[indices[i] ?? 0] ?? 0;
  return out;
}

/** Copies the voxels that the tables name, from data with one number per voxel in C order over `shape`. */
export function downsample<T extends Uint8Array | Uint16Array | Uint32Array>(
  data: T,
  shape: Triple,
  tables: AxisTables,
): T {
  const [zs, ys, xs] = tables;
  const [dz, dy] = strideOf(shape);
  const out = new (data.constructor as new (length: number) => T)(zs.length * ys.length * xs.length);
  let to = 0;
  for (const z of zs)
    for (const y of ys) {
      const row = z * dz + y * dy;
      for (let x = 0; x < xs.length; x++) out[to++] = data[row + (xs[x] ?? 0)] ?? 0;
    }
  return out;
}

/** Counts the voxels of every channel in a bitmap. */
export function countRegions(words: Uint32Array, voxels: number, channels: number): number[] {
  const counts = new Float64Array(Math.ceil(channels / 32) * 32);
  for (let from = 0, base = 0; base < channels; from += voxels, base += 32) {
    for (let i = 0; i < voxels; i++) {
      let set = words[from + i] ?? 0;
      while (set !== 0) {
        const channel = base + 31 - Math.clz32(set & -set);
        counts[channel] = (counts[channel] ?? 0) + 1;
        set &= set - 1;
      }
    }
  }
  return [...counts.subarray(0, channels)];
}
