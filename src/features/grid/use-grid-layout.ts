/** Fits the grid's tiles into the available space. */
import { type RefObject, useMemo } from "react";
import type { GridLayout } from "../../app/commands/commands.ts";
import { useElementSize } from "../../ui/controls/use-element-size.ts";
import { captionHeight } from "./column-width.ts";

/** Gap between tiles in CSS px. */
const GAP_PX = 2;
const MIN_ROW_PX = 84;
/** Width of the row headings in CSS px, narrow or wide depending on the grid's width. */
const HEAD_PX = { narrow: 124, wide: 164, wideFrom: 1000 };

interface GridMeasures {
  readonly headPx: number;
  /** `scrollTopPx` is always 0 here; only the scroller knows the real value. */
  readonly layout: GridLayout;
}

/**
 * Columns share the width. Rows follow the slice's aspect ratio unless a height is set.
 * @param aspect width / height of the slice in mm
 */
export function useGridLayout(
  scroller: RefObject<HTMLElement | null>,
  columns: number,
  aspect: number,
  rowHeightPx: number | null,
): GridMeasures | null {
  const size = useElementSize(scroller);

  return useMemo(() => {
    if (!size || columns === 0) return null;
    const headPx = size.width >= HEAD_PX.wideFrom ? HEAD_PX.wide : HEAD_PX.narrow;
    const widthPx = Math.max(1, size.width - headPx);
    // A cell is a tile plus the gap to its right and below it.
    const columnWidthPx = Math.max(24, Math.floor(widthPx / columns));
    const captionPx = captionHeight(columnWidthPx);
    const fitted = Math.min((columnWidthPx - GAP_PX) / aspect + GAP_PX + captionPx, size.height);
    return {
      headPx,
      layout: {
        widthPx,
        heightPx: size.height,
        devicePixelRatio: size.devicePixelRatio,
        columnWidthPx,
        rowHeightPx: Math.round(rowHeightPx ?? Math.max(MIN_ROW_PX, fitted)),
        gapPx: GAP_PX,
        captionPx,
        scrollTopPx: 0,
      },
    };
  }, [size, columns, aspect, rowHeightPx]);
}
