/** The Compare view: two sides next to each other, differences striped, and voxel counts of every region. */
import { useMemo, useRef } from "react";
import type { PanesLayout, PaneTargets } from "../../app/commands/slice-commands.ts";
import { useStore } from "../../state/store.ts";
import { KeyedPlace } from "../../ui/controls/aria-application.tsx";
import { useRoom } from "../../ui/controls/use-element-size.ts";
import { PaneRulers } from "../ruler/pane-rulers.tsx";
import { PaneFrame } from "../slices/pane-frame.tsx";
import { PANE_GAP_PX } from "../slices/pane-rects.ts";
import { PanesToolbar, ScaleField } from "../slices/slices-toolbar.tsx";
import { usePaneCanvas } from "../slices/use-slice-canvas.ts";
import { AgainstBar } from "./against-bar.tsx";
import { AskForB } from "./ask-for-b.tsx";
import { selectCompareQuestion } from "./compare-selectors.ts";
import { OverlapTable } from "./overlap-table.tsx";
import { SameSides } from "./same-sides.tsx";
import { sideNames } from "./side-names.ts";
import "../slices/planes.css";
import "./compare.css";

const nothing = () => undefined;

export function CompareView() {
  const stage = useRef<HTMLDivElement>(null);
  const room = useRoom(stage);
  const plane = useStore((s) => s.view.plane);
  const question = useStore(selectCompareQuestion);
  const stripes = useStore((s) => s.compareStripes);
  const rects = useMemo(() => {
    if (!room) return null;
    const width = Math.max(1, Math.floor((room.width - PANE_GAP_PX) / 2));
    const { height } = room;
    return [
      { x: 0, y: 0, width, height },
      { x: room.width - width, y: 0, width, height },
    ] as const;
  }, [room]);
  const layout = useMemo((): PanesLayout | null => {
    if (!room || !rects) return null;
    const a: PaneTargets = { source: 0, scale: question?.a.scale ?? 0 };
    const b: PaneTargets | null = question && {
      source: question.kind === "scale" ? 0 : 1,
      scale: question.b.scale,
    };
    const pane = (rect: (typeof rects)[number], targets: PaneTargets, against: PaneTargets | null) => ({
      rect,
      plane,
      slice: null,
      targets,
      against: stripes ? against : null,
    });
    return {
      widthPx: room.width,
      heightPx: room.height,
      devicePixelRatio: room.devicePixelRatio,
      panes: [pane(rects[0], a, b), ...(b ? [pane(rects[1], b, a)] : [])],
      solid: null,
    };
  }, [room, rects, question, plane, stripes]);
  const canvas = usePaneCanvas(layout, nothing);
  const names = useStore(sideNames);
  return (
    <>
      <PanesToolbar label="Compare">
        <ScaleField label="Scale of A" />
      </PanesToolbar>
      <AgainstBar />
      <SameSides />
      <KeyedPlace>
        <div
          className="panes compare-panes"
          ref={stage}
          role="application"
          aria-label="Compare"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: an application takes the focus and its own keys
          tabIndex={0}
        >
          <canvas ref={canvas} className="panes-canvas" />
          {rects ? <PaneFrame plane={plane} rect={rects[0]} title={`A: ${names.a}`} active={false} /> : null}
          {rects && question ? (
            <PaneFrame plane={plane} rect={rects[1]} title={`B: ${names.b}`} active={false} />
          ) : null}
          {layout ? <PaneRulers layout={layout} /> : null}
          {rects && !question ? <AskForB rect={rects[1]} /> : null}
        </div>
      </KeyedPlace>
      <OverlapTable />
    </>
  );
}
