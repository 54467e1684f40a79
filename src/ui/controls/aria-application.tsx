import type { ReactNode } from "react";

/**
 * Around an element of role `application`. Orca takes such an element that gets the focus for a page of its
 * own unless it lies in another one: it would say nothing, and keep the arrow keys.
 */
export function KeyedPlace({ children }: { readonly children: ReactNode }) {
  return (
    <div className="keyed-place" role="application">
      {children}
    </div>
  );
}
