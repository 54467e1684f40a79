/** Toolbar button that opens the grid's legend. */
import { Popover } from "@base-ui/react/popover";
import { Layers } from "lucide-react";
import { colorsByLabel } from "../../state/regions/color-source.ts";
import { useStore } from "../../state/store.ts";
import { legendPopup } from "./lazy.tsx";

export function LegendMenu() {
  const byLabel = useStore(colorsByLabel);
  return (
    <Popover.Root>
      <Popover.Trigger
        className="button slim"
        aria-label="Legend"
        title={`Legend: tiles are coloured by ${byLabel ? "label" : "region"}`}
        data-active={byLabel || undefined}
      >
        <Layers size={14} aria-hidden />
        <span className="toolbar-wide">Legend</span>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner className="popup-positioner" sideOffset={6} align="start">
          <Popover.Popup className="popup legend-popup">
            <Popover.Title className="visually-hidden">Legend</Popover.Title>
            <legendPopup.View />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
