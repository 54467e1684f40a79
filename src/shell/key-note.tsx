/** Line over the view that says why a key did nothing. */
import { useEffect } from "react";
import { hideKeyNote, useKeyNote } from "../state/key-note.ts";
import { useStore } from "../state/store.ts";

const SHOWN_MS = 5000;

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
  return (
    <p className="key-note" role="status" aria-label="Key">
      {note ? <span key={note.pressed}>{note.sentence}</span> : null}
    </p>
  );
}
