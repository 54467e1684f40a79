/** Reads volumes as labels or masks. */
import { InputError, NotLabelsError } from "../../base/errors.ts";
import { bytesText } from "../../base/format-bytes.ts";
import { voxelCount } from "../../domain/geometry/grid.ts";
import { type BuiltPalette, PaletteBuilder } from "../../domain/volume/palette-builder.ts";
import type { PaletteVolume, Source } from "../../domain/volume/palette-volume.ts";
import { stemOf } from "../bytes/input-file.ts";
import { isAllocationError, MemoryError } from "../bytes/memory.ts";
import type { Reading } from "../bytes/progress.ts";
import type { VolumeFile } from "../volume/volume-file.ts";
import { readLayers } from "./read-layers.ts";

/**
 * Limit for one palette index per voxel in one array: a browser's maximum, with room for the rest of the
 * page.
 */
const MAX_LABEL_VOXELS = 2 ** 31;
const MAX_STACK_BYTES = 2 ** 31;

/**
 * Reads a volume as labels: one volume gives a palette volume; several two-valued ones or layers give a stack
 * of masks.
 *
 * @throws NotLabelsError for volumes that cannot be labels, InputError for unreadable ones
 */
export async function readLabels(volume: VolumeFile, reading: Reading): Promise<Source> {
  const { layers } = volume;
  if (volume.notScalar && !layers) {
    throw new NotLabelsError(volume.file, `${volume.notScalar}, not labels`, "Open a label volume");
  }
  const voxels = voxelCount(volume.grid.shape);
  if (voxels > MAX_LABEL_VOXELS) {
    throw new InputError(
      volume.file,
      `its ${volume.grid.shape.join(" × ")} voxels need at least ${bytesText(voxels)} of memory, more than the browser allows`,
      "Crop it or resample it to a lower resolution",
    );
  }
  const masks = layers?.masks.length ?? volume.volumes;
  if (!layers && masks === 1) {
    return withinMemory(volume.file, voxels, async () => ({
      kind: "labels",
      volume: await readPalette(volume, voxels, reading),
    }));
  }
  const bytes = masks * Math.ceil(voxels / 32) * 4;
  if (bytes > MAX_STACK_BYTES) {
    throw new InputError(
      volume.file,
      `its ${masks} masks need ${bytesText(bytes)} of memory, more than the browser allows`,
      "Open fewer masks at a time",
    );
  }
  return withinMemory(volume.file, bytes, async () => ({
    kind: "masks",
    stack: await (layers ? readLayers(volume, layers, voxels, reading) : readStack(volume, voxels, reading)),
  }));
}

async function readPalette(volume: VolumeFile, voxels: number, reading: Reading): Promise<PaletteVolume> {
  const builder = new PaletteBuilder(voxels, volume.file, reading.memory.bytes(voxels));
  const count = reading.counter("Reading labels", volume.file);
  for await (const values of volume.values(count, reading.signal)) builder.add(values);
  return { grid: volume.grid, ...builder.finish(volume.scaling) };
}

async function readStack(volume: VolumeFile, voxels: number, reading: Reading) {
  const bitPlanes: Uint32Array[] = [];
  let builder = new PaletteBuilder(voxels, volume.file);
  let left = voxels;
  const count = reading.counter("Reading masks", volume.file);
  for await (const values of volume.values(count, reading.signal)) {
    for (let at = 0; at < values.length; ) {
      const part = values.subarray(at, at + left);
      builder.add(part);
      at += part.length;
      left -= part.length;
      if (left > 0) continue;
      bitPlanes.push(bitPlane(builder.finish(volume.scaling), volume));
      left = voxels;
      if (bitPlanes.length < volume.volumes) builder = new PaletteBuilder(voxels, volume.file);
    }
  }
  const names = bitPlanes.map((_, i) => `${stemOf(volume.file)} ${i + 1}`);
  return { grid: volume.grid, names, bitPlanes };
}

function bitPlane(built: BuiltPalette, volume: VolumeFile): Uint32Array {
  if (isMask(built.palette)) return packMask(built);
  throw new NotLabelsError(
    volume.file,
    `it has ${volume.volumes} volumes with more than two values each, but only stacks of masks with two values are supported`,
    "Open a single label volume, or masks of 0 and one other value",
  );
}

/**
 * Checks for the values of a mask: 0 and one other. An organ that is absent or everywhere leaves one value.
 */
export function isMask(palette: Float64Array): boolean {
  return palette.length === 1 || (palette.length === 2 && palette.includes(0));
}

/** Packs a mask into bits, voxel i at bit `i & 31` of word `i >>> 5`. */
export function packMask(built: Pick<BuiltPalette, "palette" | "indices">): Uint32Array {
  const { palette, indices } = built;
  const bitPlane = new Uint32Array(Math.ceil(indices.length / 32));
  const inside = palette.findIndex((value) => value !== 0);
  if (inside < 0) return bitPlane;
  for (let i = 0; i < indices.length; i++) {
    if (indices[i] === inside) bitPlane[i >>> 5] = (bitPlane[i >>> 5] as number) | (1 << (i & 31));
  }
  return bitPlane;
}

/** Turns a failed allocation into a sentence. @throws MemoryError, and whatever `read` throws */
export async function withinMemory<T>(file: string, bytes: number, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (isAllocationError(error))
      throw new MemoryError(
        file,
        `there is no memory for the ${bytesText(bytes)} that it needs`,
        "Close other tabs and programs, or resample it to a lower resolution",
      );
    throw error;
  }
}
