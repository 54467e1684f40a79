/** The Compare view: two sides next to each other, differences striped, and voxel counts of every region. */
import { useMemo, useRef } from "react";
import type { SliceLayout, SliceTargets } from "../../app/commands/slice-commands.ts";
import { useStore } from "../../state/store.ts";
import { AriaApplication } from "../../ui/controls/aria-application.tsx";
import { useElementSize } from "../../ui/controls/use-element-size.ts";
import { sliceMarks } from "../resampling-changes/lazy.tsx";
import { SliceRulers } from "../ruler/slice-rulers.tsx";
import { PaneFrame } from "../slices/pane-frame.tsx";
import { PANE_GAP_PX } from "../slices/pane-rects.ts";
import { ScaleField, SlicesToolbar } from "../slices/slices-toolbar.tsx";
import { useSliceCanvas } from "../slices/use-slice-canvas.ts";
import { AgainstBar } from "./against-bar.tsx";
import { AskForB } from "./ask-for-b.tsx";
import { selectCompareQuery } from "./compare-selectors.ts";
import { OverlapTable } from "./overlap-table.tsx";
import { SameSides } from "./same-sides.tsx";
import { sideNames } from "./side-names.ts";
import "../slices/planes.css";
import "./compare.css";

const nothing = () => undefined;

export function CompareView() {
  const container = useRef<HTMLDivElement>(null);
  const size = useElementSize(container);
  const plane = useStore((s) => s.view.plane);
  const query = useStore(selectCompareQuery);
  const stripes = useStore((s) => s.compareStripes);
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
    };
  }, [size, rects, query, plane, stripes]);
  const canvas = useSliceCanvas(layout, nothing);
  const names = useStore(sideNames);
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
          {rects ? <PaneFrame plane={plane} rect={rects[0]} title={`A: ${names.a}`} active={false} /> : null}
          {rects && query ? (
            <PaneFrame plane={plane} rect={rects[1]} title={`B: ${names.b}`} active={false} />
          ) : null}
          {layout ? <SliceRulers layout={layout} /> : null}
          {layout ? <sliceMarks.View layout={layout} /> : null}
          {rects && !query ? <AskForB rect={rects[1]} /> : null}
        </div>
      </AriaApplication>
      <OverlapTable />
    </>
  );
}
