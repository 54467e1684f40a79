/** The CRC-32 checksum of gzip (RFC 1952, section 8). */

/** Eight tables: `TABLES[256 * n + byte]` is the contribution of a byte that n others follow. */
const TABLES = new Int32Array(8 * 256);
for (let byte = 0; byte < 256; byte++) {
  let rest = byte;
  for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? 0xedb88320 ^ (rest >>> 1) : rest >>> 1;
  TABLES[byte] = rest;
}
for (let i = 256; i < TABLES.length; i++) {
  const before = added(i - 256);
  TABLES[i] = added(before & 255) ^ (before >>> 8);
}

function added(index: number): number {
  return TABLES[index] as number;
}

/** @param before checksum of the preceding bytes; 0 at the start */
export function crc32(bytes: Uint8Array, before = 0): number {
  let crc = ~before;
  let i = 0;
  const at = (index: number) => bytes[index] as number;
  // Eight bytes per iteration keep up with decompression; one at a time would be slower than it.
  for (; i + 8 <= bytes.length; i += 8) {
    crc ^= at(i) | (at(i + 1) << 8) | (at(i + 2) << 16) | (at(i + 3) << 24);
    crc =
      added(7 * 256 + (crc & 255)) ^
      added(6 * 256 + ((crc >>> 8) & 255)) ^
      added(5 * 256 + ((crc >>> 16) & 255)) ^
      added(4 * 256 + (crc >>> 24)) ^
      added(3 * 256 + at(i + 4)) ^
      added(2 * 256 + at(i + 5)) ^
      added(256 + at(i + 6)) ^
      added(at(i + 7));
  }
  for (; i < bytes.length; i++) crc = added((crc ^ at(i)) & 255) ^ (crc >>> 8);
  return ~crc >>> 0;
}
