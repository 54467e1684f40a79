/** Reads the grey image of a case. */
import { InputError } from "../../base/errors.ts";
import { bytesText } from "../../base/format-bytes.ts";
import { voxelCount } from "../../domain/geometry/grid.ts";
import type { ImageVolume } from "../../domain/volume/image-volume.ts";
import type { Scaling } from "../../domain/volume/palette-builder.ts";
import type { Reading } from "../bytes/progress.ts";
import type { SampleArray } from "../bytes/sample-decoder.ts";
import type { VolumeFile } from "../volume/volume-file.ts";
import { withinMemory } from "./read-labels.ts";

const MAX_IMAGE_BYTES = 2 ** 31;

/**
 * Reads a volume as the grey image behind the masks; the first volume of a 4D file. Turns values that are not
 * finite into NaN, which means "no image here", and counts them in a notice.
 *
 * @throws InputError
 */
export async function readImage(
  volume: VolumeFile,
  reading: Reading,
): Promise<{ readonly image: ImageVolume; readonly notices: readonly string[] }> {
  if (volume.notScalar) {
    throw new InputError(volume.file, `${volume.notScalar}, not grey values`, "Open a grey image");
  }
  const voxels = voxelCount(volume.grid.shape);
  if (voxels * 4 > MAX_IMAGE_BYTES) {
    throw new InputError(
      volume.file,
      `as an image it needs ${bytesText(voxels * 4)} of memory, more than the browser allows`,
      "Resample it to a lower resolution first",
    );
  }
  return withinMemory(volume.file, voxels * 4, () => readVoxels(volume, voxels, reading));
}

/**
 * Reads all volumes of a 4D file, one after the other into the same memory: each is valid until the next is
 * requested. Values that are not finite stay.
 *
 * @throws InputError
 */
export async function* readVolumes(volume: VolumeFile, reading: Reading): AsyncGenerator<ImageVolume> {
  const { file, grid } = volume;
  const voxels = voxelCount(grid.shape);
  const data = await withinMemory(file, voxels * 4, async () => new Float32Array(voxels));
  const scaling = volume.scaling ?? { slope: 1, intercept: 0 };
  let range = newRange();
  let at = 0;
  for await (const values of volume.values(reading.counter("Reading image", file), reading.signal)) {
    for (let from = 0; from < values.length; ) {
      const next = addValues(values.subarray(from), data, at, scaling, range);
      from += next - at;
      at = next;
      if (at < voxels) continue;
      yield { grid, data, min: range.min, max: range.max };
      range = newRange();
      at = 0;
    }
  }
}

async function readVoxels(
  volume: VolumeFile,
  voxels: number,
  reading: Reading,
): ReturnType<typeof readImage> {
  const data = reading.memory.floats(voxels);
  const scaling = volume.scaling ?? { slope: 1, intercept: 0 };
  const range = newRange();
  let at = 0;
  for await (const values of volume.values(reading.counter("Reading image", volume.file), reading.signal)) {
    at = addValues(values, data, at, scaling, range);
    // Later volumes of a 4D file are not needed. A 3D file is read to its end, where gzip has its checksum.
    if (at === voxels && volume.volumes > 1) break;
  }
  if (range.nonFinite === voxels) {
    throw new InputError(volume.file, "it contains no finite values", "Open another image");
  }
  if (range.nonFinite > 0) {
    for (let i = 0; i < voxels; i++) if (!Number.isFinite(data[i])) data[i] = Number.NaN;
  }
  return {
    image: {
      grid: volume.grid,
      data,
      min: range.min,
      max: range.max,
      ...(range.nan > 0 ? { nan: range.nan } : {}),
    },
    notices: range.nonFinite > 0 ? [withoutNumber(volume.file, range.nonFinite)] : [],
  };
}

function withoutNumber(file: string, voxels: number): string {
  const count = voxels.toLocaleString("en-US");
  return voxels === 1
    ? `${file}: 1 voxel is not a number (NaN or infinite); it is drawn as background, like voxels without an image.`
    : `${file}: ${count} voxels are not numbers (NaN or infinite); they are drawn as background, like voxels without an image.`;
}

interface Range {
  min: number;
  max: number;
  nonFinite: number;
  nan: number;
}

const newRange = (): Range => ({
  min: Number.POSITIVE_INFINITY,
  max: Number.NEGATIVE_INFINITY,
  nonFinite: 0,
  nan: 0,
});

/** @returns the position of the next values */
function addValues(
  values: SampleArray,
  data: Float32Array,
  from: number,
  { slope, intercept }: Scaling,
  range: Range,
): number {
  const part = values.subarray(0, data.length - from);
  const plain = slope === 1 && intercept === 0;
  if (part instanceof Float32Array || part instanceof Float64Array || !plain) {
    for (let i = 0; i < part.length; i++) data[from + i] = (part[i] as number) * slope + intercept;
    widen(range, data.subarray(from, from + part.length));
  } else {
    data.set(part, from);
    widenByIntegers(range, part);
  }
  return from + part.length;
}

function widen(range: Range, values: Float32Array): void {
  let { min, max, nonFinite, nan } = range;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    // True for NaN and infinities only.
    if (value - value !== 0) {
      nonFinite++;
      if (Number.isNaN(value)) nan++;
    } else {
      if (value < min) min = value;
      if (value > max) max = value;
    }
  }
  range.min = min;
  range.max = max;
  range.nonFinite = nonFinite;
  range.nan = nan;
}

/** Every integer type fits a 32-bit float's range, so this checks only minimum and maximum. */
function widenByIntegers(range: Range, values: SampleArray): void {
  if (values.length === 0) return;
  let min = values[0] as number;
  let max = min;
  for (let i = 1; i < values.length; i++) {
    const value = values[i] as number;
    if (value < min) min = value;
    else if (value > max) max = value;
  }
  range.min = Math.min(range.min, Math.fround(min));
  range.max = Math.max(range.max, Math.fround(max));
}
