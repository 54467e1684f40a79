/** Lays out the panes of the Planes view. */
import type { Rect } from "../../base/rect.ts";
import type { PaneName } from "../../domain/view/view-values.ts";

/** Gap between panes in CSS px. */
export const PANE_GAP_PX = 4;

/** Returns the rectangle of each pane: four of them, or only the maximised one. */
export function planeRects(
  width: number,
  height: number,
  split: readonly [number, number],
  maximised: PaneName | null,
): Partial<Record<PaneName, Rect>> {
  if (maximised !== null) return { [maximised]: { x: 0, y: 0, width, height } };
  const left = Math.round((width - PANE_GAP_PX) * split[0]);
  const top = Math.round((height - PANE_GAP_PX) * split[1]);
  const right = { x: left + PANE_GAP_PX, width: Math.max(1, width - left - PANE_GAP_PX) };
  const bottom = { y: top + PANE_GAP_PX, height: Math.max(1, height - top - PANE_GAP_PX) };
  const [first, above] = [
    { x: 0, width: Math.max(1, left) },
    { y: 0, height: Math.max(1, top) },
  ];
  return {
    axial: { ...first, ...above },
    solid: { ...right, ...above },
    coronal: { ...first, ...bottom },
    sagittal: { ...right, ...bottom },
  };
}
