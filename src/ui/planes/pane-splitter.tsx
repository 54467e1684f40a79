import { GRIP_PX, Splitter } from "../controls/splitter.tsx";
import { PANE_GAP_PX } from "./pane-rects.ts";

interface Props {
  readonly orientation: "vertical" | "horizontal";
  /** Of the length, before the splitter: 0..1. */
  readonly part: number;
  readonly lengthPx: number;
  readonly onChange: (part: number) => void;
}

const STEP = 0.02;

/** The line between panes. */
export function PaneSplitter({ orientation, part, lengthPx, onChange }: Props) {
  const isVertical = orientation === "vertical";
  const at = Math.round((lengthPx - PANE_GAP_PX) * part) + PANE_GAP_PX / 2 - GRIP_PX / 2;
  return (
    <Splitter
      orientation={orientation}
      label={isVertical ? "Width of the left panes" : "Height of the upper panes"}
      now={Math.round(part * 100)}
      least={15}
      most={85}
      unit="%"
      style={isVertical ? { left: at, width: GRIP_PX } : { top: at, height: GRIP_PX }}
      onReset={() => onChange(0.5)}
      onStep={(direction) => onChange(part + direction * STEP)}
      onDrag={({ currentTarget, clientX, clientY }) => {
        const box = currentTarget.parentElement?.getBoundingClientRect();
        if (box) onChange(isVertical ? (clientX - box.left) / lengthPx : (clientY - box.top) / lengthPx);
      }}
    />
  );
}
