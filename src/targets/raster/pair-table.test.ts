/** The look-up tables of the raster backend hold the membership that the region table has. */
import { expect, test } from "vitest";
import { byteTable, PAIRS, pairTable } from "./pair-table.ts";

const PALETTE = 5;
// 40 channels: two words per palette entry.
const BITS = Uint32Array.from({ length: 2 * PALETTE }, (_, i) => Math.imul(i + 1, 0x9e3779b1) >>> 0);
const has = (entry: number, channel: number) =>
  ((BITS[(channel >>> 5) * PALETTE + entry] ?? 0) >>> (channel & 31)) & 1;

test("a pair holds eight channels of two voxels", () => {
  const pairs = pairTable(BITS, PALETTE, 40);
  expect(pairs.length).toBe(5 * PAIRS);
  for (let channel = 0; channel < 40; channel++)
    for (let first = 0; first < PALETTE; first++)
      for (let second = 0; second < PALETTE; second++) {
        const entry = pairs[(channel >>> 3) * PAIRS + (first | (second << 8))] ?? 0;
        expect((entry >>> (channel & 7)) & 1).toBe(has(first, channel));
        expect((entry >>> (8 + (channel & 7))) & 1).toBe(has(second, channel));
      }
});

test("a byte is repeated in all four places", () => {
  const bytes = byteTable(BITS, PALETTE, 35);
  expect(bytes.length).toBe(5 * PALETTE);
  for (let channel = 0; channel < 35; channel++)
    for (let entry = 0; entry < PALETTE; entry++)
      for (const place of [0, 8, 16, 24]) {
        const byte = (bytes[(channel >>> 3) * PALETTE + entry] ?? 0) >>> place;
        expect((byte >>> (channel & 7)) & 1).toBe(has(entry, channel));
      }
});
