/** Moves the crosshair to where cropping removes a region, on the stored grid. */
import { workInBackground } from "../../app/busy.ts";
import { inTimeSlices } from "../../base/time-slice.ts";
import { croppedPlace } from "../../domain/training-grid/cropped-place.ts";
import { goTo } from "../../state/actions/go-to.ts";
import { setGridForPlace } from "../../state/actions/training-grid-actions.ts";
import { selectRegionSet } from "../../state/case/case-selectors.ts";
import { selectResampledCase, selectTablesOfGrids } from "../../state/case/resampling-changes-selectors.ts";
import { useStore } from "../../state/store.ts";

let search: AbortController | null = null;

/**
 * Ends an earlier search. Does nothing without a training grid, or if there is another one in the meantime.
 */
export function goToCropped(region: string): void {
  search?.abort();
  const state = useStore.getState();
  const [resampled, tables] = [selectResampledCase(state), selectTablesOfGrids(state)];
  const channel = selectRegionSet(state)?.regions.findIndex(({ name }) => name === region) ?? -1;
  if (!resampled || !tables || channel < 0) return;
  search = new AbortController();
  const { signal } = search;
  const { stored, trained } = resampled;
  const work = async () => {
    const steps = croppedPlace(stored.volume, trained.box, tables.stored, channel);
    const voxel = await inTimeSlices(steps, { signal });
    if (!voxel || signal.aborted || selectResampledCase(useStore.getState()) !== resampled) return;
    // The training grid does not have the place.
    setGridForPlace("stored");
    goTo(voxel);
  };
  workInBackground(work, { signal });
}
