/** Hook that counts the findings below what the panel shows. */
import { type RefObject, useEffect, useState } from "react";

/**
 * @param list of findings, inside the element that scrolls
 * @param findings what the list shows; it is counted again when they change
 */
export function useHiddenBelow(list: RefObject<HTMLElement | null>, findings: readonly unknown[]): number {
  const [count, setCount] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: other findings move the titles
  useEffect(() => {
    const items = list.current;
    const scroller = items?.parentElement;
    if (!items || !scroller) return;
    const update = () => setCount(hiddenBelow(items).length);
    const watch = new ResizeObserver(update);
    watch.observe(items);
    watch.observe(scroller);
    scroller.addEventListener("scroll", update, { passive: true });
    return () => {
      watch.disconnect();
      scroller.removeEventListener("scroll", update);
    };
  }, [list, findings]);
  return count;
}

/** The findings whose titles do not lie within the visible part, but for a rounded px. */
export function hiddenBelow(list: HTMLElement): HTMLElement[] {
  const bottom = list.parentElement?.getBoundingClientRect().bottom ?? 0;
  return [...list.querySelectorAll<HTMLElement>(".finding")].filter(
    (title) => title.getBoundingClientRect().bottom > bottom + 1,
  );
}
