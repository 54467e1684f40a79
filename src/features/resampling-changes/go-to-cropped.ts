/** Moves the crosshair to where cropping removes a region, on the stored grid. */
import { workInBackground } from "../../app/busy.ts";
import { inTimeSlices } from "../../base/time-slice.ts";
import { regionTable } from "../../domain/dataset/region-table.ts";
import { croppedPlace } from "../../domain/training-grid/cropped-place.ts";
import { goTo } from "../../state/actions/go-to.ts";
import { setGridForPlace } from "../../state/actions/training-grid-actions.ts";
import { selectRegionSet } from "../../state/case/case-selectors.ts";
import { selectTrainingGridQuery } from "../../state/case/training-grid-selectors.ts";
import { useStore } from "../../state/store.ts";

let search: AbortController | null = null;

/** Ends an earlier search. Does nothing if the box is not known, or if there is another in the meantime. */
export function goToCropped(region: string): void {
  search?.abort();
  const state = useStore.getState();
  const query = selectTrainingGridQuery(state);
  const { regions = [] } = selectRegionSet(state) ?? {};
  const channel = regions.findIndex(({ name }) => name === region);
  if (query?.kind !== "query" || channel < 0) return;
  const { volume, mask } = query;
  const box = mask?.box;
  if (!box) return;
  search = new AbortController();
  const { signal } = search;
  const work = async () => {
    const steps = croppedPlace(volume, box, regionTable(volume.palette, regions), channel);
    const voxel = await inTimeSlices(steps, { signal });
    if (!voxel || signal.aborted || selectTrainingGridQuery(useStore.getState()) !== query) return;
    // The training grid does not have the place.
    setGridForPlace("stored");
    goTo(voxel);
  };
  workInBackground(work, { signal });
}
