/** One finding in the list: its title, repair, message and code; a click shows the regions it concerns. */
import { Info, OctagonX, TriangleAlert, Wrench } from "lucide-react";
import { type MouseEvent, useEffect, useId, useRef } from "react";
import type { Finding, Severity } from "../../domain/findings/finding.ts";
import { ONE_LABEL_FILE } from "../../domain/findings/masks.ts";
import { workEnded, workStarted } from "../../state/actions/gpu-actions.ts";
import { MakeLabelMap } from "../make-label-map/make-label-map.tsx";

const SHAPES = { error: OctagonX, warning: TriangleAlert, info: Info } as const;
export const SEVERITY_NAMES: Readonly<Record<Severity, string>> = {
  error: "Error",
  warning: "Warning",
  info: "Note",
};

interface Props {
  readonly finding: Finding;
  readonly open: boolean;
  /** The edit that *Apply repair* would make; null if a person has to choose. */
  readonly repair: string | null;
  /** What to do stands at the end of the message, and nowhere else. */
  readonly remedyInMessage: boolean;
  readonly onClick: () => void;
  readonly onRepair: () => void;
}

export function FindingItem({ finding, open, repair, remedyInMessage, onClick, onRepair }: Props) {
  const Shape = SHAPES[finding.severity];
  const item = useRef<HTMLLIElement>(null);
  const text = useId();
  /** `clientY` of the pointer, in CSS px; null if a key opened the finding. */
  const pointerY = useRef<number | null>(null);
  useEffect(() => (open && item.current ? revealLater(item.current, pointerY.current) : undefined), [open]);
  const onPress = (event: MouseEvent) => {
    pointerY.current = event.detail > 0 ? event.clientY : null;
    onClick();
  };
  return (
    <li ref={item} className="finding-item" data-severity={finding.severity} data-open={open || undefined}>
      <button
        type="button"
        className="finding"
        aria-expanded={open}
        aria-describedby={text}
        onClick={onPress}
      >
        <Shape size={15} aria-hidden className="finding-shape" />
        <span>
          <span className="visually-hidden">{SEVERITY_NAMES[finding.severity]}: </span>
          <b>{finding.title}</b>
        </span>
      </button>
      {finding.code === ONE_LABEL_FILE ? <MakeLabelMap /> : null}
      {repair === null ? null : (
        <button type="button" className="finding-action" onClick={onRepair}>
          <Wrench size={12} aria-hidden />
          <span>
            <b>Apply repair:</b> {repair}
          </span>
        </button>
      )}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the title is the button for keys */}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a larger target for the mouse */}
      <div className="finding-text" id={text} onClick={open ? undefined : onPress}>
        <p className="finding-message" data-whole={remedyInMessage || undefined}>
          {finding.message}
        </p>
        <p className="finding-code">
          {SEVERITY_NAMES[finding.severity]} <code>{finding.code}</code>
        </p>
      </div>
    </li>
  );
}

/** Browsers round the pointer's place down to whole px, and scroll by whole px. */
const ROUNDED_PX = 3;

/**
 * Waits for the frame in which the finding has grown: growing and scrolling at once would move what is below
 * it under the pointer. Returns how to cancel.
 */
function revealLater(item: HTMLElement, pointerY: number | null): () => void {
  let frame = requestAnimationFrame(() => {
    frame = requestAnimationFrame(() => {
      reveal(item, pointerY);
      end();
    });
  });
  let isAwaited = true;
  const end = () => {
    if (isAwaited) workEnded();
    isAwaited = false;
  };
  workStarted();
  return () => {
    cancelAnimationFrame(frame);
    end();
  };
}

/**
 * Scrolls an opened finding into view, with its message. With a pointer, what was pressed stays under it, so
 * that the second click of a double click hits nothing else; and the title stays in sight.
 */
function reveal(item: HTMLElement, pointerY: number | null): void {
  const scroller = item.closest(".findings-scroller");
  if (pointerY === null) {
    const isTaller = item.offsetHeight > (scroller?.clientHeight ?? 0);
    item.scrollIntoView({ block: isTaller ? "start" : "nearest" });
    return;
  }
  const pressed = [...item.querySelectorAll(".finding, .finding-text")]
    .map((part) => part.getBoundingClientRect())
    .find(({ top, bottom }) => top <= pointerY && pointerY <= bottom);
  if (!scroller || !pressed) return;
  const hidden = item.getBoundingClientRect().bottom - scroller.getBoundingClientRect().bottom;
  const belowPx = Math.max(0, pressed.bottom - pointerY - ROUNDED_PX);
  const abovePx = Math.max(0, item.getBoundingClientRect().top - scroller.getBoundingClientRect().top);
  if (hidden > 0) scroller.scrollTop += Math.min(hidden, belowPx, abovePx);
}
