/** Toolbar frame for views without tools of the grid. */
import type { ReactNode } from "react";

interface Props {
  readonly label: string;
  readonly children: ReactNode;
}

export function RegionsToolbar({ label, children }: Props) {
  return (
    <div className="toolbar" role="toolbar" aria-label={label}>
      {children}
    </div>
  );
}
