/** Writes gzip files of several members for tests, like bgzip and others. */
import { deflateRawSync, gzipSync } from "node:zlib";
import { concat } from "./write-nifti.ts";

/** bgzip's limit for a block, so that the packed length fits 16 bits. */
const BLOCK_BYTES = 0xff00;

/** Equivalent of `gzip a; gzip b; cat a.gz b.gz`. */
export function gzipMembers(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  return concat(parts.map((part) => gzipSync(part, { level: 1 })));
}

/**
 * Equivalent of HTSlib's bgzip: blocks that give their own length in an extra field, and an empty last block.
 */
export function bgzip(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const blocks: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += BLOCK_BYTES)
    blocks.push(block(bytes.subarray(at, at + BLOCK_BYTES)));
  return concat([...blocks, block(new Uint8Array(0))]);
}

/** @param most bytes per part */
export function inParts(bytes: Uint8Array, most: number): Uint8Array[] {
  const count = Math.ceil(bytes.length / most);
  return Array.from({ length: count }, (_, i) => bytes.subarray(i * most, (i + 1) * most));
}

function block(bytes: Uint8Array): Uint8Array {
  const packed = deflateRawSync(bytes, { level: 1 });
  const header = [0x1f, 0x8b, 8, 4, 0, 0, 0, 0, 0, 0xff, 6, 0, 0x42, 0x43, 2, 0];
  const length = header.length + 2 + packed.length + 8;
  // Take checksum and length from another writer.
  const trailer = gzipSync(bytes, { level: 1 }).subarray(-8);
  return concat([Uint8Array.of(...header, (length - 1) & 255, (length - 1) >>> 8), packed, trailer]);
}
