/** Makes the nonzero mask of a case from all channels of its image, of which only one is kept for display. */
import { InputError } from "../../base/errors.ts";
import { baseName } from "../../base/file-path.ts";
import { inTimeSlices } from "../../base/time-slice.ts";
import type { FileGeometry } from "../../domain/reader/file-geometry.ts";
import { type CaseMask, unknownMask } from "../../domain/training-grid/case-mask.ts";
import { NonzeroMaskBuilder } from "../../domain/training-grid/nonzero-mask.ts";
import type { ImageVolume } from "../../domain/volume/image-volume.ts";
import type { InputFile } from "../bytes/input-file.ts";
import type { Reading } from "../bytes/progress.ts";
import type { ImageFiles } from "./read-case.ts";
import { readImage } from "./read-image.ts";
import { channelOf } from "./roles.ts";
import { openVolume } from "./volume-formats.ts";

/** A worker has no frames to let in; it only looks whether it is cancelled. */
const SLICE_MS = 100;

interface ChannelReading {
  /** All opened files, among which a header finds its voxels. */
  readonly all: readonly InputFile[];
  readonly reading: Reading;
  /** Opens a volume by the image's reader. */
  readonly reader: Parameters<typeof openVolume>[2];
  /** Orders a volume's axes like those of the image. */
  order(image: ImageVolume, geometry: FileGeometry): ImageVolume;
}

/**
 * Reads the other channels one after the other, so that at most two are in memory. Never fails: an unreadable
 * channel leaves the mask unknown, and the case opens without it.
 *
 * @param image the first channel, in the order that `order` gives
 * @throws the signal's reason when aborted
 */
export async function readNonzero(
  image: ImageVolume | null,
  { file, volumes, moreChannels }: ImageFiles,
  { all, reading, reader, order }: ChannelReading,
): Promise<CaseMask> {
  if (!image || !file) {
    return unknownMask(file ? `${baseName(file.path)} could not be read.` : "No image is open.");
  }
  if (volumes > 1) {
    return unknownMask(`Only the first of the ${volumes} volumes of ${baseName(file.path)} was read.`);
  }
  const missing = firstMissing([file, ...moreChannels]);
  if (missing !== null) return unknownMask(`The image's channel ${missing} is missing.`);
  const { signal } = reading;
  const slices = { sliceMs: SLICE_MS, ...(signal ? { signal } : {}) };
  const builder = new NonzeroMaskBuilder(image.grid.shape);
  await inTimeSlices(builder.add(image.data), slices);
  const moreFiles: FileGeometry[] = [];
  for (const channel of moreChannels) {
    try {
      const volume = await openVolume(channel, all, reader);
      const read = order((await readImage(volume, reading)).image, volume.geometry);
      if (read.grid.shape.some((length, axis) => length !== image.grid.shape[axis])) {
        return unknownMask(
          `${baseName(channel.path)} has other voxels (${read.grid.shape.join("×")}) than ` +
            `${baseName(file.path)} (${image.grid.shape.join("×")}).`,
        );
      }
      await inTimeSlices(builder.add(read.data), slices);
      moreFiles.push(volume.geometry);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      return unknownMask(`${baseName(channel.path)} could not be read: ${error.problem}.`);
    }
  }
  const mask = await inTimeSlices(builder.finish(), slices);
  return { kind: "known", mask, channels: 1 + moreFiles.length, moreFiles };
}

/** The number of the first channel that has no file, as text ("_0000"); null if none is missing. */
function firstMissing(files: readonly InputFile[]): string | null {
  const numbers = files.map(({ path }) => channelOf(path)?.channel ?? null);
  // A single image may have any name.
  if (numbers.includes(null)) return null;
  const missing = numbers.findIndex((_, i) => !numbers.includes(i));
  return missing < 0 ? null : `_${String(missing).padStart(4, "0")}`;
}
