/** Writes a volume as NIfTI, for tools that make their own input. */
import { writeFile } from "node:fs/promises";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { type Grid, spacingMm } from "../src/domain/geometry/grid.ts";

const packed = promisify(gzip);
/** Header size of a single file without extensions. */
const HEADER_BYTES = 352;
const TYPES = { uint8: { code: 2, bits: 8 }, int16: { code: 4, bits: 16 } } as const;

/**
 * @param path compressed if it ends in .gz
 * @param values C order over `grid.shape` (z, y, x), which is NIfTI's own order with i fastest
 */
export async function writeVolume(path: string, grid: Grid, values: Uint8Array | Int16Array): Promise<void> {
  const header = new DataView(new ArrayBuffer(HEADER_BYTES));
  const type = values instanceof Uint8Array ? TYPES.uint8 : TYPES.int16;
  const lengths = [3, ...grid.shape.toReversed(), 1, 1, 1, 1];
  header.setInt32(0, 348, true);
  for (const [i, n] of lengths.entries()) header.setInt16(40 + 2 * i, n, true);
  header.setInt16(70, type.code, true);
  header.setInt16(72, type.bits, true);
  for (const [i, mm] of [1, ...spacingMm(grid).toReversed()].entries())
    header.setFloat32(76 + 4 * i, mm, true);
  header.setFloat32(108, HEADER_BYTES, true);
  header.setFloat32(112, 1, true);
  header.setInt16(254, 1, true);
  for (let row = 0; row < 3; row++) {
    // The file's columns are i, j, k: array axes 2, 1, 0.
    for (const [column, axis] of [2, 1, 0, 3].entries())
      header.setFloat32(280 + 4 * (4 * row + column), grid.toWorld[4 * row + axis] ?? 0, true);
  }
  for (const [i, byte] of [..."n+1\0"].entries()) header.setUint8(344 + i, byte.charCodeAt(0));
  const voxels = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  const bytes = Buffer.concat([new Uint8Array(header.buffer), voxels]);
  await writeFile(path, path.endsWith(".gz") ? await packed(bytes) : bytes);
}
