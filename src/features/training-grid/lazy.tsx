/** The switch between the grids and what stands beside it, whose scripts load after the first picture. */
import { fetchedOnce } from "../../app/busy.ts";
import { lazyView } from "../../ui/controls/lazy-part.tsx";

export const gridSwitch = lazyView(async () => (await import("./grid-switch.tsx")).GridSwitch);
export const gridFact = lazyView(async () => (await import("./grid-fact.tsx")).GridFact);

const choosing = fetchedOnce(() => import("./choose-grid.ts"));

/** Shows the other grid of the case. */
export function toggleGrid(): void {
  choosing()
    .then((choose) => choose.toggleGrid())
    .catch(() => undefined);
}
