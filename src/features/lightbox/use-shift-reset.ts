/** Hook that ends the scrolling of tiles once the lightbox shows others. */
import { useLayoutEffect } from "react";
import { setFields } from "../../state/actions/fields-actions.ts";

/** Outlives the view, so that returning to the same tiles finds them as they were left. */
let seen: { readonly tiles: string; readonly shift: number } | null = null;

/**
 * @param tiles changes with what the tiles show without scrolling; null while that is not known
 * @param shift as stored. If it changes along with the tiles, as in a step back, it belongs to them.
 */
export function useShiftReset(tiles: string | null, shift: number): void {
  useLayoutEffect(() => {
    if (tiles === null) return;
    const isStale = seen !== null && seen.tiles !== tiles && seen.shift === shift;
    seen = { tiles, shift: isStale ? 0 : shift };
    if (isStale && shift !== 0) setFields({ lightboxShift: 0 });
  }, [tiles, shift]);
}
