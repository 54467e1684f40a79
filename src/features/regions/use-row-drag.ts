/** State of dragging a row of the region list by its grip, whose script loads later. */
import { type RefObject, useEffect, useMemo, useRef, useState } from "react";
import type { RegionRow } from "../../state/regions/region-rows.ts";

export const LINE_PX = 26;

export interface RowDrag {
  readonly channel: number;
  /** Drop position: before the found row with this index. */
  readonly gap: number;
  /** Position of the gap below the table head, in CSS px. */
  readonly linePx: number;
}

/** What a grip needs of the list; the same object for as long as the list is there. */
export interface DraggedList {
  readonly scroller: RefObject<HTMLElement | null>;
  readonly found: RefObject<readonly RegionRow[]>;
  /** @param drag null when the row was dropped, or the drag cancelled */
  readonly onMove: (drag: RowDrag | null) => void;
}

export function useRowDrag(
  scroller: RefObject<HTMLElement | null>,
  rows: readonly RegionRow[],
): { readonly drag: RowDrag | null; readonly list: DraggedList } {
  const [drag, onMove] = useState<RowDrag | null>(null);
  const found = useRef(rows);
  useEffect(() => {
    found.current = rows;
  });
  return { drag, list: useMemo(() => ({ scroller, found, onMove }), [scroller]) };
}
