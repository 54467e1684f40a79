import { type ReactNode, type RefObject, useLayoutEffect, useRef, useState } from "react";
import { GRIP_PX, Splitter } from "./controls/splitter.tsx";
import { recall, remember } from "./remembered.ts";

interface Props {
  readonly side: "left" | "right";
  readonly label: string;
  readonly children: ReactNode;
}

/** Narrower, counts and times would be cut. */
const LEAST_PX = 260;
const MOST_PX = 720;
const STEP_PX = 16;
/** As in layout.css: the middle of the grip is on the outer edge, so that nothing jumps when it is taken. */
const BORDER_PX = 1;

/**
 * A column beside the pictures whose inner border is dragged. Its width is remembered; a window that is too narrow for it
 * makes it narrower (layout.css), and does not change what is remembered.
 */
export function SidePanel({ side, label, children }: Props) {
  const [chosen, setChosen] = useState(() => rememberedWidth(side));
  const panel = useRef<HTMLElement>(null);
  const width = useOuterWidth(panel);
  const choose = (px: number | null) => {
    const next = px === null ? null : clamped(px);
    setChosen(next);
    remember(widthOf(side), next === null ? null : String(next));
  };
  const inward = side === "left" ? 1 : -1;
  return (
    <aside ref={panel} className={side} aria-label={label} style={chosen === null ? {} : { width: chosen }}>
      <div className="side-content">{children}</div>
      <Splitter
        orientation="vertical"
        label={`Width of the ${side} panel`}
        now={width}
        least={LEAST_PX}
        most={MOST_PX}
        unit="px"
        style={{ [side === "left" ? "right" : "left"]: -GRIP_PX / 2 - BORDER_PX, width: GRIP_PX }}
        onReset={() => choose(null)}
        onStep={(direction) => choose(width + inward * direction * STEP_PX)}
        onDrag={({ clientX }) => {
          const box = panel.current?.getBoundingClientRect();
          if (box) choose(side === "left" ? clientX - box.left : box.right - clientX);
        }}
      />
    </aside>
  );
}

/** With border and scroll bar, in whole CSS px. */
function useOuterWidth(element: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const box = element.current;
    if (!box) return;
    const measure = () => setWidth(box.offsetWidth);
    const observer = new ResizeObserver(measure);
    observer.observe(box);
    measure();
    return () => observer.disconnect();
  }, [element]);
  return width;
}

const widthOf = (side: "left" | "right") => `width.${side}`;

const clamped = (px: number) => Math.round(Math.min(MOST_PX, Math.max(LEAST_PX, px)));

function rememberedWidth(side: "left" | "right"): number | null {
  const px = Number(recall(widthOf(side)) ?? Number.NaN);
  return Number.isFinite(px) ? clamped(px) : null;
}
