/** Wrapper with role `application` for an element of that role, needed for Orca. */
import type { ReactNode } from "react";

/**
 * Orca treats an `application` element that gets the focus as a page of its own unless it is inside another
 * one: it would say nothing and keep the arrow keys.
 */
export function AriaApplication({ children }: { readonly children: ReactNode }) {
  return (
    <div className="aria-application" role="application">
      {children}
    </div>
  );
}
