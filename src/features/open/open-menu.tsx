/** The Open… menu of the header: opens files and folders, and saves or closes the open case. */
import { Menu } from "@base-ui/react/menu";
import { Check, ChevronDown, Download, FilePlus, FolderOpen, Merge, X } from "lucide-react";
import { useCommands } from "../../app/commands/commands-context.ts";
import { toggleShowFrameTimes } from "../../state/actions/view-actions.ts";
import { useStore } from "../../state/store.ts";
import { usePickers } from "../../ui/controls/file-inputs.tsx";
import { keyOf } from "../../ui/keys.ts";

export function OpenMenu() {
  const commands = useCommands();
  const { pickFiles, pickFolder } = usePickers();
  const open = useStore((s) => s.openCase !== null);
  const hasMasks = useStore((s) => s.openCase?.source.kind === "masks");
  const made = useStore((s) => s.madeLabels);
  const inGrid = useStore((s) => s.activeView === "grid");
  const showFrameTimes = useStore((s) => s.showFrameTimes);
  return (
    <Menu.Root>
      <Menu.Trigger className="button primary">
        Open… <ChevronDown size={14} aria-hidden />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner className="popup-positioner" sideOffset={5} align="end">
          <Menu.Popup className="popup menu">
            <Menu.Item className="menu-item" onClick={pickFiles}>
              <FilePlus size={15} aria-hidden />
              <span>
                Open files
                <small>Select labels, image, dataset.json and plans.json together</small>
              </span>
              <kbd>{keyOf("open-files")}</kbd>
            </Menu.Item>
            <Menu.Item className="menu-item" onClick={pickFolder}>
              <FolderOpen size={15} aria-hidden />
              <span>
                Open folder
                <small>Choose an nnU-Net dataset folder, then a case</small>
              </span>
              <kbd>{keyOf("open-folder")}</kbd>
            </Menu.Item>
            {open ? (
              <>
                <Menu.Separator className="menu-line" />
                {hasMasks ? (
                  <Menu.Item className="menu-item" onClick={() => commands.makeLabelMap()}>
                    <Merge size={15} aria-hidden />
                    <span>
                      Make a label map…
                      <small>From these masks, with its dataset.json, as nnU-Net needs it</small>
                    </span>
                  </Menu.Item>
                ) : null}
                {made ? (
                  <Menu.Item className="menu-item" onClick={() => commands.saveMadeLabels()}>
                    <Download size={15} aria-hidden />
                    <span>
                      Save {made.file.name}
                      <small>Label map made from masks{made.saved ? "" : ", not saved yet"}</small>
                    </span>
                  </Menu.Item>
                ) : null}
                <Menu.Item className="menu-item" onClick={() => commands.closeCase()}>
                  <X size={15} aria-hidden />
                  <span>Close case</span>
                </Menu.Item>
                <Menu.Separator className="menu-line" />
                <Menu.CheckboxItem
                  className="menu-item"
                  checked={showFrameTimes}
                  onCheckedChange={toggleShowFrameTimes}
                  disabled={!inGrid}
                  closeOnClick
                >
                  <Check size={15} aria-hidden className="check" />
                  <span>
                    Frame times
                    <small>Developer overlay: CPU time, draws, bytes uploaded</small>
                  </span>
                  <kbd>{keyOf("frame-times")}</kbd>
                </Menu.CheckboxItem>
              </>
            ) : null}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
