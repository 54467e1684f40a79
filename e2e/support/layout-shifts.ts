/** Records what moves on the page, and whether it was, or came, under the pointer. */
import type { Page } from "@playwright/test";

/** An element that an action moved, in CSS px of the page. */
interface Shift {
  /** Tag, classes and text. */
  readonly element: string;
  readonly from: readonly [x: number, y: number];
  readonly to: readonly [x: number, y: number];
  /** The pointer was over it before, or is over it after. */
  readonly underPointer: boolean;
}

declare global {
  interface Window {
    shiftsSeen?: Shift[];
  }
}

/**
 * Records `layout-shift` entries of the open page from now on, also those that the browser leaves out of its
 * score because they follow an input.
 */
export async function watchShifts(page: Page): Promise<void> {
  await page.evaluate(() => {
    interface Source {
      readonly node: Node | null;
      readonly previousRect: DOMRectReadOnly;
      readonly currentRect: DOMRectReadOnly;
    }
    const seen: Shift[] = [];
    window.shiftsSeen = seen;
    /** Where the pointer was, and since when. */
    const pointer: { at: number; x: number; y: number }[] = [];
    for (const type of ["pointermove", "pointerdown"] as const)
      window.addEventListener(
        type,
        ({ timeStamp, clientX, clientY }) => pointer.push({ at: timeStamp, x: clientX, y: clientY }),
        { capture: true },
      );
    const holds = (rect: DOMRectReadOnly, point: { x: number; y: number } | undefined) =>
      point !== undefined &&
      point.x >= rect.left &&
      point.x < rect.right &&
      point.y >= rect.top &&
      point.y < rect.bottom;
    const nameOf = (node: Node | null) => {
      const element = node instanceof Element ? node : node?.parentElement;
      const text = node?.textContent?.trim().replace(/\s+/g, " ").slice(0, 40);
      return element
        ? `${element.tagName.toLowerCase()}.${element.getAttribute("class") ?? ""} “${text}”`
        : "?";
    };
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        const at = pointer.findLast((point) => point.at <= entry.startTime);
        for (const { node, previousRect, currentRect } of Reflect.get(entry, "sources") as Source[])
          seen.push({
            element: nameOf(node),
            from: [previousRect.x, previousRect.y],
            to: [currentRect.x, currentRect.y],
            underPointer: holds(previousRect, at) || holds(currentRect, at),
          });
      }
    }).observe({ type: "layout-shift" });
  });
}

/** The shifts since the last call, after two frames, so that those of the last change are reported. */
export async function takeShifts(page: Page): Promise<readonly Shift[]> {
  return page.evaluate(async () => {
    for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
    // Entries are delivered in a task of their own.
    await new Promise((resolve) => setTimeout(resolve));
    return window.shiftsSeen?.splice(0) ?? [];
  });
}
