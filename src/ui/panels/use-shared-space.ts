/** Hook that follows the size of a panel and of the neighbour it shares space with. */
import { type RefObject, useEffect, useState } from "react";

/**
 * Sizes are along the direction in which the border moves, include borders and scroll bars, and are in whole
 * CSS px.
 * @param container selector of the element that contains both
 * @param neighbour selector within the container
 */
export function useSharedSpace(
  panel: RefObject<HTMLElement | null>,
  along: "offsetWidth" | "offsetHeight",
  container: string,
  neighbour: string,
): { readonly own: number; readonly other: number } {
  const [sizes, setSizes] = useState({ own: 0, other: 0 });
  // Not a layout effect: a border inside its panel mounts before the panel's ref is set.
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
