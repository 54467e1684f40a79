import { type RefObject, useEffect, useState } from "react";

/**
 * How large a panel is along the direction in which its border moves, and the neighbour that it shares its
 * room with: with borders and scroll bars, in whole CSS px, kept up to date.
 * @param container selector of what holds both
 * @param neighbour selector within that
 */
export function useSharedRoom(
  panel: RefObject<HTMLElement | null>,
  along: "offsetWidth" | "offsetHeight",
  container: string,
  neighbour: string,
): { readonly own: number; readonly other: number } {
  const [sizes, setSizes] = useState({ own: 0, other: 0 });
  // Not before painting: a border within its panel is there before the panel is known.
  useEffect(() => {
    const own = panel.current;
    const other = own?.closest(container)?.querySelector<HTMLElement>(neighbour);
    if (!own || !other) return;
    const measure = () => setSizes({ own: own[along], other: other[along] });
    const observer = new ResizeObserver(measure);
    observer.observe(own);
    observer.observe(other);
    measure();
    return () => observer.disconnect();
  }, [panel, along, container, neighbour]);
  return sizes;
}
