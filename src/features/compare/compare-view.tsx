/** The Compare view: two sides next to each other, differences striped, and voxel counts of every region. */
import { useEffect, useMemo, useRef } from "react";
import type { SliceLayout, SliceTargets } from "../../app/commands/slice-commands.ts";
import type { Rect } from "../../base/rect.ts";
import { rowChosen } from "../../state/actions/compare-actions.ts";
import type { CompareQuery } from "../../state/slices/compare-slice.ts";
import { useStore } from "../../state/store.ts";
import { AriaApplication } from "../../ui/controls/aria-application.tsx";
import { useElementSize } from "../../ui/controls/use-element-size.ts";
import { commandIn } from "../../ui/scoped-keys.ts";
import { sliceMarks } from "../resampling-changes/lazy.tsx";
import { SliceRulers } from "../ruler/slice-rulers.tsx";
import { PaneFrame } from "../slices/pane-frame.tsx";
import { PANE_GAP_PX } from "../slices/pane-rects.ts";
import { ScaleField, SlicesToolbar } from "../slices/slices-toolbar.tsx";
import { useSliceCanvas } from "../slices/use-slice-canvas.ts";
import { AgainstBar } from "./against-bar.tsx";
import { AskForB } from "./ask-for-b.tsx";
import { selectCompareQuery } from "./compare-selectors.ts";
import { useCompare } from "./compare-state.ts";
import { DifferenceLine } from "./difference-line.tsx";
import { chosenChannel, endSteps, stepDifference } from "./difference-steps.ts";
import { MakingNote, useHasPicture } from "./making-note.tsx";
import { OverlapTable } from "./overlap-table.tsx";
import { SameSides } from "./same-sides.tsx";
import { sideNames } from "./side-names.ts";
import { SideReadout } from "./side-readout.tsx";
import "../slices/planes.css";
import "./compare.css";

export function CompareView() {
  const container = useRef<HTMLDivElement>(null);
  const size = useElementSize(container);
  const plane = useStore((s) => s.view.plane);
  const query = useStore(selectCompareQuery);
  const stripes = useStore((s) => s.compareStripes);
  const only = useOnlyChosen(query);
  const rects = useMemo(() => {
    if (!size) return null;
    const width = Math.max(1, Math.floor((size.width - PANE_GAP_PX) / 2));
    const { height } = size;
    return [
      { x: 0, y: 0, width, height },
      { x: size.width - width, y: 0, width, height },
    ] as const;
  }, [size]);
  const layout = useMemo((): SliceLayout | null => {
    if (!size || !rects) return null;
    const a: SliceTargets = { side: 0, scale: query?.a.scale ?? 0 };
    const b: SliceTargets | null = query && {
      side: query.kind === "scale" ? 0 : 1,
      scale: query.b.scale,
    };
    const pane = (rect: (typeof rects)[number], targets: SliceTargets, against: SliceTargets | null) => ({
      rect,
      plane,
      slice: null,
      targets,
      against: stripes ? against : null,
    });
    return {
      widthPx: size.width,
      heightPx: size.height,
      devicePixelRatio: size.devicePixelRatio,
      panes: [pane(rects[0], a, b), ...(b ? [pane(rects[1], b, a)] : [])],
      view3d: null,
      only,
    };
  }, [size, rects, query, plane, stripes, only]);
  const canvas = useSliceCanvas(layout, { sideB: query?.b ?? null });
  const names = useStore(sideNames);
  useCompareKeys();
  return (
    <>
      <SlicesToolbar label="Compare">
        <ScaleField label="Scale of A" />
      </SlicesToolbar>
      <AgainstBar />
      <SameSides />
      <AriaApplication>
        <div
          className="slices compare-slices"
          ref={container}
          role="application"
          aria-label="Compare"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: an application takes the focus and its own keys
          tabIndex={0}
        >
          <canvas ref={canvas} className="slices-canvas" />
          {rects ? (
            <PaneFrame plane={plane} rect={rects[0]} title={`A: ${names.a}`} active={false}>
              {query ? <SideReadout side="a" query={query} /> : null}
            </PaneFrame>
          ) : null}
          {rects && query ? (
            <PaneFrame plane={plane} rect={rects[1]} title={`B: ${names.b}`} active={false}>
              <SideReadout side="b" query={query} />
            </PaneFrame>
          ) : null}
          {rects ? <Making rects={rects} /> : null}
          {layout ? <SliceRulers layout={layout} /> : null}
          {layout ? <sliceMarks.View layout={layout} /> : null}
          {rects && !query ? <AskForB rect={rects[1]} /> : null}
        </div>
      </AriaApplication>
      <DifferenceLine />
      <OverlapTable />
    </>
  );
}

/** The name of the only row to draw; null for all. */
function useOnlyChosen(query: CompareQuery | null): string | null {
  const isOn = useStore((s) => s.compareAlone);
  const selected = useStore((s) => s.selectedRegion);
  const row = useStore((s) => s.compareRow);
  const channel = query && isOn ? chosenChannel(query, selected, row) : null;
  return (channel !== null && query?.rows[channel]?.name) || null;
}

/** Over each pane, what is being made; over B until it is there itself. */
function Making({ rects }: { readonly rects: readonly [Rect, Rect] }) {
  const hasPicture = useHasPicture();
  const names = useStore(sideNames);
  const isRecovering = useStore((s) => s.gpu.status === "recovering");
  const query = useStore(selectCompareQuery);
  const drawn = useStore((s) => s.compareDrawn);
  const hasFailed = useCompare((s) => s.failed !== null && s.failed === query);
  const again = isRecovering ? " again, because the GPU device was lost" : "";
  const ofB = hasFailed
    ? `The picture of B (${names.b}) could not be made.`
    : `Making the picture of B (${names.b})${again}…`;
  return (
    <>
      {hasPicture ? null : (
        <MakingNote rect={rects[0]} text={`Making the picture of A (${names.a})${again}…`} />
      )}
      {query && (drawn !== query || !hasPicture) ? <MakingNote rect={rects[1]} text={ofB} /> : null}
    </>
  );
}

/** Keys of the view, which work wherever no field or dialog has them. */
function useCompareKeys(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.target instanceof Element && event.target.closest(OWN_KEYS)) return;
      const command = commandIn("compare", event);
      if (event.key === "Escape") {
        endSteps();
        rowChosen(null);
      }
      if (!command) return;
      event.preventDefault();
      stepDifference(command === "difference-next" ? 1 : -1);
    };
    window.addEventListener("keydown", onKey);
    return () => {
      window.removeEventListener("keydown", onKey);
      endSteps();
    };
  }, []);
}

const OWN_KEYS =
  "input:not([type=checkbox], [type=radio]), textarea, select, [role=menu], [role=listbox], [role=dialog], [role=alertdialog]";
