/** Rulers over the panes of a layout, each in the panes that show its slice. */
import { useCallback } from "react";
import type { SliceLayout, SliceSpec } from "../../app/commands/slice-commands.ts";
import { useStore } from "../../state/store.ts";
import type { Point } from "../../ui/controls/gesture-target.ts";
import { currentGrid } from "./actions.ts";
import { panePlace, rulersIn } from "./ruler-geometry.ts";
import { RulerShapes } from "./ruler-shapes.tsx";
import { useRulerPointer } from "./use-ruler-pointer.ts";

export function SliceRulers({ layout }: { readonly layout: SliceLayout }) {
  const { panes, devicePixelRatio } = layout;
  const pictureAt = useCallback(
    (at: Point) => {
      const pane = panes.find(({ rect }) => holds(rect, at));
      if (!pane) return null;
      return {
        corner: [pane.rect.x, pane.rect.y] as const,
        place: () => {
          const grid = currentGrid();
          return grid && panePlace(grid, pane, useStore.getState(), devicePixelRatio);
        },
      };
    },
    [panes, devicePixelRatio],
  );
  useRulerPointer(pictureAt);
  const any = useStore((s) => s.rulers.length > 0 || s.rulerDraft !== null);
  if (!any) return null;
  return panes.map((pane, i) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: panes keep their places
    <Pane key={i} pane={pane} devicePixelRatio={devicePixelRatio} />
  ));
}

function Pane({ pane, devicePixelRatio }: { readonly pane: SliceSpec; readonly devicePixelRatio: number }) {
  const view = useStore((s) => s.view);
  const planes = useStore((s) => s.planes);
  const rulers = useStore((s) => s.rulers);
  const rulerDraft = useStore((s) => s.rulerDraft);
  const outlinePx = useStore((s) => s.outlinePx);
  const grid = currentGrid();
  if (!grid) return null;
  const place = panePlace(grid, pane, { view, planes, outlinePx }, devicePixelRatio);
  const placed = rulersIn(place, { rulers, rulerDraft, view });
  if (placed.length === 0) return null;
  return (
    <RulerShapes
      place={place}
      placed={placed}
      left={pane.rect.x}
      top={pane.rect.y}
      // If panes show several slices of one plane, each names its slice.
      slice={pane.slice}
    />
  );
}

function holds({ x, y, width, height }: SliceSpec["rect"], at: Point): boolean {
  return at.x >= x && at.y >= y && at.x < x + width && at.y < y + height;
}
