/** Hook that moves the focus among the buttons of a virtual table with the arrow keys. */
import type { Virtualizer } from "@tanstack/react-virtual";
import { type FocusEvent, type KeyboardEvent, useEffect, useRef, useState } from "react";

/** A button of the list: its line, and its index in the line. */
interface Spot {
  readonly line: number;
  readonly at: number;
}

/**
 * Makes the table one Tab stop: arrow keys move between rows and along a row. Only visible rows are rendered.
 * @param buttonsOf the number of buttons in a row
 */
export function useLineFocus(
  lines: Virtualizer<HTMLDivElement, HTMLTableRowElement>,
  count: number,
  buttonsOf: (line: number) => number,
) {
  const [current, setCurrent] = useState<Spot>({ line: 0, at: 0 });
  const wanted = useRef<Spot | null>(null);
  const scroller = lines.scrollElement;

  // A distant row is rendered only after the list has scrolled to it.
  useEffect(() => {
    const spot = wanted.current;
    const button = spot && buttonAt(scroller, spot);
    if (!button) return;
    wanted.current = null;
    button.focus();
  });

  const onKeyDown = (event: KeyboardEvent) => {
    const to = target(event.key, current, count, lines.getVirtualItems().length);
    if (!to) return;
    event.preventDefault();
    event.stopPropagation();
    const spot = { line: to.line, at: Math.max(0, Math.min(to.at, buttonsOf(to.line) - 1)) };
    wanted.current = spot;
    setCurrent(spot);
    lines.scrollToIndex(spot.line, { align: "auto" });
  };

  const onFocus = ({ target: element }: FocusEvent<HTMLElement>) => {
    const line = Number(element.closest<HTMLElement>("[data-index]")?.dataset.index ?? Number.NaN);
    const at = Number(element.dataset.at ?? Number.NaN);
    if (!Number.isNaN(line + at)) setCurrent({ line, at });
  };

  return { current, onKeyDown, onFocus };
}

function buttonAt(scroller: HTMLElement | null, { line, at }: Spot): HTMLElement | null {
  return scroller?.querySelector<HTMLElement>(`[data-index="${line}"] [data-at="${at}"]`) ?? null;
}

function target(key: string, { line, at }: Spot, count: number, page: number): Spot | null {
  const to = (next: number): Spot => ({ line: Math.max(0, Math.min(count - 1, next)), at });
  switch (key) {
    case "ArrowDown":
      return to(line + 1);
    case "ArrowUp":
      return to(line - 1);
    case "PageDown":
      return to(line + page);
    case "PageUp":
      return to(line - page);
    case "Home":
      return to(0);
    case "End":
      return to(count - 1);
    case "ArrowRight":
      return { line, at: at + 1 };
    case "ArrowLeft":
      return { line, at: at - 1 };
    default:
      return null;
  }
}
