/** Tells whether two label maps are the same. */
import { type PaletteRuns, paletteRuns } from "../../domain/analysis/rle-mask.ts";
import { type Source, sourceGrid } from "../../domain/volume/palette-volume.ts";

/**
 * SHA-256 of the label values and their shape, as hexadecimal digits: equal label maps have equal hashes,
 * whatever their files and their place in space. Masks are equal if they have the same names and voxels.
 *
 * Hashes the runs of equal labels along the last axis, which say the same in fewer bytes.
 * @param runs those of the label volume, where they are known
 */
export async function labelsHash(source: Source, runs: PaletteRuns | null = null): Promise<string> {
  const { shape } = sourceGrid(source);
  if (source.kind === "masks") {
    const { names, bitPlanes } = source.stack;
    const masks: string[] = [];
    for (const bitPlane of bitPlanes) masks.push(await sha256(bitPlane));
    return sha256(text({ shape, names, masks }));
  }
  const { palette } = source.volume;
  const { rowStart, starts, entries } = runs ?? paletteRuns(source.volume);
  const [rows, first, of] = [await sha256(rowStart), await sha256(starts), await sha256(entries)];
  return sha256(text({ shape, values: [...palette], rows, first, of }));
}

const text = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));

async function sha256({
  buffer,
  byteOffset,
  byteLength,
}: Uint8Array | Uint16Array | Int32Array | Uint32Array): Promise<string> {
  if (!(buffer instanceof ArrayBuffer)) throw new Error("Shared memory cannot be hashed.");
  const digest = await crypto.subtle.digest("SHA-256", new Uint8Array(buffer, byteOffset, byteLength));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
