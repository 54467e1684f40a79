/** The grid view: one row per region, one column per scale. */
import { useVirtualizer } from "@tanstack/react-virtual";
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef } from "react";
import { useCommands } from "../../app/commands/commands-context.ts";
import { planeAxes } from "../../domain/geometry/grid.ts";
import { trueLetters } from "../../domain/geometry/oblique.ts";
import { planeExtentMm } from "../../domain/view/initial-plane.ts";
import { sourceGrid } from "../../domain/volume/palette-volume.ts";
import { selectShownScales } from "../../state/case/shown-patch.ts";
import { selectStoredCase } from "../../state/case/stored-case.ts";
import { whyNoRegions } from "../../state/case/why-no-regions.ts";
import { selectRows } from "../../state/regions/region-rows.ts";
import { useStore } from "../../state/store.ts";
import { AriaApplication } from "../../ui/controls/aria-application.tsx";
import { gridMarks } from "../resampling-changes/lazy.tsx";
import { gridRulers } from "../ruler/lazy.tsx";
import { vanishingOverlay, vanishStatus } from "../survival/lazy.tsx";
import { ColumnHeads } from "./column-heads.tsx";
import { frameTimes, rowPlace } from "./lazy.tsx";
import { RowHead } from "./row-head.tsx";
import { TileRow } from "./tile-row.tsx";
import { useGridLayout } from "./use-grid-layout.ts";
import { useGridPointer } from "./use-grid-pointer.ts";

/**
 * One canvas stays in place while rows scroll over it. The native scroller owns the scroll position; headings
 * and text are ordinary elements on top of the canvas.
 */
export function RegionGrid() {
  const commands = useCommands();
  const rows = useStore(selectRows);
  const scales = useStore(selectShownScales);
  const grid = useStore((s) => (s.openCase ? sourceGrid(s.openCase.source) : null));
  const plane = useStore((s) => s.view.plane);
  const rowHeightPx = useStore((s) => s.rowHeightPx);
  const selected = useStore((s) => s.selectedRegion);
  const more = useStore((s) => s.selectedMore);
  const highlighted = useStore((s) => s.highlighted);
  const showVanishing = useStore((s) => s.showVanishing);
  const showFrameTimes = useStore((s) => s.showFrameTimes);
  const rules = useStore((s) => s.tool === "ruler" || s.rulers.length > 0);
  const atPlace = useStore((s) => s.placeStep?.kind === "at");
  const noRegions = useStore(whyNoRegions);
  const scroller = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  /** The region that a click on a tile selected last, until another is selected. */
  const clicked = useRef<string | null>(null);

  const source = useStore((s) => selectStoredCase(s)?.source ?? null);
  const fits = useStore((s) => s.rowFits);
  // Another plane moves no row: rows are fitted to the slices of the plane that was shown when the view or
  // the case was opened, or when the user asked.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the plane at the time when one of these changes
  const fitted = useMemo(() => useStore.getState().view.plane, [source, fits]);
  const [widthMm, heightMm] = grid ? planeExtentMm(grid, fitted) : [1, 1];
  const convention = useStore((s) => s.view.convention);
  const letters = useMemo(
    () => (grid ? trueLetters(grid, planeAxes(grid, plane, convention)) : null),
    [grid, plane, convention],
  );
  const measures = useGridLayout(scroller, scales.length, widthMm / heightMm, rowHeightPx);
  const layout = measures?.layout ?? null;
  const pitchPx = layout?.rowHeightPx ?? 1;

  const virtual = useVirtualizer({
    count: layout ? rows.length : 0,
    getScrollElement: () => scroller.current,
    estimateSize: () => pitchPx,
    overscan: 1,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another row height makes every measured size void
  useEffect(() => virtual.measure(), [pitchPx, virtual]);

  const attach = useCallback(
    (element: HTMLCanvasElement | null) => {
      canvas.current = element;
      return element ? commands.attachGrid(element) : undefined;
    },
    [commands],
  );
  useGridPointer(canvas, scroller, clicked, commands);

  const reportLayout = useCallback(() => {
    if (layout) commands.setGridLayout({ ...layout, scrollTopPx: scroller.current?.scrollTop ?? 0 });
  }, [commands, layout]);
  // Fewer rows may move the scroller without a scroll event. Otherwise it has not moved, and reading its
  // position would force a layout of the whole page.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the number of rows changes what the scroller's position means
  useEffect(reportLayout, [reportLayout, rows.length]);

  const dataset = useStore((s) => s.datasetsOpened);
  // Rows of another dataset begin with the first, unless one is selected (below).
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is what another dataset moves
  useLayoutEffect(() => {
    if (scroller.current) scroller.current.scrollTop = 0;
  }, [dataset]);

  const at = rows.findIndex((row) => row.name === selected);
  const atNow = useRef(at);
  useEffect(() => {
    atNow.current = at;
  });
  const canShow = layout !== null && at >= 0;
  // A row above that is hidden or shown changes the index, but not which region is selected: scrolls nothing.
  useEffect(() => {
    // The rows stay under the pointer when a click on a picture selects.
    const byClick = clicked.current !== null && clicked.current === selected;
    clicked.current = null;
    if (canShow && !byClick) virtual.scrollToIndex(atNow.current, { align: "auto" });
  }, [canShow, selected, virtual]);

  const headPx = measures?.headPx ?? 0;
  const columnPx = layout?.columnWidthPx ?? 0;
  return (
    <div className="grid">
      <ColumnHeads scales={scales} headPx={headPx} columnPx={columnPx} />
      <AriaApplication>
        <div
          className="grid-scroller"
          ref={scroller}
          role="application"
          aria-label="Region by scale"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: an application takes the focus and its own keys
          tabIndex={0}
          onScroll={reportLayout}
        >
          <div className="grid-content" style={{ height: virtual.getTotalSize() }}>
            <div
              className="grid-canvas-area"
              style={{ marginLeft: headPx, height: layout?.heightPx ?? "100%" }}
            >
              <canvas ref={attach} className="grid-canvas" />
            </div>
            {virtual.getVirtualItems().map(({ index, start }) => {
              const row = rows[index];
              if (!row || !layout) return null;
              return (
                <div
                  key={row.name}
                  className="grid-row"
                  data-selected={row.name === selected || more.has(row.name) || undefined}
                  data-highlighted={highlighted.includes(row.name) || undefined}
                  style={{
                    top: start,
                    height: layout.rowHeightPx - layout.gapPx,
                    // Letters and marks belong to the picture, which ends above the text.
                    ["--caption" as string]: `${layout.captionPx}px`,
                  }}
                >
                  {showVanishing ? (
                    <vanishingOverlay.View channel={row.channel} layout={layout} headPx={headPx} />
                  ) : null}
                  <RowHead
                    row={row}
                    widthPx={headPx}
                    heightPx={layout.rowHeightPx}
                    selected={row.name === selected}
                  />
                  <rowPlace.View row={row} widthPx={headPx} selected={row.name === selected} />
                  <TileRow
                    row={row}
                    scales={scales}
                    columnPx={columnPx}
                    gapPx={layout.gapPx}
                    letters={letters}
                  />
                </div>
              );
            })}
            {atPlace && layout ? (
              <gridMarks.View
                layout={layout}
                headPx={headPx}
                rows={virtual.getVirtualItems().map(({ index }) => index)}
                columns={scales.length}
              />
            ) : null}
            {rules && layout ? (
              <gridRulers.View
                layout={layout}
                headPx={headPx}
                rows={virtual.getVirtualItems().map(({ index }) => index)}
                rowCount={rows.length}
                columns={scales.length}
                statusRow={at >= 0 ? at : (virtual.range?.startIndex ?? 0)}
              />
            ) : null}
          </div>
          {rows.length === 0 ? (
            <p className="grid-nothing" data-over>
              {noRegions ?? "Every region is hidden."}
            </p>
          ) : null}
        </div>
      </AriaApplication>
      {showFrameTimes ? <frameTimes.View /> : null}
      {showVanishing ? <vanishStatus.View /> : null}
    </div>
  );
}
