import type { Grid } from "../../domain/geometry/grid.ts";
import type { FileGeometry } from "../../domain/reader/file-geometry.ts";
import type { Reader } from "../../domain/reader/reader.ts";
import type { LabelName } from "../../domain/volume/label-names.ts";
import type { Scaling } from "../../domain/volume/palette-builder.ts";
import type { ByteSource, CountBytes } from "../bytes/byte-source.ts";
import type { InputFile } from "../bytes/input-file.ts";
import type { SampleArray } from "../bytes/sample-decoder.ts";

/** One mask of a file of layers: the voxels that have this value in this layer. */
export interface LayerMask {
  readonly name: string;
  /** sRGB, each 0..1. */
  readonly color: LabelName["color"];
  /** Counted from 0. */
  readonly layer: number;
  readonly value: number;
}

/** Several label volumes on one grid, whose labels may overlap from layer to layer. */
export interface MaskLayers {
  readonly count: number;
  /** All layers of a voxel follow each other; else one whole layer follows another. */
  readonly interleaved: boolean;
  /** In the order of the regions that they become. */
  readonly masks: readonly LayerMask[];
}

/** A volume whose header was read and found sound; its voxels are still in the file. */
export interface VolumeFile {
  /** Path, as errors and notices name it. */
  readonly file: string;
  /** Of the voxels as they lie in the file, by the reader that was asked for. */
  readonly grid: Grid;
  /** By any reader. */
  readonly geometry: FileGeometry;
  /** Volumes that follow each other in the file: 1, or the product of the dimensions beyond the third. */
  readonly volumes: number;
  /** Why its voxels are no single numbers ("holds colours"), or null. */
  readonly notScalar: string | null;
  /**
   * Where every voxel has a label in each of several layers: which of them make masks. Null for all other
   * volumes.
   */
  readonly layers: MaskLayers | null;
  /** To be applied to every value, by the reader that was asked for; or null. */
  readonly scaling: Scaling | null;
  readonly labelNames: readonly LabelName[];
  /** What in the header was not as it should be, and what was done instead; without the name of the file. */
  readonly notices: readonly string[];
  /**
   * Stored values of all volumes in order, C order over `grid.shape` within each; those of layers lie as
   * `layers` says. An array is good until the next one is asked for. Exactly the promised number of values
   * comes, or an InputError.
   */
  values(countBytes: CountBytes, signal?: AbortSignal): AsyncGenerator<SampleArray, void, undefined>;
}

/** A file format: one file that implements this, registered in `volume-formats.ts`. */
export interface VolumeFormat {
  readonly name: string;
  /** Tells the format by the first (unpacked) bytes of a file. */
  matches(head: Uint8Array): boolean;
  /**
   * @param neighbours all the files opened, among which a header finds its separate voxels
   * @param reader the one of nnU-Net whose grid and values are wanted
   * @throws InputError where the header is wrong or promises more than the file holds
   */
  open(source: ByteSource, neighbours: readonly InputFile[], reader: Reader): Promise<VolumeFile>;
}
