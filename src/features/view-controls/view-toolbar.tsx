import type { ReactNode } from "react";
import { useStore } from "../../state/store.ts";
import { PanelToggle } from "./panel-toggle.tsx";

interface Props {
  readonly label: string;
  readonly children: ReactNode;
}

/** The line of controls of a view, between the switches of the side panels, where the grid has them too. */
export function InsightToolbar({ label, children }: Props) {
  const hasCase = useStore((s) => s.openCase !== null);
  return (
    <div className="toolbar" role="toolbar" aria-label={label}>
      <PanelToggle side="left" />
      {children}
      {hasCase ? <PanelToggle side="right" /> : null}
    </div>
  );
}
