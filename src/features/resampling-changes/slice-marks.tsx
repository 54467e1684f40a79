/** Outline of the changed place over the panes of a layout whose slices cut it. */
import type { SliceLayout, SliceSpec } from "../../app/commands/slice-commands.ts";
import { sourceGrid } from "../../domain/volume/palette-volume.ts";
import { useStore } from "../../state/store.ts";
import { panePlace } from "../ruler/ruler-geometry.ts";
import { placeMark } from "./place-marks.ts";
import { PlaceShapes } from "./place-shapes.tsx";

export function SliceMarks({ layout }: { readonly layout: SliceLayout }) {
  return layout.panes.map((pane, i) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: panes keep their places
    <PaneMark key={i} pane={pane} devicePixelRatio={layout.devicePixelRatio} />
  ));
}

interface PaneProps {
  readonly pane: SliceSpec;
  readonly devicePixelRatio: number;
}

function PaneMark({ pane, devicePixelRatio }: PaneProps) {
  const step = useStore((s) => s.placeStep);
  const source = useStore((s) => s.openCase?.source);
  const view = useStore((s) => s.view);
  const planes = useStore((s) => s.planes);
  const outlinePx = useStore((s) => s.outlinePx);
  if (step?.kind !== "at" || !source) return null;
  const picture = panePlace(sourceGrid(source), pane, { view, planes, outlinePx }, devicePixelRatio);
  const mark = placeMark(step.place, picture);
  return mark ? (
    <PlaceShapes mark={mark} sizePx={picture.sizePx} left={pane.rect.x} top={pane.rect.y} />
  ) : null;
}
