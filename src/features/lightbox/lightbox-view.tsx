/** The Lightbox view: every n-th slice of one plane, side by side. */
import { useMemo, useRef } from "react";
import type { SliceLayout } from "../../app/commands/slice-commands.ts";
import { planeAxes } from "../../domain/geometry/grid.ts";
import { trueLetters } from "../../domain/geometry/oblique.ts";
import { planeExtentMm } from "../../domain/view/initial-plane.ts";
import { sourceGrid } from "../../domain/volume/palette-volume.ts";
import { setFields } from "../../state/actions/fields-actions.ts";
import { setActiveView, setVoxel } from "../../state/actions/view-actions.ts";
import { selectShownScales } from "../../state/case/shown-patch.ts";
import { selectRows } from "../../state/regions/region-rows.ts";
import { inPlaneAt } from "../../state/regions/slice-selectors.ts";
import { useStore } from "../../state/store.ts";
import { selectLightbox } from "../../state/view/lightbox-selector.ts";
import { columnsFor, tileRects } from "../../state/view/tiles.ts";
import { Segmented } from "../../ui/controls/segmented.tsx";
import { useElementSize } from "../../ui/controls/use-element-size.ts";
import { sliceMarks } from "../resampling-changes/lazy.tsx";
import { SliceRulers } from "../ruler/slice-rulers.tsx";
import { ScaleField, SlicesToolbar } from "../slices/slices-toolbar.tsx";
import { useSliceCanvas } from "../slices/use-slice-canvas.ts";
import { Caption } from "./caption.tsx";
import { TileButtons } from "./tile-buttons.tsx";
import { useShiftReset } from "./use-shift-reset.ts";
import "../slices/planes.css";
import "./lightbox.css";

const MIN_TILES = 4;
const NO_SLICES: readonly number[] = [];

const SHOWS = [
  { value: "selected", name: "Only the selected region", face: "Selected" },
  { value: "all", name: "All shown regions", face: "All shown" },
] as const;

const NONE_SELECTED = [
  { ...SHOWS[0], name: "Only the selected region: none is selected", disabled: true },
  SHOWS[1],
] as const;

export function LightboxView() {
  const source = useStore((s) => s.openCase?.source ?? null);
  return source ? <Lightbox /> : null;
}

function Lightbox() {
  const container = useRef<HTMLDivElement>(null);
  const size = useElementSize(container);
  const { plane, convention, voxel } = useStore((s) => s.view);
  const content = useStore(selectLightbox);
  const lightboxShows = useStore((s) => s.lightboxShows);
  const sliceScale = useStore((s) => s.sliceScale);
  const lightboxShift = useStore((s) => s.lightboxShift);
  const grid = useStore((s) => (s.openCase ? sourceGrid(s.openCase.source) : null));
  const rows = useStore(selectRows);
  const scales = useStore(selectShownScales);
  const scale = Math.min(sliceScale, Math.max(0, scales.length - 1));

  const measuring = useStore((s) => s.tool === "ruler");
  const slices = content?.shown.slices ?? NO_SLICES;
  const one = content?.one?.name ?? null;
  const axes = useMemo(() => grid && planeAxes(grid, plane, convention), [grid, plane, convention]);
  const extentMm = useMemo(() => (grid ? planeExtentMm(grid, plane) : ([1, 1] as const)), [grid, plane]);
  const columns = size ? columnsFor(slices.length, size, extentMm) : 1;
  const rects = useMemo(
    () => (size ? tileRects(slices.length, columns, size) : []),
    [size, slices.length, columns],
  );
  const layout = useMemo((): SliceLayout | null => {
    if (!size) return null;
    return {
      widthPx: size.width,
      heightPx: size.height,
      devicePixelRatio: size.devicePixelRatio,
      panes: slices.flatMap((slice, i) => {
        const rect = rects[i];
        return rect ? [{ rect, plane, slice, targets: { side: 0, scale } as const, against: null }] : [];
      }),
      view3d: null,
      only: one,
    };
  }, [size, rects, slices, plane, scale, one]);
  const scrollBy = (bySlices: number) => {
    if (!content) return;
    const { at, least, most } = content.scroll;
    setFields({ lightboxShift: Math.min(most, Math.max(least, at + bySlices)) });
  };
  const scrollRows = (rowsOn: number) => scrollBy(rowsOn * columns * (content?.shown.step ?? 1));
  const canvas = useSliceCanvas(layout, {
    onDouble: (pane) => {
      if (pane >= 0) setActiveView("planes");
    },
    onWheel: scrollBy,
    onShiftWheel: (notches) => scrollRows(Math.sign(notches)),
  });
  useShiftReset(content?.unscrolled ?? null, lightboxShift);
  if (!grid || !axes || !content) return null;
  const { most, tiles, shown } = content;
  const { axis } = axes.slice;
  const goTo = (slice: number) => {
    setVoxel(inPlaneAt(voxel, axis, slice));
  };
  return (
    <>
      <SlicesToolbar label="Lightbox">
        <ScaleField />
      </SlicesToolbar>
      <div className="lightbox-head">
        <Caption
          plane={plane}
          subject={one ?? (rows.length === 1 ? (rows[0]?.name ?? null) : null)}
          wantsOne={lightboxShows === "selected" && one === null}
          absent={content.absent}
          shown={shown}
          last={grid.shape[axis] - 1}
          tile={rects[0] ?? null}
          grid={grid}
        />
        <Segmented
          label="Regions in the lightbox"
          options={one === null && lightboxShows === "selected" ? NONE_SELECTED : SHOWS}
          // Says what is shown: without a selection, all regions are.
          value={one === null ? "all" : lightboxShows}
          onChange={(next) => setFields({ lightboxShows: next })}
        />
        <label className="slider">
          <span className="lightbox-count">Up to {tiles} tiles</span>
          <input
            type="range"
            min={Math.min(MIN_TILES, most)}
            max={most}
            aria-label="Maximum number of tiles"
            aria-valuetext={`up to ${tiles} tiles`}
            value={tiles}
            onChange={(event) => setFields({ lightboxTiles: Number(event.target.value) })}
          />
        </label>
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms */}
      <div
        className="slices lightbox"
        ref={container}
        role="group"
        aria-label="Lightbox"
        // If no tile has the focus, arrow keys move the crosshair, for example from one end of a ruler to the
        // other.
        tabIndex={measuring ? 0 : undefined}
      >
        <canvas ref={canvas} className="slices-canvas" />
        <TileButtons
          slices={slices}
          rects={rects}
          columns={columns}
          last={grid.shape[axis] - 1}
          current={slices.indexOf(voxel[axis])}
          letters={trueLetters(grid, axes)}
          onGo={goTo}
          onScroll={scrollRows}
        />
        {layout ? <SliceRulers layout={layout} /> : null}
        {layout ? <sliceMarks.View layout={layout} /> : null}
      </div>
    </>
  );
}
