/** Matrix of the relations between all regions, with a cursor for pointer and keyboard. */
import {
  type KeyboardEvent,
  type PointerEvent,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import type { Relations } from "../../domain/dataset/relations.ts";
import type { RegionRow } from "../../state/regions/region-rows.ts";
import { type ElementSize, useElementSize } from "../../ui/controls/use-element-size.ts";
import { useTheme } from "../../ui/theme/theme.ts";
import type { Cell } from "./cell.ts";
import { drawMatrix } from "./draw-matrix.ts";
import { type CellSize, type MatrixLayout, matrixLayout } from "./matrix-layout.ts";
import { MatrixNames } from "./matrix-names.tsx";

/** Width of the cursor's frame, which surrounds its cell so that it hides no glyph. */
const CURSOR_PX = 3;

interface Props {
  readonly relations: Relations;
  /** Channels in the order of rows and columns. */
  readonly order: readonly number[];
  readonly regions: readonly RegionRow[];
  readonly cellSize: CellSize;
  readonly cursor: Cell | null;
  readonly hover: Cell | null;
  readonly onCursor: (cell: Cell) => void;
  readonly onHover: (cell: Cell | null) => void;
}

/**
 * Draws the visible cells on one canvas that stays in place, like the grid; names, cursor and bands are
 * elements over it.
 */
export function Matrix(props: Props) {
  const { relations, order, regions, cellSize, cursor, hover, onCursor, onHover } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const size = useElementSize(scroller);
  const theme = useTheme();
  const [scroll, setScroll] = useState({ left: 0, top: 0 });
  const names = useMemo(() => order.map((channel) => regions[channel]?.name ?? ""), [order, regions]);
  const hexes = useMemo(() => regions.map((region) => region.hex), [regions]);
  const layout = useMemo(() => (size ? matrixLayout(names, size, cellSize) : null), [names, size, cellSize]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another theme draws the same with other colours
  useLayoutEffect(() => {
    if (!canvas.current || !size || !layout) return;
    const [width, height] = canvasSize(size, layout);
    const context = fitted(canvas.current, width, height, size.devicePixelRatio);
    const { left: leftPx, top: topPx } = scroll;
    if (context) {
      drawMatrix(context, width, height, { relations, order, hexes, cellPx: layout.cellPx, leftPx, topPx });
    }
  }, [relations, order, hexes, size, layout, scroll, theme]);

  const [row, column] = [cursor?.row ?? null, cursor?.column ?? null];
  useEffect(() => {
    if (scroller.current && size && layout && row !== null && column !== null) {
      reveal(scroller.current, size, layout, { row, column });
    }
  }, [size, layout, row, column]);

  const cellAt = (event: PointerEvent): Cell | null => {
    const box = scroller.current?.getBoundingClientRect();
    if (!box || !layout) return null;
    const x = event.clientX - box.left - layout.gutterPx;
    const y = event.clientY - box.top - layout.headPx;
    const inside = (px: number, scrolled: number) =>
      px < 0 ? -1 : Math.floor((px + scrolled) / layout.cellPx);
    const at = { row: inside(y, scroll.top), column: inside(x, scroll.left) };
    return at.row < order.length && at.column < order.length && (at.row >= 0 || at.column >= 0) ? at : null;
  };
  const onPointerMove = (event: PointerEvent) => {
    const at = cellAt(event);
    const cell = at && at.row >= 0 && at.column >= 0 ? at : null;
    if (cell?.row !== hover?.row || cell?.column !== hover?.column) onHover(cell);
  };
  const onPointerDown = (event: PointerEvent) => {
    if (event.button !== 0) return;
    const at = cellAt(event);
    if (!at) return;
    // A click on a name selects its row or column.
    onCursor({
      row: at.row >= 0 ? at.row : (cursor?.row ?? 0),
      column: at.column >= 0 ? at.column : (cursor?.column ?? 0),
    });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const to = target(event.key, cursor, order.length);
    if (!to) return;
    event.preventDefault();
    event.stopPropagation();
    onCursor(to);
  };

  const side = layout ? layout.cellPx * order.length : 0;
  const place = (at: number) => at * (layout?.cellPx ?? 0);
  return (
    // biome-ignore lint/a11y/useSemanticElements: up to a million cells, of which only the current one is an element
    <div
      className="matrix"
      ref={scroller}
      role="grid"
      aria-label="Relations of regions"
      aria-rowcount={order.length}
      aria-colcount={order.length}
      aria-activedescendant={cursor ? "relation-cell" : undefined}
      tabIndex={0}
      onScroll={({ currentTarget: { scrollLeft: left, scrollTop: top } }) => setScroll({ left, top })}
      onPointerMove={onPointerMove}
      onPointerLeave={() => onHover(null)}
      onPointerDown={onPointerDown}
      onKeyDown={onKeyDown}
    >
      {layout && size ? (
        <div
          className="matrix-content"
          style={{ width: Math.max(layout.gutterPx + side, 1), height: Math.max(layout.headPx + side, 1) }}
        >
          <div className="matrix-canvas-area" style={{ width: size.width, height: size.height }}>
            <canvas
              ref={canvas}
              className="matrix-canvas"
              style={{ left: layout.gutterPx, top: layout.headPx }}
            />
            <div
              className="matrix-cells"
              style={{ left: layout.gutterPx - CURSOR_PX, top: layout.headPx - CURSOR_PX }}
            >
              <div
                style={{
                  transform: `translate(${CURSOR_PX - scroll.left}px, ${CURSOR_PX - scroll.top}px)`,
                }}
              >
                {hover ? <Bands cell={hover} layout={layout} count={order.length} quiet /> : null}
                {cursor ? (
                  <>
                    <Bands cell={cursor} layout={layout} count={order.length} quiet={false} />
                    {/* biome-ignore lint/a11y/useSemanticElements: see the grid */}
                    {/* biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus */}
                    <div role="row" aria-rowindex={cursor.row + 1}>
                      {/* biome-ignore lint/a11y/useSemanticElements: see the grid */}
                      {/* biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus */}
                      <div
                        id="relation-cell"
                        className="matrix-cursor"
                        role="gridcell"
                        aria-colindex={cursor.column + 1}
                        aria-selected="true"
                        aria-label={`${names[cursor.row]}, ${names[cursor.column]}`}
                        style={{
                          left: place(cursor.column) - CURSOR_PX,
                          top: place(cursor.row) - CURSOR_PX,
                          width: layout.cellPx - 1 + 2 * CURSOR_PX,
                          height: layout.cellPx - 1 + 2 * CURSOR_PX,
                        }}
                      />
                    </div>
                  </>
                ) : null}
              </div>
            </div>
            <MatrixNames
              names={names}
              hexes={order.map((channel) => hexes[channel] ?? "")}
              layout={layout}
              size={size}
              scroll={scroll}
              highlighted={[cursor, hover]}
            />
          </div>
        </div>
      ) : null}
    </div>
  );
}

interface BandsProps {
  readonly cell: Cell;
  readonly layout: MatrixLayout;
  readonly count: number;
  readonly quiet: boolean;
}

/** Highlights the whole row and column of a cell. */
function Bands({ cell, layout: { cellPx }, count, quiet }: BandsProps) {
  const length = count * cellPx - 1;
  const thick = cellPx - 1;
  return (
    <>
      <i
        className="matrix-band"
        data-quiet={quiet || undefined}
        style={{ top: cell.row * cellPx, left: 0, width: length, height: thick }}
      />
      <i
        className="matrix-band"
        data-quiet={quiet || undefined}
        style={{ top: 0, left: cell.column * cellPx, width: thick, height: length }}
      />
    </>
  );
}

function canvasSize(size: ElementSize, { gutterPx, headPx }: MatrixLayout): [number, number] {
  return [Math.max(1, size.width - gutterPx), Math.max(1, size.height - headPx)];
}

function fitted(canvas: HTMLCanvasElement, width: number, height: number, ratio: number) {
  const [deviceWidth, deviceHeight] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== deviceWidth || canvas.height !== deviceHeight) {
    canvas.width = deviceWidth;
    canvas.height = deviceHeight;
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
  }
  const context = canvas.getContext("2d");
  context?.setTransform(ratio, 0, 0, ratio, 0, 0);
  return context;
}

/** Scrolls as little as needed to show a cell and its neighbours. */
function reveal(scroller: HTMLElement, size: ElementSize, layout: MatrixLayout, { row, column }: Cell): void {
  const [width, height] = canvasSize(size, layout);
  const along = (scrolled: number, at: number, length: number) =>
    Math.min(Math.max(scrolled, (at + 2) * layout.cellPx - length), (at - 1) * layout.cellPx);
  const left = Math.max(0, along(scroller.scrollLeft, column, width));
  const top = Math.max(0, along(scroller.scrollTop, row, height));
  if (left !== scroller.scrollLeft || top !== scroller.scrollTop) scroller.scrollTo({ left, top });
}

const PAGE = 10;

/** Returns where a key moves the cursor; the first key puts it on the first cell. */
function target(key: string, from: Cell | null, count: number): Cell | null {
  const within = (at: number) => Math.max(0, Math.min(count - 1, at));
  const { row, column } = from ?? { row: -1, column: 0 };
  const to = (down: number, right: number): Cell => ({
    row: within(row + down),
    column: within(column + right),
  });
  switch (key) {
    case "ArrowDown":
      return to(1, 0);
    case "ArrowUp":
      return to(-1, 0);
    case "ArrowRight":
      return to(0, 1);
    case "ArrowLeft":
      return to(0, -1);
    case "PageDown":
      return to(PAGE, 0);
    case "PageUp":
      return to(-PAGE, 0);
    case "Home":
      return to(0, -count);
    case "End":
      return to(0, count);
    default:
      return null;
  }
}
