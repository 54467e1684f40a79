/** Action that shows what regions contain, in scripts that load with the legend. */
import { SEE_THROUGH, seesInside, selectContainers } from "../regions/see-inside.ts";
import { useStore } from "../store.ts";
import { setStyle } from "./slices-actions.ts";

/** Makes the shown regions that contain others transparent, or opaque again. */
export function seeInside(): void {
  const opacity = seesInside(useStore.getState()) ? 1 : SEE_THROUGH;
  for (const name of selectContainers(useStore.getState())) setStyle(name, { opacity });
}
