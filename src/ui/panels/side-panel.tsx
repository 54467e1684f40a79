import { type ReactNode, useRef } from "react";
import { Splitter } from "../controls/splitter.tsx";
import { choosePanelSize, isTight, LEAST_PX, mostSize, PANEL_GRIP_PX, usePanelSizes } from "./panel-sizes.ts";
import { useSharedRoom } from "./use-shared-room.ts";

interface Props {
  readonly side: "left" | "right";
  readonly label: string;
  readonly children: ReactNode;
}

/**
 * A column beside the pictures whose inner border is dragged. Its width is remembered; a window that is too
 * narrow for it makes it narrower (layout.css), and does not change what is remembered.
 */
export function SidePanel({ side, label, children }: Props) {
  const chosen = usePanelSizes((s) => s[side]);
  const panel = useRef<HTMLElement>(null);
  const { own, other } = useSharedRoom(panel, "offsetWidth", ".columns", ".centre");
  const choose = (px: number) => {
    if (isTight(other)) keepOther(side);
    choosePanelSize(side, Math.round(px));
  };
  return (
    <aside ref={panel} className={side} aria-label={label} style={chosen === null ? {} : { width: chosen }}>
      <div className="side-content">{children}</div>
      <Splitter
        orientation="vertical"
        label={`Width of the ${side} panel`}
        value={own}
        least={LEAST_PX[side]}
        most={mostSize(side, own, other)}
        unit="px"
        step={16}
        perPx={side === "left" ? 1 : -1}
        // Within the panel, over its border and what is kept free beside that: it covers nothing.
        line={side === "left" ? "right" : "left"}
        style={{ [side === "left" ? "right" : "left"]: -1, width: PANEL_GRIP_PX }}
        onChange={choose}
        onReset={() => choosePanelSize(side, null)}
      />
    </aside>
  );
}

/**
 * Where both panels have less than was chosen, one that is moved would give its room to the other: that one
 * stays as it is seen.
 */
function keepOther(side: "left" | "right"): void {
  const other = side === "left" ? "right" : "left";
  const shown = document.querySelector<HTMLElement>(`.columns > .${other}`);
  if (shown) usePanelSizes.setState({ [other]: shown.offsetWidth });
}
