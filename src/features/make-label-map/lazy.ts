/** The dialog, whose script is fetched later. */
import { later } from "../../ui/controls/lazy-part.tsx";

export const labelMapDialog = later(async () => (await import("./label-map-dialog.tsx")).LabelMapDialog);
