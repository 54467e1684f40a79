import type { RulerSlice } from "../slices/ruler-slice.ts";
import { useStore } from "../store.ts";

/** Drawing rulers instead of moving the crosshair, and back. */
export function toggleRuler(): void {
  useStore.setState(({ tool }) => ({ tool: tool === "ruler" ? "crosshair" : "ruler", rulerDraft: null }));
}

export function setRulers(
  change: Partial<Pick<RulerSlice, "rulers" | "rulerDraft" | "selectedRuler">>,
): void {
  useStore.setState(change);
}
