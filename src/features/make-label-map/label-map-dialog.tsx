/** Dialog that shows the label map of the open masks, to save or open; Escape cancels. */
import { Dialog } from "@base-ui/react/dialog";
import { useCommands } from "../../app/commands/commands-context.ts";
import type { LabelMapDialog as Shown } from "../../state/slices/label-map-slice.ts";
import { useStore } from "../../state/store.ts";
import { MadeMap } from "./made-map.tsx";
import "./label-map-dialog.css";
import { focusAfterDialog } from "../../ui/controls/use-focus-handoff.ts";

export function LabelMapDialog() {
  const commands = useCommands();
  const shown = useStore((s) => s.labelMap);
  return (
    <Dialog.Root open={shown !== null} onOpenChange={(open) => open || commands.closeLabelMap()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="backdrop" />
        <Dialog.Popup className="dialog label-map" initialFocus={firstAnswer} finalFocus={focusAfterDialog}>
          <Dialog.Title>Make a label map</Dialog.Title>
          <Dialog.Description>
            Makes one label file with a label for each combination of masks that occurs, and a dataset.json
            whose regions list those labels. nnU-Net then trains on every mask unchanged.
          </Dialog.Description>
          {shown ? <State shown={shown} /> : null}
          {shown?.kind === "made" ? null : (
            <Dialog.Close className="button">{shown?.kind === "working" ? "Cancel" : "Close"}</Dialog.Close>
          )}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** Returns null while the map is being made; the focus then goes to the only button. */
function firstAnswer(): HTMLElement | null {
  return document.querySelector<HTMLElement>(".label-map .dialog-answers button");
}

function State({ shown }: { readonly shown: Shown }) {
  if (shown.kind === "made") return <MadeMap {...shown} />;
  if (shown.kind === "failed") return <p role="alert">{shown.sentence}</p>;
  const percent = Math.floor(shown.fraction * 100);
  return (
    <div className="label-map-progress">
      <p role="status">{shown.step}</p>
      <progress aria-label={shown.step} max={100} value={percent} />
    </div>
  );
}
