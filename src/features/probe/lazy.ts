/** Parts of the probe bar whose scripts load later. */
import { lazyView } from "../../ui/controls/lazy-part.tsx";

export const bitStrip = lazyView(async () => (await import("./bit-strip.tsx")).BitStrip);
export const readerPopup = lazyView(async () => (await import("./reader-popup.tsx")).ReaderPopup);
export const heldRest = lazyView(async () => (await import("./held-rest.tsx")).HeldRest);
