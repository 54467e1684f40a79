/** Dialog with all keyboard and mouse shortcuts. */
import { Dialog } from "@base-ui/react/dialog";
import { focusAfterDialog } from "../ui/controls/use-focus-handoff.ts";
import { shortcutList } from "./lazy-views.tsx";

interface Props {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

export function HelpDialog({ open, onOpenChange }: Props) {
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Backdrop className="backdrop" />
        <Dialog.Popup className="dialog help" finalFocus={focusAfterDialog}>
          <Dialog.Title>Keyboard and mouse shortcuts, and signs</Dialog.Title>
          <shortcutList.View />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
