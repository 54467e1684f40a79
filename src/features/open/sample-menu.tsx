/** The Samples menu of the header: the bundled cases and the synthetic phantom. */
import { Menu } from "@base-ui/react/menu";
import { ChevronDown, Library } from "lucide-react";
import { useCommands } from "../../app/commands/commands-context.ts";
import { SAMPLES } from "./samples.ts";

/** Numbers of channels on both sides of a word boundary. */
const PHANTOMS = [8, 31, 64, 150, 300] as const;

export function SampleMenu() {
  const commands = useCommands();
  return (
    <Menu.Root>
      <Menu.Trigger className="button" title="Samples">
        <Library size={14} aria-hidden className="narrow-icon" /> <span className="wide-label">Samples</span>{" "}
        <ChevronDown size={14} aria-hidden />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner className="popup-positioner" sideOffset={5} align="end">
          <Menu.Popup className="popup menu">
            {SAMPLES.map((sample) => (
              <Menu.Item key={sample.id} className="menu-item" onClick={() => commands.openSample(sample.id)}>
                <span>
                  {sample.title}
                  <small>{sample.line}</small>
                </span>
              </Menu.Item>
            ))}
            <Menu.Separator className="menu-line" />
            <Menu.Group>
              <Menu.GroupLabel className="menu-label">Synthetic phantom</Menu.GroupLabel>
              {PHANTOMS.map((regions) => (
                <Menu.Item key={regions} className="menu-item" onClick={() => commands.openPhantom(regions)}>
                  <span>{regions} regions</span>
                </Menu.Item>
              ))}
            </Menu.Group>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
