/**
 * Dialog that asks before unsaved edits, or a label map made on the page, are replaced; Escape keeps them.
 */
import { AlertDialog } from "@base-ui/react/alert-dialog";
import { useRef } from "react";
import { useCommands } from "../../app/commands/commands-context.ts";
import { plural } from "../../base/format-numbers.ts";
import type { UnsavedQuestion } from "../../state/slices/edit-slice.ts";
import { useStore } from "../../state/store.ts";
import { focusAfterDialog } from "../../ui/controls/use-focus-handoff.ts";

export function UnsavedDialog() {
  const commands = useCommands();
  const asked = useStore((s) => s.unsavedQuestion);
  const stay = useRef<HTMLButtonElement>(null);
  const save = () => {
    if (asked?.edits !== 0) commands.saveDefinition();
    if (asked?.labels) commands.saveMadeLabels();
    commands.answerUnsaved(true);
  };
  return (
    <AlertDialog.Root open={asked !== null} onOpenChange={(open) => open || commands.answerUnsaved(false)}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className="backdrop" />
        <AlertDialog.Popup
          className="dialog unsaved-dialog"
          initialFocus={stay}
          finalFocus={focusAfterDialog}
        >
          <AlertDialog.Title>{asked ? sentence(asked) : ""}</AlertDialog.Title>
          <AlertDialog.Description>Anything that you do not save now is lost.</AlertDialog.Description>
          <div className="dialog-answers">
            <button type="button" className="button primary" onClick={save}>
              Save and continue
            </button>
            <button type="button" className="button" onClick={() => commands.answerUnsaved(true)}>
              Discard and continue
            </button>
            <AlertDialog.Close className="button" ref={stay}>
              Cancel
            </AlertDialog.Close>
          </div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}

function sentence({ edits, labels }: UnsavedQuestion): string {
  if (labels !== null)
    return edits === 0 ? `${labels} has not been saved.` : `dataset.json and ${labels} have not been saved.`;
  return edits === null
    ? "dataset.json has unsaved edits."
    : `dataset.json has ${plural(edits, "unsaved edit")}.`;
}
