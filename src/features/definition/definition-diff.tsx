/** Menu that compares the open definition with another dataset.json or with the last saved version. */
import { Menu } from "@base-ui/react/menu";
import { FileDiff, FilePen } from "lucide-react";
import { type ChangeEvent, useRef, useState } from "react";
import { inBackground } from "../../app/busy.ts";
import { useCommands } from "../../app/commands/commands-context.ts";
import { selectUnsaved } from "../../state/case/unsaved-edits.ts";
import type { OtherDefinition } from "../../state/slices/edit-slice.ts";
import { useStore } from "../../state/store.ts";
import { diffDialog } from "./lazy.tsx";

export function DefinitionDiffSection() {
  const commands = useCommands();
  const input = useRef<HTMLInputElement>(null);
  const [other, setOther] = useState<OtherDefinition | null>(null);
  const [shown, setShown] = useState(false);
  const savedText = useStore((s) => s.savedText);
  const changed = useStore(selectUnsaved);

  const read = (file: File, title: string) => {
    inBackground(async () => {
      const definition = await commands.readDefinition(file);
      if (!definition) return;
      setOther({ definition, title });
      setShown(true);
    });
  };
  const take = (event: ChangeEvent<HTMLInputElement>) => {
    const [file] = event.target.files ?? [];
    if (file) read(file, file.name);
    event.target.value = "";
  };
  return (
    <>
      <input
        ref={input}
        className="visually-hidden"
        type="file"
        accept=".json,application/json"
        tabIndex={-1}
        aria-label="Definition to compare with"
        onChange={take}
      />
      <Menu.Root>
        <Menu.Trigger className="icon-button" aria-label="Compare with…" title="Compare with…">
          <FileDiff size={15} aria-hidden />
        </Menu.Trigger>
        <Menu.Portal>
          <Menu.Positioner className="popup-positioner" sideOffset={4} align="end">
            <Menu.Popup className="popup menu">
              <Menu.Item className="menu-item" onClick={() => input.current?.click()}>
                <FileDiff size={15} aria-hidden />
                <span>
                  Another dataset.json
                  <small>Compare regions, labels, order and affected voxels</small>
                </span>
              </Menu.Item>
              <Menu.Item
                className="menu-item"
                disabled={!changed || savedText === null}
                onClick={() => savedText !== null && read(asFile(savedText), "dataset.json before the edits")}
              >
                <FilePen size={15} aria-hidden />
                <span>
                  Last saved version
                  <small>{changed ? "Show what your edits have changed" : "No changes since"}</small>
                </span>
              </Menu.Item>
            </Menu.Popup>
          </Menu.Positioner>
        </Menu.Portal>
      </Menu.Root>
      {other ? <diffDialog.View other={other} open={shown} onOpenChange={setShown} /> : null}
    </>
  );
}

function asFile(text: string): File {
  return new File([text], "dataset.json", { type: "application/json" });
}
