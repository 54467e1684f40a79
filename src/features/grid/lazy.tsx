/** Parts of the grid whose scripts load later. */
import { LazyPart } from "../../app/lazy-part.ts";
import { lazyView } from "../../ui/controls/lazy-part.tsx";

export const tileClicks = new LazyPart(async () => new (await import("./tile-clicks.ts")).TileClicks());
export const frameTimes = lazyView(async () => (await import("./frame-times.tsx")).FrameTimes);
export const rowPlace = lazyView(async () => (await import("./row-place.tsx")).RowPlace);
