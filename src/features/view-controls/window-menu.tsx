/** Toolbar button that shows the image's grey window and opens its controls. */
import { Popover } from "@base-ui/react/popover";
import { formatGrey } from "../../base/format-numbers.ts";
import { useStore } from "../../state/store.ts";
import { windowPopup } from "./lazy.tsx";

export function WindowMenu() {
  const { level, width } = useStore((s) => s.view.window);
  const [w, l] = [`W ${formatGrey(width, width)}`, `L ${formatGrey(level, width)}`];
  return (
    <Popover.Root>
      <Popover.Trigger
        className="button slim"
        aria-label={`Window and level: ${w} ${l}`}
        title={`Window and level of the image (${w}, ${l})`}
      >
        <span className="window-values">
          {w} <span>{l}</span>
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
