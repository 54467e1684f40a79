/** Actions that switch the ruler tool and store rulers. */
import type { RulerSlice } from "../slices/ruler-slice.ts";
import { useStore } from "../store.ts";

/** Switches between the ruler and the crosshair tool. */
export function toggleRuler(): void {
  useStore.setState(({ tool }) => ({ tool: tool === "ruler" ? "crosshair" : "ruler", rulerDraft: null }));
}

export function setRulers(
  change: Partial<Pick<RulerSlice, "rulers" | "rulerDraft" | "selectedRuler">>,
): void {
  useStore.setState(change);
}
