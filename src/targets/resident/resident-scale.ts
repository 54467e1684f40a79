/** Describes where one scale of resident targets lies in the buffers of all scales. */
import type { Triple } from "../../domain/geometry/grid.ts";

/** One scale of resident targets. */
export interface ResidentScale {
  readonly shape: Triple;
  readonly voxels: number;
  /** First u32 of this scale in `bitmap`, if that is one buffer. */
  readonly wordOffset: number;
  /** First u32 of this scale's axis tables (0, 1 and 2, concatenated) in `indexTables`. */
  readonly tableOffset: number;
}
