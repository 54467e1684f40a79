/** Draggable line between panes. */
import { GRIP_PX, Splitter } from "../../ui/controls/splitter.tsx";
import { PANE_GAP_PX } from "./pane-rects.ts";

interface Props {
  readonly orientation: "vertical" | "horizontal";
  /** Part of the length before the splitter, 0..1. */
  readonly part: number;
  readonly lengthPx: number;
  readonly onChange: (part: number) => void;
}

export function PaneSplitter({ orientation, part, lengthPx, onChange }: Props) {
  const isVertical = orientation === "vertical";
  const availablePx = lengthPx - PANE_GAP_PX;
  const at = Math.round(availablePx * part) + PANE_GAP_PX / 2 - GRIP_PX / 2;
  return (
    <Splitter
      orientation={orientation}
      label={isVertical ? "Width of the left panes" : "Height of the upper panes"}
      value={part * 100}
      least={15}
      most={85}
      unit="%"
      step={2}
      perPx={100 / availablePx}
      onPicture
      style={isVertical ? { left: at, width: GRIP_PX } : { top: at, height: GRIP_PX }}
      onChange={(percent) => onChange(percent / 100)}
      onReset={() => onChange(0.5)}
    />
  );
}
