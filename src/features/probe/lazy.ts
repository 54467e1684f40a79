/** Parts of the probe bar whose scripts load later. */
import { later } from "../../ui/controls/lazy-part.tsx";

export const readerPopup = later(async () => (await import("./reader-popup.tsx")).ReaderPopup);
