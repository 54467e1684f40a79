/**
 * Encodes shown regions for the kernels: which voxels are shown at all, and the colour of the topmost region.
 * Pure.
 */
import type { Rgb } from "../../base/oklab.ts";
import type { RegionTable } from "../../domain/dataset/region-table.ts";
import type { SurfaceLayer } from "./surface-scene.ts";

/** Packs a colour into a u32 with red in the lowest byte. It is opaque, so it is never 0. */
export function packedColor([r, g, b]: Rgb): number {
  const byte = (c: number) => Math.round(Math.min(1, Math.max(0, c)) * 255);
  return (byte(r) | (byte(g) << 8) | (byte(b) << 16) | (0xff << 24)) >>> 0;
}

/**
 * Returns the colour of each palette entry, 0 if no layer contains it. Labels need only this.
 * @param own colours of the entries themselves, instead of the layers'
 */
export function entryColors(
  table: RegionTable,
  layers: readonly SurfaceLayer[],
  own: readonly Rgb[] | null = null,
): Uint32Array {
  const colors = new Uint32Array(table.paletteSize);
  for (const { channel, color } of layers) {
    if (channel < 0 || channel >= table.channels) continue;
    const first = (channel >>> 5) * table.paletteSize;
    const bit = 1 << (channel & 31);
    const packed = packedColor(color);
    for (let p = 0; p < table.paletteSize; p++) {
      if (((table.bits[first + p] ?? 0) & bit) === 0) continue;
      const ofEntry = own?.[p];
      colors[p] = ofEntry ? packedColor(ofEntry) : packed;
    }
  }
  return colors;
}

/**
 * Returns the bits of the shown channels, word by word, then channel and colour of each layer, topmost first.
 */
export function layerRecords(channels: number, words: number, layers: readonly SurfaceLayer[]): Uint32Array {
  const shown = layers.filter(({ channel }) => channel >= 0 && channel < channels);
  const records = new Uint32Array(words + 2 * shown.length);
  for (const [i, { channel, color }] of shown.toReversed().entries()) {
    const word = channel >>> 5;
    records[word] = ((records[word] ?? 0) | (1 << (channel & 31))) >>> 0;
    records[words + 2 * i] = channel;
    records[words + 2 * i + 1] = packedColor(color);
  }
  return records;
}
