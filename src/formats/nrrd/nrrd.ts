/** The NRRD format: opens headers and streams voxels. */
import { InputError } from "../../base/errors.ts";
import { spacingMm } from "../../domain/geometry/grid.ts";
import type { FileGeometry, Placement } from "../../domain/reader/file-geometry.ts";
import { type ByteSource, type CountBytes, checkSize, openBytes } from "../bytes/byte-source.ts";
import { BYTES_PER_SAMPLE, type SampleType } from "../bytes/sample-decoder.ts";
import { readSamples } from "../bytes/sample-values.ts";
import type { VolumeFile, VolumeFormat } from "../volume/volume-file.ts";
import { nrrdGrid, spaceDirections } from "./nrrd-grid.ts";
import { type NrrdHeader, readNrrdHeader } from "./nrrd-header.ts";
import { nrrdLayers } from "./nrrd-layers.ts";
import { nrrdSegments } from "./nrrd-segments.ts";

const MAGIC = "NRRD000";
const NUMBERS: readonly (readonly [SampleType, RegExp])[] = [
  ["int8", /^(signed char|int8|int8_t)$/],
  ["uint8", /^(uchar|unsigned char|uint8|uint8_t)$/],
  ["int16", /^(short|short int|signed short|signed short int|int16|int16_t)$/],
  ["uint16", /^(ushort|unsigned short|unsigned short int|uint16|uint16_t)$/],
  ["int32", /^(int|signed int|int32|int32_t)$/],
  ["uint32", /^(uint|unsigned int|uint32|uint32_t)$/],
  ["int64", /^(longlong|long long|long long int|signed long long|signed long long int|int64|int64_t)$/],
  ["uint64", /^(ulonglong|unsigned long long|unsigned long long int|uint64|uint64_t)$/],
  ["float32", /^float$/],
  ["float64", /^double$/],
];
const SAVE_AGAIN = "Save it again with the program that wrote it, as NRRD or NIfTI (.nii.gz)";

/**
 * NRRD files that contain their voxels, raw or gzipped: label maps, grey images and 3D Slicer's
 * segmentations.
 */
export const nrrd: VolumeFormat = {
  matches: (head) => String.fromCharCode(...head.subarray(0, MAGIC.length)) === MAGIC,

  async open(source: ByteSource): Promise<VolumeFile> {
    const { file } = source;
    if (source.gzip) {
      throw new InputError(
        file,
        "it is an NRRD file that was compressed as a whole",
        "Unpack it and open the result",
      );
    }
    const header = await readNrrdHeader(source);
    const segments = nrrdSegments(header.pairs);
    const { sizes, axes, lengths, perVoxel } = axesOf(header, file, segments.masks.length > 0);
    if (segments.fractional) {
      throw new InputError(
        file,
        "it is a fractional segmentation, not a binary labelmap",
        "In 3D Slicer, create its binary labelmap representation, make it the source representation and save it again",
      );
    }
    const layers = nrrdLayers(segments.masks, sizes, axes, file);
    const sample = sampleOf(header, file);
    const littleEndian = isLittleEndian(header, sample, file);
    const { grid, from, unoriented, notices } = nrrdGrid(header.fields, lengths, axes, file);
    const voxels = await voxelsOf(source, header);
    const bytes = lengths.reduce((product, n) => product * n, perVoxel * BYTES_PER_SAMPLE[sample]);
    await checkSize(voxels, bytes);
    return {
      file,
      grid,
      geometry: geometryOf({ file, grid, from, unoriented }),
      volumes: 1,
      alongFourth: 1,
      notScalar:
        perVoxel > 1
          ? `it contains ${perVoxel} ${layers ? "layers of segments" : "numbers per voxel"}`
          : null,
      layers,
      scaling: null,
      // One value may mean a different segment in each layer.
      labelNames: layers ? [] : segments.labels,
      notices,
      values: (countBytes: CountBytes, signal?: AbortSignal) =>
        readSamples(voxels, { sample, littleEndian, from: 0, bytes }, countBytes, signal),
    };
  },
};

/** ITK reads NRRD and takes its lengths as mm whatever unit the header gives; nibabel does not read it. */
function geometryOf({
  file,
  grid,
  from,
  unoriented,
}: Pick<FileGeometry, "file" | "unoriented"> & Pick<Placement, "grid" | "from">): FileGeometry {
  const itk: Placement = { grid, from, spacing: spacingMm(grid), refusal: null, intercept: 0, notices: [] };
  const nibabel: Placement = { ...itk, refusal: { kind: "format", format: "NRRD" } };
  return { file, codes: null, unoriented, unit: null, itk, nibabel };
}

/**
 * Finds the axes that lie in space (one to three, fastest first) and the number of values per voxel.
 * @param hasSegments if true and the header does not name the layers' axis, it is the first of four
 */
function axesOf({ fields }: NrrdHeader, file: string, hasSegments: boolean) {
  const dimension = Number(fields.get("dimension"));
  const sizes = (fields.get("sizes") ?? "").split(/\s+/).map(Number);
  if (sizes.length !== dimension || !sizes.every((n) => Number.isSafeInteger(n) && n > 0)) {
    throw new InputError(
      file,
      `its header is damaged (dimension ${fields.get("dimension") ?? "missing"}, sizes ${fields.get("sizes")?.slice(0, 40) || "missing"})`,
      "Copy or download it again",
    );
  }
  const kinds = (fields.get("kinds") ?? "").split(/\s+/);
  const directions = spaceDirections(fields);
  const inSpace = (axis: number) => {
    const kind = kinds[axis] ?? "";
    return /^(domain|space)$/i.test(kind) || (/^(\?\?\?|none)?$/i.test(kind) && directions[axis] !== null);
  };
  const every = sizes.map((_, axis) => axis);
  const spaceAxes = every.filter(inSpace);
  const axes = spaceAxes.length === 4 && hasSegments ? spaceAxes.slice(1) : spaceAxes;
  const others = every.filter((axis) => !axes.includes(axis));
  if (axes.length < 1 || axes.length > 3) {
    throw new InputError(
      file,
      `it has ${axes.length} spatial dimensions, not 2 or 3`,
      "Open a single volume of it",
    );
  }
  return {
    sizes,
    axes,
    lengths: axes.map((axis) => sizes[axis] ?? 1),
    perVoxel: others.reduce((product, axis) => product * (sizes[axis] ?? 1), 1),
  };
}

function sampleOf({ fields }: NrrdHeader, file: string): SampleType {
  const type = fields.get("type")?.toLowerCase() ?? "";
  const sample = NUMBERS.find(([, names]) => names.test(type))?.[0];
  if (sample) return sample;
  throw new InputError(
    file,
    type ? `its data type “${type.slice(0, 40)}” is not supported` : "its header has no “type” field",
    SAVE_AGAIN,
  );
}

function isLittleEndian({ fields }: NrrdHeader, sample: SampleType, file: string): boolean {
  const endian = fields.get("endian")?.toLowerCase();
  if (endian === "little" || endian === "big") return endian === "little";
  if (BYTES_PER_SAMPLE[sample] === 1) return true;
  throw new InputError(file, "its header has no “endian” field", SAVE_AGAIN);
}

/** Returns the data after the header as a source; gzip begins there, not at the start of the file. */
async function voxelsOf(source: ByteSource, { fields, bytes }: NrrdHeader): Promise<ByteSource> {
  const { file, blob } = source;
  const encoding = fields.get("encoding")?.toLowerCase() ?? "";
  if (!/^(raw|gz|gzip)$/.test(encoding)) {
    throw new InputError(
      file,
      encoding
        ? `its encoding “${encoding.slice(0, 20)}” is not supported, only raw and gzip are`
        : "its header has no “encoding” field",
      SAVE_AGAIN,
    );
  }
  const skips = ["lineskip", "byteskip"].filter((name) => Number(fields.get(name) ?? 0) !== 0);
  if (skips.length > 0)
    throw new InputError(
      file,
      "its header skips a part of the data (“line skip” or “byte skip”), which is not supported",
      SAVE_AGAIN,
    );
  if (blob.size <= bytes) {
    throw new InputError(
      file,
      "it ends after its header, so its voxels are missing",
      "Copy or download it again",
    );
  }
  const opened = await openBytes({ path: file, blob: blob.slice(bytes) });
  return { ...opened, gzip: encoding !== "raw" };
}
