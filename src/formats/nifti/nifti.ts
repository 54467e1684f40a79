/** The NIfTI format: opens headers and streams voxels. */
import { InputError } from "../../base/errors.ts";
import { type FileGeometry, placementBy } from "../../domain/reader/file-geometry.ts";
import type { Reader } from "../../domain/reader/reader.ts";
import type { Scaling } from "../../domain/volume/palette-builder.ts";
import { type ByteSource, type CountBytes, checkSize, openBytes, readHead } from "../bytes/byte-source.ts";
import type { InputFile } from "../bytes/input-file.ts";
import type { SampleArray } from "../bytes/sample-decoder.ts";
import { readSamples } from "../bytes/sample-values.ts";
import type { VolumeFile, VolumeFormat } from "../volume/volume-file.ts";
import { caretLabels } from "./caret-labels.ts";
import { readExtensions } from "./nifti-extensions.ts";
import { niftiGeometry } from "./nifti-geometry.ts";
import { NIFTI_HEAD_BYTES, type NiftiHeader, niftiVersion, readNiftiHeader } from "./nifti-header.ts";

/** Extensions beyond this size are ignored; a label table takes some kilobytes. */
const MAX_EXTENSION_BYTES = 1 << 24;

/** NIfTI-1 and -2, single files and .hdr/.img pairs, plain or gzipped. */
export const nifti: VolumeFormat = {
  matches: (head) => niftiVersion(head) !== null,

  async open(source: ByteSource, neighbours: readonly InputFile[], reader: Reader): Promise<VolumeFile> {
    const header = readNiftiHeader(await readHead(source, NIFTI_HEAD_BYTES), source.file);
    const partner = header.pair ? findPartner(source.file, neighbours) : null;
    const voxels = partner ? await openBytes(partner) : source;
    await checkSize(voxels, header.voxelOffset + voxelBytes(header));
    const geometry = withCompression(niftiGeometry(header, source.file), source);
    const { grid, intercept } = placementBy(geometry, reader);
    const bare: Scaling | null = intercept === 0 ? null : { slope: 1, intercept };
    return {
      file: source.file,
      grid,
      geometry,
      volumes: header.volumes,
      alongFourth: header.alongFourth,
      notScalar: header.notScalar,
      layers: null,
      scaling: header.scaling ?? bare,
      labelNames: caretLabels(await extensions(source, header)),
      notices: placementBy(geometry, reader).notices,
      values: (countBytes: CountBytes, signal?: AbortSignal) => values(voxels, header, countBytes, signal),
    };
  },
};

/**
 * Both libraries decide by the ending: nibabel unpacks only files named .gz; so does ITK, whose zlib also
 * reads files that are not packed.
 */
function withCompression(geometry: FileGeometry, { file, gzip, isFetched }: ByteSource): FileGeometry {
  if (isFetched || gzip === /\.gz$/i.test(file) || !/\.nii(\.gz)?$/i.test(file)) return geometry;
  const refusal = { kind: "compression", gzip } as const;
  return {
    ...geometry,
    nibabel: { ...geometry.nibabel, refusal },
    itk: gzip ? { ...geometry.itk, refusal } : geometry.itk,
  };
}

function voxelBytes(header: NiftiHeader): number {
  const [i, j, k] = header.lengths;
  return Math.ceil(i * j * k * header.volumes * header.bytesPerVoxel);
}

function findPartner(file: string, neighbours: readonly InputFile[]): InputFile {
  const names = partnerNames(file);
  const partner = neighbours.find(({ path }) => names.includes(path));
  if (partner) return partner;
  throw new InputError(
    file,
    "its voxels are in a separate .img file, which is missing",
    "Open the .hdr and the .img file together",
  );
}

/** Returns the possible names of the file with the voxels of a NIfTI header (`.hdr`). */
function partnerNames(path: string): string[] {
  const match = /^(.*)\.(hdr|nii)(\.gz)?$/i.exec(path);
  const stem = match?.[1] ?? path;
  return ["img", "IMG"].flatMap((ending) => [`${stem}.${ending}`, `${stem}.${ending}.gz`]);
}

async function extensions(source: ByteSource, header: NiftiHeader) {
  if (!header.hasExtensions) return [];
  const end = header.pair ? MAX_EXTENSION_BYTES : Math.min(header.voxelOffset, MAX_EXTENSION_BYTES);
  const head = await readHead(source, end);
  return readExtensions(head.subarray(header.headBytes), header.littleEndian);
}

async function* values(
  source: ByteSource,
  header: NiftiHeader,
  countBytes: CountBytes,
  signal?: AbortSignal,
): AsyncGenerator<SampleArray, void, undefined> {
  const { sample, littleEndian, voxelOffset: from } = header;
  if (!sample) throw new Error("Only single numbers can be decoded.");
  yield* readSamples(source, { sample, littleEndian, from, bytes: voxelBytes(header) }, countBytes, signal);
}
