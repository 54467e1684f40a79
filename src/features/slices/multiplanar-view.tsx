/**
 * The Planes view: axial, coronal, sagittal and 3D panes of the shown regions at one scale, linked by the
 * crosshair.
 */
import { useCallback, useMemo, useRef } from "react";
import type { PanesLayout, WantedPane } from "../../app/commands/slice-commands.ts";
import type { Plane } from "../../domain/geometry/grid.ts";
import { setPanes, toggleMaximised } from "../../state/actions/slices-actions.ts";
import { setPlane } from "../../state/actions/view-actions.ts";
import { selectShownScales } from "../../state/case/shown-patch.ts";
import { useStore } from "../../state/store.ts";
import { KeyedPlace } from "../../ui/controls/aria-application.tsx";
import { useRoom } from "../../ui/controls/use-element-size.ts";
import { PaneRulers } from "../ruler/pane-rulers.tsx";
import { SliceStrip } from "../view-controls/slice-track.tsx";
import { SolidPane } from "../view3d/view3d-pane.tsx";
import { PaneFrame } from "./pane-frame.tsx";
import { planeRects } from "./pane-rects.ts";
import { PaneSplitter } from "./pane-splitter.tsx";
import { LostToggle, PanesToolbar, ScaleField } from "./slices-toolbar.tsx";
import { usePaneCanvas } from "./use-slice-canvas.ts";
import "./planes.css";

const PLANES: readonly Plane[] = ["axial", "coronal", "sagittal"];

export function PlanesView() {
  const stage = useRef<HTMLDivElement>(null);
  const room = useRoom(stage);
  const split = useStore((s) => s.split);
  const maximised = useStore((s) => s.maximised);
  const active = useStore((s) => s.view.plane);
  const scales = useStore(selectShownScales);
  const wantedScale = useStore((s) => s.paneScale);
  const showLost = useStore((s) => s.showLost);
  const scale = Math.min(wantedScale, Math.max(0, scales.length - 1));

  const rects = useMemo(
    () => (room ? planeRects(room.width, room.height, split, maximised) : null),
    [room, split, maximised],
  );
  const shown = useMemo(() => PLANES.filter((plane) => rects?.[plane]), [rects]);
  const layout = useMemo((): PanesLayout | null => {
    if (!room || !rects) return null;
    return {
      widthPx: room.width,
      heightPx: room.height,
      devicePixelRatio: room.devicePixelRatio,
      panes: shown.flatMap((plane): WantedPane[] => {
        const rect = rects[plane];
        const against = showLost && scale > 0 ? ({ source: 0, scale: 0 } as const) : null;
        return rect ? [{ rect, plane, slice: null, targets: { source: 0, scale }, against }] : [];
      }),
      solid: rects.solid ?? null,
    };
  }, [room, rects, shown, scale, showLost]);

  const onPane = useCallback(
    (index: number, how: "press" | "double") => {
      const plane = shown[index];
      if (!plane) return;
      if (how === "double") toggleMaximised(plane);
      else if (useStore.getState().view.plane !== plane) setPlane(plane);
    },
    [shown],
  );
  const maximiseSolid = useCallback(() => toggleMaximised("solid"), []);
  const canvas = usePaneCanvas(layout, onPane);

  return (
    <>
      <PanesToolbar label="Planes">
        <ScaleField />
        <LostToggle />
      </PanesToolbar>
      <KeyedPlace>
        <div
          className="panes"
          ref={stage}
          role="application"
          aria-label="Planes"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: an application takes the focus and its own keys
          tabIndex={0}
        >
          <canvas ref={canvas} className="panes-canvas" />
          {shown.map((plane) => {
            const rect = rects?.[plane];
            return rect ? (
              <PaneFrame
                key={plane}
                plane={plane}
                rect={rect}
                active={plane === active}
                maximised={maximised === plane}
                onMaximise={() => toggleMaximised(plane)}
              >
                <SliceStrip plane={plane} orientation="vertical" />
              </PaneFrame>
            ) : null;
          })}
          {layout ? <PaneRulers layout={layout} /> : null}
          {rects?.solid ? (
            <SolidPane rect={rects.solid} maximised={maximised === "solid"} onMaximise={maximiseSolid} />
          ) : null}
          {room && maximised === null ? (
            <>
              <PaneSplitter
                orientation="vertical"
                part={split[0]}
                lengthPx={room.width}
                onChange={(part) => setPanes({ split: [part, split[1]] })}
              />
              <PaneSplitter
                orientation="horizontal"
                part={split[1]}
                lengthPx={room.height}
                onChange={(part) => setPanes({ split: [split[0], part] })}
              />
            </>
          ) : null}
        </div>
      </KeyedPlace>
    </>
  );
}
