/** Line over the view that says why a key did nothing, or why no region is seen. */
import { useEffect } from "react";
import type { AppState } from "../state/app-state.ts";
import { hideKeyNote, useKeyNote } from "../state/key-note.ts";
import { selectLayers } from "../state/regions/layer-selectors.ts";
import { hasRulers } from "../state/slices/view-slice.ts";
import { useStore } from "../state/store.ts";

const SHOWN_MS = 5000;

/** Why pictures show no region although some are shown; null if they do. */
function whyUnseen(s: AppState): string | null {
  const layers = hasRulers(s) && s.activeView !== "compare" ? selectLayers(s) : [];
  const [first] = layers;
  if (!first || layers.some(({ style }) => style.opacity > 0)) return null;
  const what = layers.length === 1 ? first.name : "All that is shown";
  return `${what} has an opacity of 0, so no region is seen. The legend sets it.`;
}

/** Takes no clicks: what lies below can be used at once. */
export function KeyNote() {
  const note = useKeyNote((s) => s.note);
  useEffect(() => {
    if (!note) return;
    const timer = setTimeout(hideKeyNote, SHOWN_MS);
    const stopWatching = useStore.subscribe((s, before) => {
      if (s.selectedRegion !== before.selectedRegion || s.activeView !== before.activeView) hideKeyNote();
    });
    return () => {
      clearTimeout(timer);
      stopWatching();
    };
  }, [note]);
  const unseen = useStore(whyUnseen);
  return (
    <p className="key-note" role="status" aria-label="Key">
      {note ? <span key={note.pressed}>{note.sentence}</span> : unseen ? <span>{unseen}</span> : null}
    </p>
  );
}
