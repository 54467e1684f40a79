/** Rulers over the grid. Every tile shows the same slice and therefore the same rulers. */
import { useCallback, useMemo } from "react";
import type { GridLayout } from "../../app/commands/commands.ts";
import { useStore } from "../../state/store.ts";
import type { Point } from "../../ui/controls/gesture-target.ts";
import { currentGrid } from "./actions.ts";
import { rulersIn, tileCorner, tilePlace } from "./ruler-geometry.ts";
import { RulerShapes } from "./ruler-shapes.tsx";
import { useRulerPointer } from "./use-ruler-pointer.ts";

interface Props {
  readonly layout: GridLayout;
  readonly headPx: number;
  /** Visible rows. */
  readonly rows: readonly number[];
  readonly rowCount: number;
  readonly columns: number;
  /**
   * Row whose first tile exposes its rulers to screen readers and focus; the first visible row if it is out
   * of view.
   */
  readonly statusRow: number;
}

/** Only one tile's rulers are exposed to the keyboard, standing for all. */
export function GridRulers({ layout, headPx, rows, rowCount, columns, statusRow }: Props) {
  const view = useStore((s) => s.view);
  const rulers = useStore((s) => s.rulers);
  const rulerDraft = useStore((s) => s.rulerDraft);
  const source = useStore((s) => s.openCase?.source);
  const pictureAt = useCallback(
    ({ x, y }: Point) => {
      const scrollTopPx = document.querySelector(".grid-scroller")?.scrollTop ?? 0;
      const row = Math.floor((y + scrollTopPx) / layout.rowHeightPx);
      const column = Math.floor(x / layout.columnWidthPx);
      if (row < 0 || row >= rowCount || column < 0 || column >= columns) return null;
      const [left, top] = tileCorner(layout, row, column);
      return {
        corner: [left, top - scrollTopPx] as const,
        place: () => {
          const grid = currentGrid();
          return grid && tilePlace(grid, layout, useStore.getState().view);
        },
      };
    },
    [layout, rowCount, columns],
  );
  useRulerPointer(pictureAt);
  const place = useMemo(() => {
    const grid = source && currentGrid();
    return grid ? tilePlace(grid, layout, view) : null;
  }, [source, layout, view]);
  const placed = useMemo(
    () => (place ? rulersIn(place, { rulers, rulerDraft, view }) : []),
    [place, rulers, rulerDraft, view],
  );
  if (!place || placed.length === 0) return null;
  const status = rows.includes(statusRow) ? statusRow : (rows[0] ?? 0);
  return rows.flatMap((row) =>
    Array.from({ length: columns }, (_, column) => {
      const [left, top] = tileCorner(layout, row, column);
      const silent = row !== status || column > 0;
      return (
        <RulerShapes
          // A fixed key keeps the focus when another row takes over.
          key={silent ? `${row} ${column}` : "said"}
          place={place}
          placed={placed}
          left={headPx + left}
          top={top}
          silent={silent}
        />
      );
    }),
  );
}
