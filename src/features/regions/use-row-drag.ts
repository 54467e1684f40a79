/** Drags a row of the region list to another position by its grip; Escape cancels. */
import { type PointerEvent, type RefObject, useCallback, useEffect, useRef, useState } from "react";
import type { Commands } from "../../app/commands/commands.ts";
import { selectRegion } from "../../state/actions/view-actions.ts";
import type { RegionRow } from "../../state/regions/region-rows.ts";
import { moveRegion } from "../definition/actions.ts";

export const LINE_PX = 26;

/** Dragging this close to either end of the list scrolls it. */
const EDGE_PX = 22;
const SCROLL_PX = 8;

interface RowDrag {
  readonly channel: number;
  /** Drop position: before the found row with this index. */
  readonly gap: number;
  /** Position of the gap below the table head, in CSS px. */
  readonly linePx: number;
}

export function useRowDrag(
  scroller: RefObject<HTMLElement | null>,
  found: readonly RegionRow[],
  commands: Commands,
): { readonly drag: RowDrag | null; readonly onGrip: (event: PointerEvent, channel: number) => void } {
  const [drag, setDrag] = useState<RowDrag | null>(null);
  const latest = useRef({ found, drag });
  useEffect(() => {
    latest.current = { found, drag };
  });

  const onGrip = useCallback(
    (event: PointerEvent, channel: number) => {
      const element = scroller.current;
      if (!element || event.button !== 0) return;
      event.preventDefault();
      const listening = new AbortController();
      const on = { signal: listening.signal };
      const end = () => {
        listening.abort();
        setDrag(null);
      };
      const moved = ({ clientY }: { readonly clientY: number }) => {
        const box = element.getBoundingClientRect();
        const heads = element.querySelector("thead")?.clientHeight ?? 0;
        if (clientY < box.top + heads + EDGE_PX) element.scrollTop -= SCROLL_PX;
        if (clientY > box.bottom - EDGE_PX) element.scrollTop += SCROLL_PX;
        const offset = clientY - box.top + element.scrollTop - heads;
        const gap = Math.max(0, Math.min(latest.current.found.length, Math.round(offset / LINE_PX)));
        setDrag({ channel, gap, linePx: gap * LINE_PX });
      };
      const dropped = () => {
        const { found: lines, drag: last } = latest.current;
        end();
        if (last) dropAt(commands, lines, last);
      };
      window.addEventListener("pointermove", moved, on);
      window.addEventListener("pointerup", dropped, on);
      window.addEventListener("pointercancel", end, on);
      window.addEventListener(
        "keydown",
        (key) => {
          if (key.key !== "Escape") return;
          key.stopPropagation();
          end();
        },
        { ...on, capture: true },
      );
    },
    [scroller, commands],
  );
  return { drag, onGrip };
}

function dropAt(commands: Commands, lines: readonly RegionRow[], { channel, gap }: RowDrag): void {
  const from = lines.findIndex((row) => row.channel === channel);
  const moved = lines[from];
  if (!moved || gap === from || gap === from + 1) return;
  const replaced = lines[gap > from ? gap - 1 : gap];
  if (!replaced) return;
  selectRegion(moved.name);
  moveRegion(commands, moved.channel, replaced.channel);
}
