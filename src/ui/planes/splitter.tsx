import { PANE_GAP_PX } from "./pane-rects.ts";

interface Props {
  readonly orientation: "vertical" | "horizontal";
  /** Of the length, before the splitter: 0..1. */
  readonly part: number;
  readonly lengthPx: number;
  readonly onChange: (part: number) => void;
}

/** Wider than what is seen, so that it can be caught. */
const GRIP_PX = 10;
const STEP = 0.02;

/** The line between panes, to be dragged or moved by arrow keys. */
export function Splitter({ orientation, part, lengthPx, onChange }: Props) {
  const isVertical = orientation === "vertical";
  const at = Math.round((lengthPx - PANE_GAP_PX) * part) + PANE_GAP_PX / 2 - GRIP_PX / 2;
  const steps: Readonly<Record<string, number>> = isVertical
    ? { ArrowLeft: -STEP, ArrowRight: STEP }
    : { ArrowUp: -STEP, ArrowDown: STEP };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a separator that is moved has a value; hr has none
    <div
      className="splitter"
      role="separator"
      tabIndex={0}
      aria-orientation={orientation}
      aria-label={isVertical ? "Width of the left panes" : "Height of the upper panes"}
      aria-valuemin={15}
      aria-valuemax={85}
      aria-valuenow={Math.round(part * 100)}
      aria-valuetext={`${Math.round(part * 100)} %`}
      style={isVertical ? { left: at, width: GRIP_PX } : { top: at, height: GRIP_PX }}
      onDoubleClick={() => onChange(0.5)}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={(event) => {
        if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
        const box = event.currentTarget.parentElement?.getBoundingClientRect();
        if (!box) return;
        onChange(isVertical ? (event.clientX - box.left) / lengthPx : (event.clientY - box.top) / lengthPx);
      }}
      onKeyDown={(event) => {
        const step = steps[event.key];
        if (step === undefined) return;
        event.preventDefault();
        event.stopPropagation();
        onChange(part + step);
      }}
    />
  );
}
