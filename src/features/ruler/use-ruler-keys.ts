import { useEffect } from "react";
import { setRulers } from "../../state/actions/ruler-actions.ts";
import { setTool } from "../../state/actions/view-actions.ts";
import { useStore } from "../../state/store.ts";
import type { ScopedCommand } from "../../ui/keys.ts";
import { commandIn } from "../../ui/scoped-keys.ts";
import { drawAtCrosshair, removeRuler, say } from "./actions.ts";

const PICTURES = ".panes, .grid-scroller";

/**
 * Keys of rulers, before the page's own: they draw at the crosshair, give up what is drawn, then end the
 * tool, and remove the selected one. They act where the pictures have the focus, or nothing has.
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

/** Whether the key meant anything. */
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
    say("Ruler cancelled.");
  } else setTool("crosshair");
  return true;
}

function overPictures(target: EventTarget | null, command: ScopedCommand<"ruler">): boolean {
  if (!(target instanceof Element) || target === document.body) return true;
  // A strip or a splitter in there has keys of its own, a button the one that presses it.
  if (target.closest("[role=slider], [role=separator]")) return false;
  if (command === "ruler-mark" && target.closest("button")) return false;
  return target.closest(PICTURES) !== null;
}
