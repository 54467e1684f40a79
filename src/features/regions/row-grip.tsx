/** Grip that drags a row of the region list to another position; Escape cancels. */
import { GripVertical } from "lucide-react";
import type { PointerEvent } from "react";
import type { Commands } from "../../app/commands/commands.ts";
import { useCommands } from "../../app/commands/commands-context.ts";
import { selectRegion } from "../../state/actions/view-actions.ts";
import type { RegionRow } from "../../state/regions/region-rows.ts";
import { keyOf } from "../../ui/keys.ts";
import { moveRegion } from "../definition/actions.ts";
import { type DraggedList, LINE_PX, type RowDrag } from "./use-row-drag.ts";

/** Dragging this close to either end of the list scrolls it. */
const EDGE_PX = 22;
const SCROLL_PX = 8;

export function RowGrip({ channel, list }: { readonly channel: number; readonly list: DraggedList }) {
  const commands = useCommands();
  return (
    <span
      className="grip"
      title={`Drag to move (${keyOf("move-up")}, ${keyOf("move-down")})`}
      onPointerDown={(event) => startDrag(event, channel, list, commands)}
    >
      <GripVertical size={12} aria-hidden />
    </span>
  );
}

function startDrag(event: PointerEvent, channel: number, list: DraggedList, commands: Commands): void {
  const element = list.scroller.current;
  if (!element || event.button !== 0) return;
  event.preventDefault();
  const listening = new AbortController();
  const on = { signal: listening.signal };
  let last: RowDrag | null = null;
  const move = (drag: RowDrag | null) => {
    last = drag;
    list.onMove(drag);
  };
  const end = () => {
    listening.abort();
    move(null);
  };
  const moved = ({ clientY }: { readonly clientY: number }) => {
    const box = element.getBoundingClientRect();
    const heads = element.querySelector("thead")?.clientHeight ?? 0;
    if (clientY < box.top + heads + EDGE_PX) element.scrollTop -= SCROLL_PX;
    if (clientY > box.bottom - EDGE_PX) element.scrollTop += SCROLL_PX;
    const offset = clientY - box.top + element.scrollTop - heads;
    const gap = Math.max(0, Math.min(list.found.current.length, Math.round(offset / LINE_PX)));
    move({ channel, gap, linePx: gap * LINE_PX });
  };
  const dropped = () => {
    const drag = last;
    end();
    if (drag) dropAt(commands, list.found.current, drag);
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
