import { InputError } from "../../base/errors.ts";
import type { Reader } from "../../domain/reader/reader.ts";
import { type ByteSource, openBytes, readHead } from "../bytes/byte-source.ts";
import { CHOOSE_ANOTHER, type Foreign, foreignFormat, foreignName } from "../bytes/foreign-formats.ts";
import { baseName, type InputFile } from "../bytes/input-file.ts";
import { sideFile } from "../bytes/side-files.ts";
import { nifti } from "../nifti/nifti.ts";
import { nrrd } from "../nrrd/nrrd.ts";
import type { VolumeFile, VolumeFormat } from "../volume/volume-file.ts";

/**
 * Every volume format that can be read. To add one: implement `VolumeFormat` in a file of its own and list it
 * here.
 */
const VOLUME_FORMATS: readonly VolumeFormat[] = [nifti, nrrd];

const HEAD_BYTES = 1024;

/** The half of a .hdr/.img pair that nothing can be told from. */
const VOXELS_NAME = /\.img(\.gz)?$/i;

/**
 * Opens a volume by content, whatever it is called.
 * @throws InputError that says what the file is instead, where that can be told
 */
export async function openVolume(
  input: InputFile,
  neighbours: readonly InputFile[],
  reader: Reader,
): Promise<VolumeFile> {
  const { format, source } = await tellFormat(input);
  return format.open(source, neighbours, reader);
}

/** Why a file is no volume of any format that can be read, by its first bytes; null where it is one. */
export async function notAVolume(input: InputFile): Promise<InputError | null> {
  try {
    await tellFormat(input);
    return null;
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
}

async function tellFormat(input: InputFile): Promise<{ format: VolumeFormat; source: ByteSource }> {
  // Some are empty.
  const side = sideFile(input.path);
  if (side !== null) throw refusal(input, { problem: side, remedy: CHOOSE_ANOTHER });
  const source = await openBytes(input);
  const head = await readHead(source, HEAD_BYTES);
  const format = VOLUME_FORMATS.find(({ matches }) => matches(head));
  if (format) return { format, source };
  if (VOXELS_NAME.test(input.path)) {
    const header = baseName(input.path).replace(VOXELS_NAME, ".hdr");
    throw new InputError(
      input.path,
      `it holds voxels alone, and its header ${header} is missing`,
      `Open ${header} together with it`,
    );
  }
  throw refusal(input, foreignName(input.path) ?? foreignFormat(head));
}

function refusal({ path }: InputFile, { problem, remedy }: Foreign): InputError {
  return new InputError(path, problem, remedy);
}
