/** Makes the nonzero mask of a case from all channels of its image, of which only one is kept for display. */
import { InputError } from "../../base/errors.ts";
import { baseName } from "../../base/file-path.ts";
import { plural } from "../../base/format-numbers.ts";
import { inTimeSlices } from "../../base/time-slice.ts";
import type { FileGeometry } from "../../domain/reader/file-geometry.ts";
import type { Reader } from "../../domain/reader/reader.ts";
import { type CaseMask, unknownMask } from "../../domain/training-grid/case-mask.ts";
import { NonzeroMaskBuilder } from "../../domain/training-grid/nonzero-mask.ts";
import type { ImageVolume } from "../../domain/volume/image-volume.ts";
import type { InputFile } from "../bytes/input-file.ts";
import type { Reading } from "../bytes/progress.ts";
import type { ImageFiles } from "./read-case.ts";
import { readImage, readVolumes } from "./read-image.ts";
import { channelOf } from "./roles.ts";
import { openVolume } from "./volume-formats.ts";

/** A worker has no frames to let in; it only looks whether it is cancelled. */
const SLICE_MS = 100;

interface ChannelReading {
  /** All opened files, among which a header finds its voxels. */
  readonly all: readonly InputFile[];
  readonly reading: Reading;
  /** Opens a volume by the image's reader. */
  readonly reader: Reader;
  /** Number of channels that dataset.json names; 0 if it is not known. */
  readonly named: number;
  /** Orders a volume's axes like those of the image. */
  order(image: ImageVolume, geometry: FileGeometry): ImageVolume;
}

/**
 * Reads the other channels, also those along the fourth dimension of a file, one after the other, so that at
 * most two are in memory. Never fails: an unreadable channel leaves the mask unknown, and the case opens
 * without it.
 *
 * @param image the first channel, in the order that `order` gives
 * @throws the signal's reason when aborted
 */
export async function readNonzero(
  image: ImageVolume | null,
  { file, volumes, moreChannels }: ImageFiles,
  { all, reading, reader, named, order }: ChannelReading,
): Promise<CaseMask> {
  if (!image || !file) {
    return unknownMask(file ? `${nameOf(file)} could not be read.` : "No image is open.");
  }
  const files = [file, ...moreChannels];
  const missing = firstMissing(files);
  if (missing !== null) return unknownMask(`The image's channel ${missing} is missing.`);
  const channels = volumes * files.length;
  if (volumes > 1) {
    const why = whyFirstOnly(channels, reader, named);
    if (why)
      return unknownMask(`Only the first of the ${volumes} volumes of ${nameOf(file)} was read: ${why}.`);
  }
  const { signal } = reading;
  const slices = { sliceMs: SLICE_MS, ...(signal ? { signal } : {}) };
  const builder = new NonzeroMaskBuilder(image.grid.shape);
  const moreFiles: FileGeometry[] = [];
  for (const channel of files) {
    if (channel === file && volumes === 1) {
      await inTimeSlices(builder.add(image.data), slices);
      continue;
    }
    try {
      const volume = await openVolume(channel, all, reader);
      if (volume.volumes !== volumes || volume.alongFourth !== volumes) {
        return unknownMask(
          channel === file
            ? `${nameOf(file)} has more than four dimensions.`
            : `${nameOf(channel)} has another number of volumes (${volume.volumes}) than ${nameOf(file)} (${volumes}).`,
        );
      }
      const its = volumes === 1 ? [(await readImage(volume, reading)).image] : readVolumes(volume, reading);
      for await (const one of its) {
        const read = order(one, volume.geometry);
        if (read.grid.shape.some((length, axis) => length !== image.grid.shape[axis])) {
          return unknownMask(
            `${nameOf(channel)} has other voxels (${read.grid.shape.join("×")}) than ` +
              `${nameOf(file)} (${image.grid.shape.join("×")}).`,
          );
        }
        await inTimeSlices(builder.add(read.data), slices);
        if (volumes === 1) reading.memory.giveBack(one.data);
      }
      if (channel !== file) moreFiles.push(volume.geometry);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      return unknownMask(`${nameOf(channel)} could not be read: ${error.problem}.`);
    }
  }
  const mask = await inTimeSlices(builder.finish(), slices);
  return { kind: "known", mask, channels, moreFiles };
}

const nameOf = ({ path }: InputFile) => baseName(path);

/**
 * Why the volumes of a 4D file are not read as channels, as nnU-Net's `SimpleITKIO` does; null if they are.
 * Many volumes are usually a time series, so all are read only if dataset.json names as many channels.
 */
function whyFirstOnly(channels: number, reader: Reader, named: number): string | null {
  // `NibabelIO` asserts three dimensions, and ITK's reorienting filter takes no more.
  if (reader !== "SimpleITKIO") return `${reader} reads 3D images alone`;
  if (named === channels) return null;
  return named === 0
    ? "no dataset.json says that they are channels"
    : `dataset.json names ${plural(named, "channel")}, not ${channels}`;
}

/** The number of the first channel that has no file, as text ("_0000"); null if none is missing. */
function firstMissing(files: readonly InputFile[]): string | null {
  const numbers = files.map(({ path }) => channelOf(path)?.channel ?? null);
  // A single image may have any name.
  if (numbers.includes(null)) return null;
  const missing = numbers.findIndex((_, i) => !numbers.includes(i));
  return missing < 0 ? null : `_${String(missing).padStart(4, "0")}`;
}
