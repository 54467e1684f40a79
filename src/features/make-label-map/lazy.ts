/** The label map dialog, whose script is fetched when first opened. */
import { lazyView } from "../../ui/controls/lazy-part.tsx";

export const labelMapDialog = lazyView(async () => (await import("./label-map-dialog.tsx")).LabelMapDialog);
