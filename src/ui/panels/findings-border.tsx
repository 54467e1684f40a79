/** Border above the findings; dragging it shares the height with the region list. */
import type { RefObject } from "react";
import { Splitter } from "../controls/splitter.tsx";
import { choosePanelSize, MIN_PX, mostSize, PANEL_GRIP_PX } from "./panel-sizes.ts";
import { useSharedSpace } from "./use-shared-space.ts";

export function FindingsBorder({ panel }: { readonly panel: RefObject<HTMLElement | null> }) {
  const { own, other } = useSharedSpace(panel, "offsetHeight", ".side-content", ".regions");
  return (
    <Splitter
      orientation="horizontal"
      label="Height of the findings"
      value={own}
      least={MIN_PX.findings}
      most={mostSize("findings", own, other)}
      unit="px"
      step={16}
      perPx={-1}
      line="top"
      style={{ top: -1, height: PANEL_GRIP_PX }}
      onChange={(px) => choosePanelSize("findings", Math.round(px))}
      onReset={() => choosePanelSize("findings", null)}
    />
  );
}
