/** Distances that were measured on slices, and the one that is being drawn. */
import type { Plane, Triple } from "../../domain/geometry/grid.ts";
import type { Ruler } from "../../domain/geometry/ruler.ts";

interface RulerDraft {
  readonly plane: Plane;
  readonly from: Triple;
  /** Null where it ends at the crosshair. */
  readonly to: Triple | null;
}

export interface RulerSlice {
  readonly rulers: readonly Ruler[];
  readonly rulerDraft: RulerDraft | null;
  /** The one that Delete removes: its place in `rulers`. */
  readonly selectedRuler: number | null;
}

/** What another case resets. */
export const PER_CASE = { rulers: [], rulerDraft: null, selectedRuler: null } as const;

export const DEFAULTS: RulerSlice = {
  ...PER_CASE,
};
