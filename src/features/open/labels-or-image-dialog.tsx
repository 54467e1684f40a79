/** Dialog that asks whether a file opened as labels is an image; after Escape the page can ask again. */
import { AlertDialog } from "@base-ui/react/alert-dialog";
import { useRef } from "react";
import { useCommands } from "../../app/commands/commands-context.ts";
import { signsText } from "../../domain/volume/looks-like-image.ts";
import { useStore } from "../../state/store.ts";
import { focusAfterDialog } from "../../ui/controls/use-focus-handoff.ts";

export function LabelsOrImage() {
  const commands = useCommands();
  const asked = useStore((s) => s.imageQuestion);
  const image = useRef<HTMLButtonElement>(null);
  return (
    <AlertDialog.Root
      open={asked !== null}
      onOpenChange={(open) => open || commands.answerLabelsOrImage(null)}
    >
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className="backdrop" />
        <AlertDialog.Popup
          className="dialog unsaved-dialog"
          initialFocus={image}
          finalFocus={focusAfterDialog}
        >
          <AlertDialog.Title>Labels or image?</AlertDialog.Title>
          <AlertDialog.Description>
            {asked ? `${asked.file} looks like an image: it has ${signsText(asked.signs)}. ` : null}
            {asked?.hasCase
              ? "As an image it is shown under the labels that are open. As labels, each value becomes a region."
              : "An image is shown under labels, so its label file has to be opened too. As labels, each value becomes a region."}
          </AlertDialog.Description>
          <div className="dialog-answers">
            <button
              type="button"
              className="button primary"
              ref={image}
              onClick={() => commands.answerLabelsOrImage("image")}
            >
              It is an image
            </button>
            <button type="button" className="button" onClick={() => commands.answerLabelsOrImage("labels")}>
              Open as labels
            </button>
            <AlertDialog.Close className="button">Cancel</AlertDialog.Close>
          </div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
