/** A line between two parts of the page that can be dragged or moved by keys. */
import { type CSSProperties, type KeyboardEvent, type PointerEvent, useRef } from "react";
import { within } from "../../base/within.ts";

interface Props {
  readonly orientation: "vertical" | "horizontal";
  readonly label: string;
  /** Current value, between least and most, in its unit. */
  readonly value: number;
  readonly least: number;
  readonly most: number;
  readonly unit: "%" | "px";
  /** Change of the value per arrow key press. */
  readonly step: number;
  /** Change of the value when the line moves one px to the right or down. */
  readonly perPx: number;
  /** Position of the visible line within the grip: centred, or at its left, right or top edge. */
  readonly line?: "left" | "right" | "top";
  /** Over images, which have a dark background in both themes. */
  readonly onPicture?: boolean;
  readonly style?: CSSProperties;
  readonly onChange: (value: number) => void;
  readonly onReset: () => void;
}

/** Wider than the visible line, so that it is easy to grab. */
export const GRIP_PX = 10;

/** Arrow keys move it, Home and End set the minimum and maximum; a double click or Enter resets it. */
export function Splitter(props: Props) {
  const { orientation, label, value, least, most, unit, step, perPx, line, style, onChange, onReset } = props;
  const isVertical = orientation === "vertical";
  /** Start of the drag, so that the line keeps its distance from the pointer. */
  const caught = useRef({ px: 0, value: 0, moved: false });
  const pxOf = (event: PointerEvent) => (isVertical ? event.clientX : event.clientY);
  const change = (wanted: number) => onChange(within(wanted, least, most));
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const on = Math.sign(perPx) * step;
    const [back, forth] = isVertical ? ["ArrowLeft", "ArrowRight"] : ["ArrowUp", "ArrowDown"];
    if (event.key === "Enter") onReset();
    else if (event.key === "Home") change(least);
    else if (event.key === "End") change(most);
    else if (event.key === back) change(value - on);
    else if (event.key === forth) change(value + on);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a separator that is moved has a value; hr has none
    <div
      className={props.onPicture ? "splitter on-picture" : "splitter"}
      role="separator"
      tabIndex={0}
      aria-orientation={orientation}
      aria-label={label}
      aria-valuemin={Math.round(least)}
      aria-valuemax={Math.round(most)}
      aria-valuenow={Math.round(value)}
      aria-valuetext={`${Math.round(value)} ${unit}`}
      data-line={line}
      style={style}
      onDoubleClick={onReset}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        caught.current = { px: pxOf(event), value, moved: false };
      }}
      onPointerMove={(event) => {
        if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
        const px = pxOf(event) - caught.current.px;
        caught.current.moved ||= px !== 0;
        // A press without movement changes nothing.
        if (caught.current.moved) change(caught.current.value + px * perPx);
      }}
      onKeyDown={onKeyDown}
    />
  );
}
