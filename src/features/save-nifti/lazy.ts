/** The dialog that saves the training grid or targets, whose script is fetched when first opened. */
import { lazyView } from "../../ui/controls/lazy-part.tsx";

export const saveDialog = lazyView(async () => (await import("./save-dialog.tsx")).SaveDialog);
