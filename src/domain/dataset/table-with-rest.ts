/** Adds the labels in no region to a region table, where a page draws them. */
import { channelEntries, type RegionTable } from "./region-table.ts";

/** The table with one more channel: palette entries in no other channel, except background (0 and -1). */
export function tableWithRest(table: RegionTable, palette: Float64Array): RegionTable {
  const { channels, paletteSize } = table;
  const words = Math.ceil((channels + 1) / 32);
  const bits = new Uint32Array(words * paletteSize);
  bits.set(table.bits);
  const word = (channels >>> 5) * paletteSize;
  const held = new Set([...channelEntries(table).entries]);
  for (const [p, value] of palette.entries()) {
    if (held.has(p) || value === 0 || value === -1) continue;
    bits[word + p] = (bits[word + p] ?? 0) | (1 << (channels & 31));
  }
  return { channels: channels + 1, words, paletteSize, bits };
}
