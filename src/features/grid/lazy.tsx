/** Parts of the grid whose scripts load later. */
import { lazyView } from "../../ui/controls/lazy-part.tsx";

export const rowPlace = lazyView(async () => (await import("./row-place.tsx")).RowPlace);
