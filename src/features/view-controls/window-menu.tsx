/** Toolbar button that shows the image's grey window and opens its controls. */
import { Popover } from "@base-ui/react/popover";
import { formatValue } from "../../base/format-numbers.ts";
import { useStore } from "../../state/store.ts";
import { windowPopup } from "./lazy.tsx";

export function WindowMenu() {
  const { level, width } = useStore((s) => s.view.window);
  return (
    <Popover.Root>
      <Popover.Trigger
        className="button slim"
        aria-label="Window and level"
        title={`Window and level of the image (W ${formatValue(Math.round(width))}, L ${formatValue(Math.round(level))})`}
      >
        <span className="window-values">
          W {formatValue(Math.round(width))} <span>L {formatValue(Math.round(level))}</span>
        </span>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner className="popup-positioner" sideOffset={5} align="start">
          <Popover.Popup className="popup">
            <Popover.Title className="visually-hidden">Window and level</Popover.Title>
            <windowPopup.View />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
