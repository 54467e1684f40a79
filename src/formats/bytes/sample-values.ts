/** Reads the stored voxels of a file. */
import { InputError } from "../../base/errors.ts";
import { bytesText } from "../../base/format-bytes.ts";
import { type ByteSource, type CountBytes, readBytes } from "./byte-source.ts";
import { type SampleArray, SampleDecoder, type SampleType } from "./sample-decoder.ts";

/** Position of a file's voxels in its unpacked bytes, and their storage type. */
interface StoredVoxels {
  readonly sample: SampleType;
  readonly littleEndian: boolean;
  readonly from: number;
  readonly bytes: number;
}

/**
 * Yields the stored values, in the form of `VolumeFile.values`. Reads a gzip file to its end even after the
 * last voxel, because the checksum is there.
 *
 * @throws InputError if the file ends before its voxels do
 */
export async function* readSamples(
  source: ByteSource,
  { sample, littleEndian, from, bytes }: StoredVoxels,
  countBytes: CountBytes,
  signal?: AbortSignal,
): AsyncGenerator<SampleArray, void, undefined> {
  const decoder = new SampleDecoder(sample, littleEndian, source.file);
  const to = from + bytes;
  let at = 0;
  for await (const chunk of readBytes(source, countBytes, signal)) {
    const part = chunk.subarray(Math.max(0, from - at), Math.max(0, to - at));
    at += chunk.length;
    yield* decoder.push(part);
    if (!source.gzip && at >= to) break;
  }
  if (at < to) {
    throw new InputError(
      source.file,
      `its voxels end too early (${bytesText(Math.max(0, at - from))} of ${bytesText(bytes)})`,
      "It is truncated: copy or download it again",
    );
  }
  yield decoder.flush();
}
