import { Menu } from "@base-ui/react/menu";
import type { ImageVolume } from "../../domain/image-volume.ts";
import { fullRange, initialWindow, isCt } from "../../state/initial-view.ts";
import { useStore } from "../../state/store.ts";
import type { WindowLevel } from "../../state/view-slice.ts";
import { formatValue } from "../format.ts";

const CT_PRESETS: readonly { name: string; window: WindowLevel }[] = [
  { name: "soft tissue", window: { level: 40, width: 400 } },
  { name: "bone", window: { level: 400, width: 1800 } },
  { name: "lung", window: { level: -600, width: 1500 } },
  { name: "brain", window: { level: 40, width: 80 } },
];

/** Grey window of the image: what it is, and presets. */
export function WindowMenu({ image }: { readonly image: ImageVolume }) {
  const { level, width } = useStore((s) => s.view.window);
  const definition = useStore((s) => s.definition);
  const setWindow = useStore((s) => s.setWindow);
  const presets = [
    ...(isCt(definition, image) ? CT_PRESETS : [{ name: "automatic", window: initialWindow(image, false) }]),
    { name: "full range", window: fullRange(image) },
  ];
  return (
    <Menu.Root>
      <Menu.Trigger
        className="button slim"
        aria-label="Window and level"
        title="Window and level of the image"
      >
        <span className="window-values">
          W {formatValue(Math.round(width))} <span>L {formatValue(Math.round(level))}</span>
        </span>
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner className="layer" sideOffset={5} align="start">
          <Menu.Popup className="popup menu">
            {presets.map((preset) => (
              <Menu.Item key={preset.name} className="menu-item" onClick={() => setWindow(preset.window)}>
                <span>{preset.name}</span>
                <small>
                  W {formatValue(Math.round(preset.window.width))} L{" "}
                  {formatValue(Math.round(preset.window.level))}
                </small>
              </Menu.Item>
            ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
