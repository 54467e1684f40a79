/** Prepares what each path uploads, on the CPU, with plain loops over typed arrays. */
import type { RegionTable } from "../../domain/dataset/region-table.ts";
import type { MaskStack, PaletteVolume } from "../../domain/volume/palette-volume.ts";
import type { Block } from "../core/block.ts";

function blockIndices(volume: PaletteVolume, block: Block): Uint8Array | Uint16Array {
  const from = block.firstVoxel;
  return volume.indices.subarray(from, from + block.voxels);
}

/**
 * Fills byte masks of a block, `[channel][block.stride]`, one pass per channel. Looks 8-bit indices up two at
 * a time, which halves the loads and stores of a plain loop.
 */
export function fillMasks(volume: PaletteVolume, table: RegionTable, block: Block, out: Uint8Array): void {
  const indices = blockIndices(volume, block);
  const paired = indices instanceof Uint8Array && (indices.byteOffset & 1) === 0;
  const member = new Uint8Array(table.paletteSize);
  const pairs = paired ? new Uint16Array(indices.buffer, indices.byteOffset, block.voxels >> 1) : null;
  const pairMember = pairs ? new Uint16Array(65536) : null;
  for (let c = 0; c < block.channels; c++) {
    const channel = block.firstChannel + c;
    const base = (channel >>> 5) * table.paletteSize;
    for (let p = 0; p < table.paletteSize; p++) {
      member[p] = ((table.bits[base + p] ?? 0) >>> (channel & 31)) & 1;
    }
    const start = c * block.stride;
    if (pairs && pairMember) {
      fillPairTable(member, pairMember);
      const pairBytes = new Uint16Array(out.buffer, out.byteOffset + start, pairs.length);
      for (let i = 0; i < pairs.length; i++) pairBytes[i] = pairMember[pairs[i] as number] as number;
      if (block.voxels & 1) {
        out[start + block.voxels - 1] = member[indices[block.voxels - 1] as number] as number;
      }
    } else {
      for (let i = 0; i < block.voxels; i++) out[start + i] = member[indices[i] as number] as number;
    }
  }
}

/** Fills a table with the membership of every pair of 8-bit palette indices, as two bytes. */
function fillPairTable(member: Uint8Array, pairMember: Uint16Array): void {
  const size = member.length;
  for (let high = 0; high < size; high++) {
    const shifted = (member[high] as number) << 8;
    for (let low = 0; low < size; low++) pairMember[(high << 8) | low] = shifted | (member[low] as number);
  }
}

/** Fills words of a block, `[word][block.stride]`, with one look-up per voxel and word. */
export function fillWords(volume: PaletteVolume, table: RegionTable, block: Block, out: Uint32Array): void {
  const indices = blockIndices(volume, block);
  for (let w = 0; w < block.words; w++) {
    const base = ((block.firstChannel >>> 5) + w) * table.paletteSize;
    const bits = table.bits.subarray(base, base + table.paletteSize);
    const start = w * block.stride;
    for (let i = 0; i < block.voxels; i++) out[start + i] = bits[indices[i] as number] as number;
  }
}

/** Reads 32 bits of a bit plane, starting at bit `at`. */
function bitsAt(bitPlane: Uint32Array, at: number): number {
  const word = at >>> 5;
  const shift = at & 31;
  const low = (bitPlane[word] ?? 0) >>> shift;
  return shift === 0 ? low : low | ((bitPlane[word + 1] ?? 0) << (32 - shift));
}

/** Fills byte masks of a block from a mask stack: every bit becomes a byte. */
export function expandMasks(stack: MaskStack, block: Block, out: Uint8Array): void {
  const from = block.firstVoxel;
  for (let c = 0; c < block.channels; c++) {
    const bitPlane = stack.bitPlanes[block.firstChannel + c];
    if (!bitPlane) continue;
    const start = c * block.stride;
    for (let i = 0; i < block.voxels; i += 32) {
      const bits = bitsAt(bitPlane, from + i);
      const n = Math.min(32, block.voxels - i);
      if (bits === 0) out.fill(0, start + i, start + i + n);
      else for (let b = 0; b < n; b++) out[start + i + b] = (bits >>> b) & 1;
    }
  }
}

/** Fills words of a block from a mask stack by transposing 32 bit planes of 32 bits at a time. */
export function transposeMasks32(stack: MaskStack, block: Block, out: Uint32Array): void {
  const from = block.firstVoxel;
  const square = new Uint32Array(32);
  for (let w = 0; w < block.words; w++) {
    const start = w * block.stride;
    const channels = Math.min(32, block.channels - w * 32);
    const bitPlanes = Array.from(
      { length: channels },
      (_, k) => stack.bitPlanes[block.firstChannel + w * 32 + k] ?? new Uint32Array(0),
    );
    for (let i = 0; i < block.voxels; i += 32) {
      const n = Math.min(32, block.voxels - i);
      let any = 0;
      for (let k = 0; k < channels; k++) {
        const bits = bitsAt(bitPlanes[k] as Uint32Array, from + i);
        square[k] = bits;
        any |= bits;
      }
      if (any === 0) {
        out.fill(0, start + i, start + i + n);
        continue;
      }
      square.fill(0, channels);
      transpose32(square);
      for (let b = 0; b < n; b++) out[start + i + b] = square[b] as number;
    }
  }
}

/**
 * Transposes a 32x32 bit matrix in place: bit b of row r becomes bit r of row b (Hacker's Delight, section
 * 7-3).
 */
function transpose32(rows: Uint32Array): void {
  let bitMask = 0x0000ffff;
  for (let j = 16; j !== 0; j >>>= 1, bitMask ^= bitMask << j) {
    for (let k = 0; k < 32; k = (k + j + 1) & ~j) {
      const upper = rows[k] as number;
      const lower = rows[k + j] as number;
      const moved = ((upper >>> j) ^ lower) & bitMask;
      rows[k] = upper ^ (moved << j);
      rows[k + j] = lower ^ moved;
    }
  }
}
