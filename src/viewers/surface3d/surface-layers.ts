/**
 * Encodes shown regions for the kernels: which voxels are shown at all, and the colour of the topmost region.
 * Pure.
 */
import type { Rgb } from "../../base/oklab.ts";
import type { RegionTable } from "../../domain/dataset/region-table.ts";
import type { SurfaceLayer } from "./surface-scene.ts";

/** Packs a colour into a u32 with red in the lowest byte. Opaque by default, and then never 0. */
export function packedColor([r, g, b]: Rgb, opacity = 1): number {
  const byte = (c: number) => Math.round(Math.min(1, Math.max(0, c)) * 255);
  return (byte(r) | (byte(g) << 8) | (byte(b) << 16) | (byte(opacity) << 24)) >>> 0;
}

export const opacityOf = ({ opacity = 1 }: SurfaceLayer): number => opacity;

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
  for (const [i, layer] of shown.toReversed().entries()) {
    const { channel, color } = layer;
    const word = channel >>> 5;
    records[word] = ((records[word] ?? 0) | (1 << (channel & 31))) >>> 0;
    records[words + 2 * i] = channel;
    records[words + 2 * i + 1] = packedColor(color, opacityOf(layer));
  }
  return records;
}

/** What raymarch-transparent.wgsl reads of the layers of labels. */
interface TransparentRecords {
  readonly records: Uint32Array;
  readonly layerCount: number;
  /** Words of bits per palette entry; 0 if each entry is a layer of its own. */
  readonly layerWords: number;
}

/**
 * Returns the colours of layers, topmost first, and which of them contain each palette entry; with colours of
 * the entries themselves, only these, each as opaque as the most opaque layer that contains it.
 */
export function transparentRecords(
  table: RegionTable,
  layers: readonly SurfaceLayer[],
  own: readonly Rgb[] | null = null,
): TransparentRecords {
  const shown = layers.filter(({ channel }) => channel >= 0 && channel < table.channels).toReversed();
  const holds = ({ channel }: SurfaceLayer, entry: number) =>
    (((table.bits[(channel >>> 5) * table.paletteSize + entry] ?? 0) >>> (channel & 31)) & 1) === 1;
  if (own) {
    const records = Uint32Array.from({ length: table.paletteSize }, (_, entry) => {
      const opacity = Math.max(0, ...shown.filter((layer) => holds(layer, entry)).map(opacityOf));
      return opacity > 0 ? packedColor(own[entry] ?? [0, 0, 0], opacity) : 0;
    });
    return { records, layerCount: 0, layerWords: 0 };
  }
  const layerCount = shown.length;
  const layerWords = Math.max(1, Math.ceil(layerCount / 32));
  const records = new Uint32Array(layerCount + layerWords * table.paletteSize);
  for (const [i, layer] of shown.entries()) {
    records[i] = packedColor(layer.color, opacityOf(layer));
    for (let entry = 0; entry < table.paletteSize; entry++) {
      if (!holds(layer, entry)) continue;
      const at = layerCount + entry * layerWords + (i >>> 5);
      records[at] = ((records[at] ?? 0) | (1 << (i & 31))) >>> 0;
    }
  }
  return { records, layerCount, layerWords };
}
