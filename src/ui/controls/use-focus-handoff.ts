/** Moves the focus to the view when the focused element, or the one a dialog would return to, disappears. */
import { type DOMAttributes, type FocusEvent, useEffect, useRef } from "react";

/** The element that takes a view's keys, otherwise the whole view. */
const FOCUS_TARGETS = [
  "main :is([role=application], [role=grid], [role=treegrid])[tabindex='0']",
  "main .slices [tabindex='0']",
  "main",
];

/**
 * The element of the page itself that had the focus last. Popups are not recorded, because they are gone when
 * a dialog that they opened closes.
 */
let lastFocused: WeakRef<HTMLElement> | null = null;

/**
 * For `finalFocus` of every dialog. By the time a dialog has closed, its answer may have replaced the open
 * case and with it the button that opened the dialog; the library would then leave the focus on the body.
 * @returns the element that had the focus before the dialog opened, otherwise the view
 */
export function focusAfterDialog(): HTMLElement | null {
  const last = lastFocused?.deref();
  return last?.isConnected ? last : viewTarget();
}

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
    viewTarget()?.focus({ preventScroll: true });
  }, [shown, of]);
  return {
    onFocus: ({ currentTarget, target }: FocusEvent<HTMLElement>) => {
      held.current = true;
      // React passes on what happens in portals: popups, and the guards that keep the focus in a dialog.
      if (currentTarget.contains(target)) lastFocused = new WeakRef(target);
    },
    onBlur: () => {
      held.current = false;
    },
  };
}

function viewTarget(): HTMLElement | null {
  const found = FOCUS_TARGETS.map((selector) => document.querySelector<HTMLElement>(selector));
  return found.find((element) => element !== null) ?? null;
}
