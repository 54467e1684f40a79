/** A side panel whose inner border can be dragged. */
import { type ReactNode, useRef } from "react";
import { Splitter } from "../controls/splitter.tsx";
import { choosePanelSize, isTight, MIN_PX, mostSize, PANEL_GRIP_PX, usePanelSizes } from "./panel-sizes.ts";
import { useSharedSpace } from "./use-shared-space.ts";

interface Props {
  readonly side: "left" | "right";
  readonly label: string;
  /** Closed, it is a strip whose width does not change. */
  readonly open?: boolean;
  readonly children: ReactNode;
}

/**
 * The width is remembered. A browser window that is too narrow shrinks the panel (layout.css) without
 * changing the remembered width.
 */
export function SidePanel({ side, label, open = true, children }: Props) {
  const chosen = usePanelSizes((s) => s[side]);
  const panel = useRef<HTMLElement>(null);
  const { own, other } = useSharedSpace(panel, "offsetWidth", ".columns", ".main-view");
  const choose = (px: number) => {
    if (isTight(other)) keepOther(side);
    choosePanelSize(side, Math.round(px));
  };
  return (
    <aside
      ref={panel}
      className={side}
      aria-label={label}
      data-closed={!open || undefined}
      style={chosen === null || !open ? {} : { width: chosen }}
    >
      <div className="side-content">{children}</div>
      {open ? (
        <Splitter
          orientation="vertical"
          label={`Width of the ${side} panel`}
          value={own}
          least={MIN_PX[side]}
          most={mostSize(side, own, other)}
          unit="px"
          step={16}
          perPx={side === "left" ? 1 : -1}
          // Inside the panel, over its border and the free space beside it, so that it covers nothing.
          line={side === "left" ? "right" : "left"}
          style={{ [side === "left" ? "right" : "left"]: -1, width: PANEL_GRIP_PX }}
          onChange={choose}
          onReset={() => choosePanelSize(side, null)}
        />
      ) : null}
    </aside>
  );
}

/**
 * If both panels are narrower than chosen, moving one border would give that panel's space to the other.
 * Fixes the other panel at its visible width instead.
 */
function keepOther(side: "left" | "right"): void {
  const other = side === "left" ? "right" : "left";
  const shown = document.querySelector<HTMLElement>(`.columns > .${other}:not([data-closed])`);
  if (shown) usePanelSizes.setState({ [other]: shown.offsetWidth });
}
