/** Rulers on slices, and the one being drawn. */
import type { Plane, Triple } from "../../domain/geometry/grid.ts";
import type { Ruler } from "../../domain/geometry/ruler.ts";

interface RulerDraft {
  readonly plane: Plane;
  readonly from: Triple;
  /** Null ends the ruler at the crosshair. */
  readonly to: Triple | null;
}

export interface RulerSlice {
  readonly rulers: readonly Ruler[];
  readonly rulerDraft: RulerDraft | null;
  /** Index in `rulers` of the one that Delete removes. */
  readonly selectedRuler: number | null;
}

/** Reset when another case opens, unless it is of the same dataset and on the same grid. */
export const PER_GRID = { rulers: [], rulerDraft: null, selectedRuler: null } as const;

export const DEFAULTS: RulerSlice = {
  ...PER_GRID,
};
