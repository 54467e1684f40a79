/**
 * The Planes view: axial, coronal, sagittal and 3D panes of the shown regions at one scale, linked by the
 * crosshair.
 */
import { useCallback, useMemo, useRef } from "react";
import type { SliceLayout, SliceSpec } from "../../app/commands/slice-commands.ts";
import type { Plane } from "../../domain/geometry/grid.ts";
import { setSliceOptions, toggleMaximised } from "../../state/actions/slices-actions.ts";
import { setPlane } from "../../state/actions/view-actions.ts";
import { selectShownScales } from "../../state/case/shown-patch.ts";
import { useStore } from "../../state/store.ts";
import { AriaApplication } from "../../ui/controls/aria-application.tsx";
import { useElementSize } from "../../ui/controls/use-element-size.ts";
import { sliceMarks } from "../resampling-changes/lazy.tsx";
import { SliceRulers } from "../ruler/slice-rulers.tsx";
import { SliceTrack } from "../view-controls/slice-track.tsx";
import { View3dPane } from "../view3d/view3d-pane.tsx";
import { PaneFrame } from "./pane-frame.tsx";
import { planeRects } from "./pane-rects.ts";
import { PaneSplitter } from "./pane-splitter.tsx";
import { DifferenceToggle, ScaleField, SlicesToolbar } from "./slices-toolbar.tsx";
import { useSliceCanvas } from "./use-slice-canvas.ts";
import "./planes.css";

const PLANES: readonly Plane[] = ["axial", "coronal", "sagittal"];

export function PlanesView() {
  const container = useRef<HTMLDivElement>(null);
  const size = useElementSize(container);
  const split = useStore((s) => s.split);
  const maximised = useStore((s) => s.maximised);
  const active = useStore((s) => s.view.plane);
  const scales = useStore(selectShownScales);
  const wantedScale = useStore((s) => s.sliceScale);
  const showDifference = useStore((s) => s.showDifference);
  const scale = Math.min(wantedScale, Math.max(0, scales.length - 1));

  const rects = useMemo(
    () => (size ? planeRects(size.width, size.height, split, maximised) : null),
    [size, split, maximised],
  );
  const shown = useMemo(() => PLANES.filter((plane) => rects?.[plane]), [rects]);
  const layout = useMemo((): SliceLayout | null => {
    if (!size || !rects) return null;
    return {
      widthPx: size.width,
      heightPx: size.height,
      devicePixelRatio: size.devicePixelRatio,
      panes: shown.flatMap((plane): SliceSpec[] => {
        const rect = rects[plane];
        const against = showDifference && scale > 0 ? ({ side: 0, scale: 0 } as const) : null;
        return rect ? [{ rect, plane, slice: null, targets: { side: 0, scale }, against }] : [];
      }),
      view3d: rects.solid ?? null,
    };
  }, [size, rects, shown, scale, showDifference]);

  const maximiseView3d = useCallback(() => toggleMaximised("solid"), []);
  const canvas = useSliceCanvas(layout, {
    onPress: (pane) => {
      const plane = shown[pane];
      if (plane && plane !== active) setPlane(plane);
    },
    onDouble: (pane, takeBack) => {
      const plane = shown[pane];
      if (!plane) return;
      takeBack();
      toggleMaximised(plane);
    },
  });

  return (
    <>
      <SlicesToolbar label="Planes">
        <ScaleField />
        <DifferenceToggle />
      </SlicesToolbar>
      <AriaApplication>
        <div
          className="slices"
          ref={container}
          role="application"
          aria-label="Planes"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: an application takes the focus and its own keys
          tabIndex={0}
        >
          <canvas ref={canvas} className="slices-canvas" />
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
                <SliceTrack plane={plane} orientation="vertical" />
              </PaneFrame>
            ) : null;
          })}
          {layout ? <SliceRulers layout={layout} /> : null}
          {layout ? <sliceMarks.View layout={layout} /> : null}
          {rects?.solid ? (
            <View3dPane rect={rects.solid} maximised={maximised === "solid"} onMaximise={maximiseView3d} />
          ) : null}
          {size && maximised === null ? (
            <>
              <PaneSplitter
                orientation="vertical"
                part={split[0]}
                lengthPx={size.width}
                onChange={(part) => setSliceOptions({ split: [part, split[1]] })}
              />
              <PaneSplitter
                orientation="horizontal"
                part={split[1]}
                lengthPx={size.height}
                onChange={(part) => setSliceOptions({ split: [split[0], part] })}
              />
            </>
          ) : null}
        </div>
      </AriaApplication>
    </>
  );
}
