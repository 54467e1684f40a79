/** Toolbar frame for views without tools of the grid: controls between the toggles of the side panels. */
import type { ReactNode } from "react";
import { useStore } from "../../state/store.ts";
import { PanelToggle } from "./panel-toggle.tsx";

interface Props {
  readonly label: string;
  readonly children: ReactNode;
}

export function RegionsToolbar({ label, children }: Props) {
  const hasCase = useStore((s) => s.openCase !== null);
  return (
    <div className="toolbar" role="toolbar" aria-label={label}>
      <PanelToggle side="left" />
      {children}
      {hasCase ? <PanelToggle side="right" /> : null}
    </div>
  );
}
