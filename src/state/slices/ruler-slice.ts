/** Distances that were measured on slices, and the one that is being drawn. */
import type { StateCreator } from "zustand";
import type { Plane, Triple } from "../../domain/geometry/grid.ts";
import type { Ruler } from "../../domain/geometry/ruler.ts";
import type { AppState } from "../app-state.ts";

export interface RulerDraft {
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

  /** Drawing rulers instead of moving the crosshair, and back. */
  toggleRuler(): void;
  setRulers(change: Partial<Pick<RulerSlice, "rulers" | "rulerDraft" | "selectedRuler">>): void;
}

export const NO_RULERS = { rulers: [], rulerDraft: null, selectedRuler: null } as const;

export const createRulerSlice: StateCreator<AppState, [], [], RulerSlice> = (set) => ({
  ...NO_RULERS,
  toggleRuler: () =>
    set(({ tool }) => ({ tool: tool === "ruler" ? "crosshair" : "ruler", rulerDraft: null })),
  setRulers: (change) => set(change),
});
