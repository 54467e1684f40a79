import { AlertDialog } from "@base-ui/react/alert-dialog";
import { useRef } from "react";
import { useCommands } from "../../app/commands-context.ts";
import { useStore } from "../../state/store.ts";
import { plural } from "../format.ts";

/** Something is about to take the place of a definition with edits that are not saved. Escape stays. */
export function UnsavedDialog() {
  const commands = useCommands();
  const asked = useStore((s) => s.unsavedQuestion);
  const stay = useRef<HTMLButtonElement>(null);
  const save = () => {
    commands.saveDefinition();
    commands.answerUnsaved(true);
  };
  return (
    <AlertDialog.Root open={asked !== null} onOpenChange={(open) => open || commands.answerUnsaved(false)}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className="backdrop" />
        <AlertDialog.Popup className="dialog unsaved-dialog" initialFocus={stay}>
          <AlertDialog.Title>{sentence(asked?.edits ?? null)}</AlertDialog.Title>
          <AlertDialog.Description>
            If you go on, it leaves this page, and edits that were not saved are lost.
          </AlertDialog.Description>
          <div className="dialog-answers">
            <button type="button" className="button primary" onClick={save}>
              Save and go on
            </button>
            <button type="button" className="button" onClick={() => commands.answerUnsaved(true)}>
              Go on without saving
            </button>
            <AlertDialog.Close className="button" ref={stay}>
              Stay
            </AlertDialog.Close>
          </div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}

/** @param edits null where they cannot be counted */
function sentence(edits: number | null): string {
  if (edits === null) return "dataset.json has edits that are not saved.";
  return `dataset.json has ${plural(edits, "edit")} that ${edits === 1 ? "is" : "are"} not saved.`;
}
