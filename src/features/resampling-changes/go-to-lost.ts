/** Moves the crosshair to where a region lies that training has nothing of, on the stored grid. */
import { workInBackground } from "../../app/busy.ts";
import { inTimeSlices } from "../../base/time-slice.ts";
import { lostPlace } from "../../domain/training-grid/lost-place.ts";
import { goTo } from "../../state/actions/go-to.ts";
import { setGrid } from "../../state/actions/training-grid-actions.ts";
import { selectRegionSet } from "../../state/case/case-selectors.ts";
import { selectResampledCase, selectTablesOfGrids } from "../../state/case/resampling-changes-selectors.ts";
import { useStore } from "../../state/store.ts";

let search: AbortController | null = null;

/**
 * Ends an earlier search. Does nothing without a training grid, or if there is another one in the meantime.
 * @param what the whole region, or only what cropping removes
 */
export function goToLost(region: string, what: "all" | "cropped"): void {
  search?.abort();
  const state = useStore.getState();
  const [resampled, tables] = [selectResampledCase(state), selectTablesOfGrids(state)];
  const channel = selectRegionSet(state)?.regions.findIndex(({ name }) => name === region) ?? -1;
  if (!resampled || !tables || channel < 0) return;
  search = new AbortController();
  const { signal } = search;
  const { stored, trained } = resampled;
  const work = async () => {
    const box = what === "cropped" ? trained.box : null;
    const voxel = await inTimeSlices(lostPlace(stored.volume, box, tables.stored, channel), { signal });
    if (!voxel || signal.aborted || selectResampledCase(useStore.getState()) !== resampled) return;
    // The training grid has nothing of it there.
    setGrid("stored");
    goTo(voxel);
  };
  workInBackground(work, { signal });
}
