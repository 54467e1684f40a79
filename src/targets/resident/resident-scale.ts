import type { Triple } from "../../domain/geometry/grid.ts";

/** One scale of resident targets. */
export interface ResidentScale {
  readonly shape: Triple;
  readonly voxels: number;
  /** First u32 of this scale in `bitmap`, where that is one buffer. */
  readonly wordOffset: number;
  /** First u32 of this scale's axis tables (0, 1, 2 one after the other) in `indexTables`. */
  readonly tableOffset: number;
}
