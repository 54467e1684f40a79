import type { CSSProperties, PointerEvent } from "react";

interface Props {
  readonly orientation: "vertical" | "horizontal";
  readonly label: string;
  readonly now: number;
  readonly least: number;
  readonly most: number;
  readonly unit: "%" | "px";
  readonly style?: CSSProperties;
  readonly onDrag: (event: PointerEvent<HTMLElement>) => void;
  /** By arrow keys: -1 is to the left or up. */
  readonly onStep: (direction: -1 | 1) => void;
  readonly onReset: () => void;
}

/** Wider than what is seen, so that it can be caught. */
export const GRIP_PX = 10;

/** A line between two parts of the page, to be dragged or moved by arrow keys; a double click or Enter puts it back. */
export function Splitter(props: Props) {
  const { orientation, label, now, least, most, unit, style, onDrag, onStep, onReset } = props;
  const [back, on] = orientation === "vertical" ? ["ArrowLeft", "ArrowRight"] : ["ArrowUp", "ArrowDown"];
  return (
    // biome-ignore lint/a11y/useSemanticElements: a separator that is moved has a value; hr has none
    <div
      className="splitter"
      role="separator"
      tabIndex={0}
      aria-orientation={orientation}
      aria-label={label}
      aria-valuemin={least}
      aria-valuemax={most}
      aria-valuenow={now}
      aria-valuetext={`${now} ${unit}`}
      style={style}
      onDoubleClick={onReset}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) onDrag(event);
      }}
      onKeyDown={(event) => {
        if (event.key === "Enter") onReset();
        else if (event.key === back) onStep(-1);
        else if (event.key === on) onStep(1);
        else return;
        event.preventDefault();
        event.stopPropagation();
      }}
    />
  );
}
