import { useEffect } from "react";
import { useStore } from "../../state/store.ts";
import { drawAtCrosshair, removeRuler, say } from "./actions.ts";

const PICTURES = ".panes, .grid-scroller";

/**
 * Keys of rulers, before the page's own: Enter draws at the crosshair, Escape gives up what is drawn, then ends the tool,
 * Delete removes the selected one. They act where the pictures have the focus, or nothing has.
 */
export function useRulerKeys(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
      if (!overPictures(event.target) || !act(event.key)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
    };
    window.addEventListener("keydown", onKey, { capture: true });
    return () => window.removeEventListener("keydown", onKey, { capture: true });
  }, []);
}

/** Whether the key meant anything. */
function act(key: string): boolean {
  const { tool, rulerDraft, selectedRuler, setRulers, setTool } = useStore.getState();
  if ((key === "Delete" || key === "Backspace") && selectedRuler !== null) {
    removeRuler(selectedRuler);
    return true;
  }
  if (tool !== "ruler") return false;
  if (key === "Enter") {
    drawAtCrosshair();
    return true;
  }
  if (key !== "Escape") return false;
  if (rulerDraft) {
    setRulers({ rulerDraft: null });
    say("Ruler cancelled.");
  } else setTool("crosshair");
  return true;
}

function overPictures(target: EventTarget | null): boolean {
  if (!(target instanceof Element) || target === document.body) return true;
  // A strip or a splitter in there has keys of its own.
  if (target.closest("[role=slider], [role=separator], button")) return false;
  return target.closest(PICTURES) !== null;
}
