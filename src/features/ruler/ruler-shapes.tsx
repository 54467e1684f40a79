/** SVG shapes of the rulers over one pane or tile: lines with draggable ends and their lengths. */
import { type PointerEvent, useCallback } from "react";
import { textCentre } from "../../domain/geometry/ruler.ts";
import { setRulers } from "../../state/actions/ruler-actions.ts";
import { useStore } from "../../state/store.ts";
import { KEYS } from "../../ui/keys.ts";
import { moveEnd, nameOf, type RulerEnd } from "./actions.ts";
import { type PlacedRuler, RULER_DOT_PX, type RulerPlace } from "./ruler-geometry.ts";
import "./ruler.css";

interface Props {
  readonly place: RulerPlace;
  readonly placed: readonly PlacedRuler[];
  /** Position of the pane or tile in the containing element. */
  readonly left: number;
  readonly top: number;
  /** Index of the slice, from 0, if panes show different slices of one plane. */
  readonly slice?: number | null;
  /** Hides the shapes from screen readers and focus if another tile shows the same. */
  readonly silent?: boolean;
}

/** Radius of the area that the pointer can grab. */
const GRIP_PX = 8;
const LABEL_HEIGHT_PX = 15;
/** Approximate width of a label's character. */
const CHARACTER_PX = 6.6;

export function RulerShapes({ place, placed, left, top, slice = null, silent }: Props) {
  const [width, height] = place.sizePx;
  const wheel = useCallback((svg: SVGSVGElement | null) => {
    if (!svg) return undefined;
    svg.addEventListener("wheel", passOn, { passive: false });
    return () => svg.removeEventListener("wheel", passOn);
  }, []);
  return (
    <svg
      ref={wheel}
      className="rulers on-picture"
      style={{ left, top, width, height }}
      aria-hidden={silent}
      role={silent ? undefined : "group"}
      aria-label={silent ? undefined : `Rulers, ${place.plane}${slice === null ? "" : ` ${slice}`}`}
    >
      {placed.map((ruler) => (
        <Shape key={ruler.index ?? "draft"} ruler={ruler} place={place} silent={silent ?? false} />
      ))}
    </svg>
  );
}

interface ShapeProps {
  readonly ruler: PlacedRuler;
  readonly place: RulerPlace;
  readonly silent: boolean;
}

function Shape({ ruler, place, silent }: ShapeProps) {
  const { index, from, to, text } = ruler;
  const selected = useStore((s) => index !== null && s.selectedRuler === index);
  const measured = useStore((s) => (index === null ? undefined : s.rulers[index]));
  const label = [text.length * CHARACTER_PX, LABEL_HEIGHT_PX] as const;
  const middle = textCentre(from, to, label, place.sizePx);
  const line = { x1: from[0], y1: from[1], x2: to[0], y2: to[1] };
  const status =
    measured && !silent
      ? {
          role: "img",
          tabIndex: 0,
          "aria-label": nameOf(place.grid, measured, ruler),
          "aria-keyshortcuts": KEYS["ruler-remove"].join(" "),
          onFocus: () => setRulers({ selectedRuler: index }),
        }
      : {};
  return (
    <g
      className="ruler"
      data-selected={selected || undefined}
      data-draft={index === null || undefined}
      {...status}
    >
      <line className="ruler-halo" {...line} />
      <line className="ruler-line" {...line} />
      {(["from", "to"] as const).map((end) => (
        <End key={end} index={index} end={end} at={ruler[end]} place={place} />
      ))}
      {middle ? (
        <text x={middle[0]} y={middle[1]} onPointerDown={() => setRulers({ selectedRuler: index })}>
          {text}
        </text>
      ) : null}
    </g>
  );
}

interface EndProps {
  readonly index: number | null;
  readonly end: RulerEnd;
  readonly at: readonly [number, number];
  readonly place: RulerPlace;
}

function End({ index, end, at, place }: EndProps) {
  const down = (event: PointerEvent<SVGElement>) => {
    if (event.button !== 0 || index === null) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    setRulers({ selectedRuler: index });
  };
  const move = (event: PointerEvent<SVGElement>) => {
    if (index === null || !event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const box = event.currentTarget.ownerSVGElement?.getBoundingClientRect();
    if (!box) return;
    const within = (px: number, most: number) => Math.min(most, Math.max(0, px));
    const [width, height] = place.sizePx;
    const point = [within(event.clientX - box.left, width), within(event.clientY - box.top, height)] as const;
    moveEnd(index, end, place.positionAt(point));
  };
  return (
    <>
      <circle className="ruler-dot" cx={at[0]} cy={at[1]} r={RULER_DOT_PX} />
      {index === null ? null : (
        <circle
          className="ruler-grip"
          cx={at[0]}
          cy={at[1]}
          r={GRIP_PX}
          onPointerDown={down}
          onPointerMove={move}
        />
      )}
    </>
  );
}

/** The wheel acts over a ruler as it does beside it. */
function passOn(event: WheelEvent): void {
  event.preventDefault();
  document
    .querySelector("canvas.grid-canvas, canvas.slices-canvas")
    ?.dispatchEvent(new WheelEvent(event.type, event));
}
