/** Hook that follows the size of an element. */
import { type RefObject, useLayoutEffect, useState } from "react";

export interface ElementSize {
  /** CSS px. */
  readonly width: number;
  readonly height: number;
  readonly devicePixelRatio: number;
}

/** Returns null before the element is laid out. */
export function useElementSize(element: RefObject<HTMLElement | null>): ElementSize | null {
  const [size, setSize] = useState<ElementSize | null>(null);
  useLayoutEffect(() => {
    const box = element.current;
    if (!box) return;
    const measure = () => {
      const { clientWidth: width, clientHeight: height } = box;
      setSize(width > 0 && height > 0 ? { width, height, devicePixelRatio } : null);
    };
    const observer = new ResizeObserver(measure);
    observer.observe(box);
    measure();
    return () => observer.disconnect();
  }, [element]);
  return size;
}
