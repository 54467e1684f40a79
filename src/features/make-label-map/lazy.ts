/** The label map dialog, whose script is fetched when first opened. */
import { later } from "../../ui/controls/lazy-part.tsx";

export const labelMapDialog = later(async () => (await import("./label-map-dialog.tsx")).LabelMapDialog);
