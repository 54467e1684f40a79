/** Hook that moves the focus to the new view when the focused element disappears. */
import { type DOMAttributes, useEffect, useRef } from "react";

/** The element that takes a view's keys, otherwise the whole view. */
const FOCUS_TARGETS = [
  "main :is([role=application], [role=grid], [role=treegrid])[tabindex='0']",
  "main .slices [tabindex='0']",
  "main",
];

/**
 * The focused element may disappear when another view is chosen or another case replaces the open one. The
 * focus then moves to the new view, so that keys and screen readers continue there and not at the top of the
 * page.
 * @param shown name of the shown view
 * @param of what the view shows; another case is another object
 * @returns props for the element around all views
 */
export function useFocusHandoff(
  shown: string,
  of: object | null,
): Pick<DOMAttributes<HTMLElement>, "onFocus" | "onBlur"> {
  // React fires no blur event when it removes the focused element.
  const held = useRef(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another view or case is what it waits for
  useEffect(() => {
    const { activeElement } = document;
    // The element around all views always stays, and holds the focus for a view that takes no keys.
    if (!held.current || !activeElement?.matches("body, main")) return;
    const [target] = FOCUS_TARGETS.map((selector) => document.querySelector<HTMLElement>(selector)).filter(
      (found) => found !== null,
    );
    target?.focus({ preventScroll: true });
  }, [shown, of]);
  return {
    onFocus: () => {
      held.current = true;
    },
    onBlur: () => {
      held.current = false;
    },
  };
}
