import { type DOMAttributes, useEffect, useRef } from "react";

/** What takes the keys of a view, else all of it. */
const STAGES = [
  "main :is([role=application], [role=grid], [role=treegrid])[tabindex='0']",
  "main .panes [tabindex='0']",
  "main",
];

/**
 * Keeps the focus in the middle of the page. The element that has it may go with a view that is left, or with
 * a case that another replaces: the focus then goes to the new view, so that keys and screen readers go on
 * there and not at the top of the page.
 * @param shown says which view is shown
 * @param of what it shows: another case is another object
 * @returns for the element around all views
 */
export function useKeptFocus(
  shown: string,
  of: object | null,
): Pick<DOMAttributes<HTMLElement>, "onFocus" | "onBlur"> {
  // An element that React takes away has no blur event of React's.
  const held = useRef(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another view or case is what it waits for
  useEffect(() => {
    const { activeElement } = document;
    // The element around all views stays, and holds the focus for a view that takes no keys.
    if (!held.current || !activeElement?.matches("body, main")) return;
    const [stage] = STAGES.map((selector) => document.querySelector<HTMLElement>(selector)).filter(
      (found) => found !== null,
    );
    stage?.focus({ preventScroll: true });
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
