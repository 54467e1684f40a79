/** Hook that draws rulers by dragging. */

import { useEffect } from "react";
import type { Pair } from "../../base/pair.ts";
import { setRulers } from "../../state/actions/ruler-actions.ts";
import { useStore } from "../../state/store.ts";
import type { Point } from "../../ui/controls/gesture-target.ts";
import { addRuler, announce, inSliceOf } from "./actions.ts";
import type { RulerPlace } from "./ruler-geometry.ts";
import { type RulerPointer, rulerPointer } from "./ruler-pointer.ts";

/** The pane or tile in which a drag began. */
interface Picture {
  /** In CSS px of the canvas. */
  readonly corner: Pair;
  /** Its current geometry. */
  place(): RulerPlace | null;
}

/** Anything shorter was a click. */
const MIN_PX = 4;

/** Active while the component is mounted. */
export function useRulerPointer(pictureAt: (at: Point) => Picture | null): void {
  useEffect(() => {
    const pointer = pointerOver(pictureAt);
    rulerPointer.current = pointer;
    return () => {
      if (rulerPointer.current === pointer) rulerPointer.current = null;
    };
  }, [pictureAt]);
}

function pointerOver(pictureAt: (at: Point) => Picture | null): RulerPointer {
  let picture: Picture | null = null;
  let start: Point = { x: 0, y: 0 };
  const positionAt = ({ x, y }: Point) => {
    const place = picture?.place();
    if (!picture || !place) return null;
    const inside = (at: number, side: 0 | 1) =>
      Math.min(place.sizePx[side], Math.max(0, at - (picture?.corner[side] ?? 0)));
    return { place, position: place.positionAt([inside(x, 0), inside(y, 1)]) };
  };
  const drag = (at: Point) => {
    const end = positionAt(at);
    const { rulerDraft: draft } = useStore.getState();
    if (!end || !draft) return;
    const { grid, plane } = end.place;
    setRulers({ rulerDraft: { ...draft, to: inSliceOf(grid, plane, end.position, draft.from) } });
  };
  return {
    begin: (at) => {
      picture = pictureAt(at);
      start = at;
      const found = positionAt(at);
      announce("");
      setRulers({
        selectedRuler: null,
        rulerDraft: found && { plane: found.place.plane, from: found.position, to: found.position },
      });
    },
    drag,
    cancel: () => {
      if (!picture) return;
      picture = null;
      setRulers({ rulerDraft: null });
    },
    end: (at) => {
      if (!picture) return;
      drag(at);
      picture = null;
      const { rulerDraft: draft } = useStore.getState();
      if (!draft?.to) return;
      if (Math.hypot(at.x - start.x, at.y - start.y) < MIN_PX) setRulers({ rulerDraft: null });
      else addRuler({ plane: draft.plane, from: draft.from, to: draft.to });
    },
  };
}
