import { type RefObject, useLayoutEffect, useState } from "react";

export interface Room {
  readonly width: number;
  readonly height: number;
  readonly ratio: number;
}

/** The room inside an element, in CSS px, and device px in one of those. */
export function useRoom(element: RefObject<HTMLElement | null>): Room | null {
  const [room, setRoom] = useState<Room | null>(null);
  useLayoutEffect(() => {
    const measured = element.current;
    if (!measured) return;
    const measure = () =>
      setRoom({ width: measured.clientWidth, height: measured.clientHeight, ratio: devicePixelRatio });
    const observer = new ResizeObserver(measure);
    observer.observe(measured);
    measure();
    return () => observer.disconnect();
  }, [element]);
  return room;
}
