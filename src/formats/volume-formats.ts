import { InputError } from "../domain/input-error.ts";
import { openBytes, readHead } from "./byte-source.ts";
import { foreignFormat } from "./foreign-formats.ts";
import type { InputFile } from "./inputs.ts";
import { nifti } from "./nifti.ts";
import type { VolumeFile, VolumeFormat } from "./volume-file.ts";

/** Every volume format that can be read. To add one: implement `VolumeFormat` in a file of its own and list it here. */
const VOLUME_FORMATS: readonly VolumeFormat[] = [nifti];

const HEAD_BYTES = 1024;

/**
 * Opens a volume by content, whatever it is called.
 * @throws InputError that says what the file is instead, where that can be told
 */
export async function openVolume(input: InputFile, neighbours: readonly InputFile[]): Promise<VolumeFile> {
  const source = await openBytes(input);
  const head = await readHead(source, HEAD_BYTES);
  const format = VOLUME_FORMATS.find(({ matches }) => matches(head));
  if (format) return format.open(source, neighbours);
  const { problem, remedy } = foreignFormat(head);
  throw new InputError(input.path, problem, remedy);
}
