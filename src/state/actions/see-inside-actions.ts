/** Action that shows what regions contain, in scripts that load with the legend. */
import { SEE_THROUGH, seesInside, selectContainers } from "../regions/see-inside.ts";
import { useStore } from "../store.ts";
import { setStyles } from "./slices-actions.ts";

/** Makes the shown regions that contain others transparent, or opaque again. */
export function seeInside(): void {
  const s = useStore.getState();
  setStyles(selectContainers(s), { opacity: seesInside(s) ? 1 : SEE_THROUGH });
}
