/** Hook for the ruler's keys. */
import { useEffect } from "react";
import { setRulers } from "../../state/actions/ruler-actions.ts";
import { setTool } from "../../state/actions/view-actions.ts";
import { useStore } from "../../state/store.ts";
import type { ScopedCommand } from "../../ui/keys.ts";
import { commandIn } from "../../ui/scoped-keys.ts";
import { announce, drawAtCrosshair, removeRuler } from "./actions.ts";

const PICTURES = ".slices, .grid-scroller";

/**
 * They take precedence over the page's: they draw at the crosshair, cancel the ruler being drawn, then leave
 * the tool, and remove the selected ruler. They work if a view or nothing has the focus.
 */
export function useRulerKeys(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const command = commandIn("ruler", event);
      if (!command || !overPictures(event.target, command) || !act(command)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
    };
    window.addEventListener("keydown", onKey, { capture: true });
    return () => window.removeEventListener("keydown", onKey, { capture: true });
  }, []);
}

/** Returns whether the key had an effect. */
function act(command: ScopedCommand<"ruler">): boolean {
  const { tool, rulerDraft, selectedRuler } = useStore.getState();
  if (command === "ruler-remove") {
    if (selectedRuler === null) return false;
    removeRuler(selectedRuler);
    return true;
  }
  if (tool !== "ruler") return false;
  if (command === "ruler-mark") drawAtCrosshair();
  else if (rulerDraft) {
    setRulers({ rulerDraft: null });
    announce("Ruler cancelled.");
  } else setTool("crosshair");
  return true;
}

function overPictures(target: EventTarget | null, command: ScopedCommand<"ruler">): boolean {
  if (!(target instanceof Element) || target === document.body) return true;
  // Slice tracks and splitters there have keys of their own, and buttons are pressed by Enter.
  if (target.closest("[role=slider], [role=separator]")) return false;
  if (command === "ruler-mark" && target.closest("button")) return false;
  return target.closest(PICTURES) !== null;
}
