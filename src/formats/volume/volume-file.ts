/** Volumes whose voxels are still in the file, and the interface of their formats. */
import type { Grid } from "../../domain/geometry/grid.ts";
import type { FileGeometry } from "../../domain/reader/file-geometry.ts";
import type { Reader } from "../../domain/reader/reader.ts";
import type { LabelName } from "../../domain/volume/label-names.ts";
import type { Scaling } from "../../domain/volume/palette-builder.ts";
import type { ByteSource, CountBytes } from "../bytes/byte-source.ts";
import type { InputFile } from "../bytes/input-file.ts";
import type { SampleArray } from "../bytes/sample-decoder.ts";

/** One mask in a file of layers: the voxels with this value in this layer. */
export interface LayerMask {
  readonly name: string;
  /** sRGB, each 0..1. */
  readonly color: LabelName["color"];
  /** Counted from 0. */
  readonly layer: number;
  readonly value: number;
}

/** Several label volumes on one grid, whose labels may overlap across layers. */
export interface MaskLayers {
  readonly count: number;
  /** True if the layers of each voxel are adjacent; false if whole layers follow one another. */
  readonly interleaved: boolean;
  /** In the order of the resulting regions. */
  readonly masks: readonly LayerMask[];
}

/** A volume with a checked header, whose voxels are still in the file. */
export interface VolumeFile {
  /** Path for errors and notices. */
  readonly file: string;
  /** Grid of the stored voxels, by the requested reader. */
  readonly grid: Grid;
  /** Placement by every reader. */
  readonly geometry: FileGeometry;
  /** Number of consecutive volumes in the file: 1, or the product of the dimensions beyond the third. */
  readonly volumes: number;
  /** How many of them the fourth dimension alone has; ITK reads these as channels of an image. */
  readonly alongFourth: number;
  /** Why its voxels are not single numbers ("holds colours"), or null. */
  readonly notScalar: string | null;
  /** Masks of a volume whose voxels have a label in each of several layers; null for all other volumes. */
  readonly layers: MaskLayers | null;
  /** Scaling of all values by the requested reader, or null. */
  readonly scaling: Scaling | null;
  readonly labelNames: readonly LabelName[];
  /** Errors in the header and how it was read instead, without the file's name. */
  readonly notices: readonly string[];
  /**
   * Yields the stored values of all volumes in order, in C order over `grid.shape` within each; layers are
   * laid out as `layers` says. An array is valid until the next one is requested. Yields exactly the promised
   * number of values or throws an InputError.
   */
  values(countBytes: CountBytes, signal?: AbortSignal): AsyncGenerator<SampleArray, void, undefined>;
}

/** A file format. One file per format implements this, and `volume-formats.ts` registers it. */
export interface VolumeFormat {
  /** Recognises the format by the first (unpacked) bytes of a file. */
  matches(head: Uint8Array): boolean;
  /**
   * @param neighbours all opened files, among which a header finds its separate voxels
   * @param reader nnU-Net reader that determines grid and values
   * @throws InputError if the header is wrong or promises more than the file holds
   */
  open(source: ByteSource, neighbours: readonly InputFile[], reader: Reader): Promise<VolumeFile>;
}
