/** Parts of the probe line whose scripts are fetched later. */
import { later } from "../../ui/controls/lazy-part.tsx";

export const readerPopup = later(async () => (await import("./reader-popup.tsx")).ReaderPopup);
