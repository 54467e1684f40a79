/** The registry of volume formats. */
import { InputError } from "../../base/errors.ts";
import { baseName } from "../../base/file-path.ts";
import type { Reader } from "../../domain/reader/reader.ts";
import { type FormatName, headerName, VOXELS_ENDING } from "../../domain/reader/volume-endings.ts";
import { type ByteSource, openBytes, readHead } from "../bytes/byte-source.ts";
import { CHOOSE_ANOTHER, type Foreign, foreignFormat, foreignName } from "../bytes/foreign-formats.ts";
import type { InputFile } from "../bytes/input-file.ts";
import { sideFile } from "../bytes/side-files.ts";
import { nifti } from "../nifti/nifti.ts";
import { nrrd } from "../nrrd/nrrd.ts";
import type { VolumeFile, VolumeFormat } from "../volume/volume-file.ts";

/**
 * The reader of every format in `volume-endings.ts`. To add one, implement `VolumeFormat` in a new file, list
 * it here and give it a row there.
 */
const VOLUME_FORMATS: Readonly<Record<FormatName, VolumeFormat>> = { NIfTI: nifti, NRRD: nrrd };

const HEAD_BYTES = 1024;

/**
 * Opens a volume by content, whatever its name.
 * @throws InputError that says what the file is instead, if known
 */
export async function openVolume(
  input: InputFile,
  neighbours: readonly InputFile[],
  reader: Reader,
): Promise<VolumeFile> {
  const { format, source } = await detectFormat(input);
  return format.open(source, neighbours, reader);
}

/** Explains, by its first bytes, why a file is not a readable volume; null if it is one. */
export async function notAVolume(input: InputFile): Promise<InputError | null> {
  try {
    await detectFormat(input);
    return null;
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
}

async function detectFormat(input: InputFile): Promise<{ format: VolumeFormat; source: ByteSource }> {
  // Side files may be empty, so check them before reading.
  const side = sideFile(input.path);
  if (side !== null) throw refusal(input, { problem: side, remedy: CHOOSE_ANOTHER });
  const source = await openBytes(input);
  const head = await readHead(source, HEAD_BYTES);
  const format = Object.values(VOLUME_FORMATS).find(({ matches }) => matches(head));
  if (format) return { format, source };
  // The content of bare voxels tells nothing.
  if (VOXELS_ENDING.test(input.path)) {
    const header = headerName(baseName(input.path));
    throw new InputError(
      input.path,
      `it contains only voxels, and its header ${header} is missing`,
      `Open ${header} together with it`,
    );
  }
  throw refusal(input, foreignName(input.path) ?? foreignFormat(head));
}

function refusal({ path }: InputFile, { problem, remedy }: Foreign): InputError {
  return new InputError(path, problem, remedy);
}
