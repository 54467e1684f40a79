import type { Grid } from "../domain/grid.ts";
import type { LabelName } from "../domain/label-names.ts";
import type { Scaling } from "../domain/palette-builder.ts";
import type { ByteSource, CountBytes } from "./byte-source.ts";
import type { InputFile } from "./inputs.ts";
import type { SampleArray } from "./sample-decoder.ts";

/** A volume whose header was read and found sound; its voxels are still in the file. */
export interface VolumeFile {
  /** Path, as errors and notices name it. */
  readonly file: string;
  readonly grid: Grid;
  /** Volumes that follow each other in the file: 1, or the product of the dimensions beyond the third. */
  readonly volumes: number;
  /** Why its voxels are no single numbers ("holds colours"), or null. */
  readonly notScalar: string | null;
  /** To be applied to every value, or null. */
  readonly scaling: Scaling | null;
  readonly labelNames: readonly LabelName[];
  /** Sentences: what in the header was not as it should be, and what was done instead. */
  readonly notices: readonly string[];
  /**
   * Stored values of all volumes in order, C order over `grid.shape` within each.
   * An array is good until the next one is asked for. Exactly the promised number of values comes, or an InputError.
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
   * @throws InputError where the header is wrong or promises more than the file holds
   */
  open(source: ByteSource, neighbours: readonly InputFile[]): Promise<VolumeFile>;
}
