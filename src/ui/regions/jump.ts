import type { Triple } from "../../domain/grid.ts";
import { sourceGrid } from "../../domain/palette-volume.ts";
import { exampleRegionVoxel } from "../../state/nearest-voxel.ts";
import { panTo } from "../../state/pan-to.ts";
import { selectRegionSet } from "../../state/selectors.ts";
import { useStore } from "../../state/store.ts";
import { say } from "../editor/editor-state.ts";

/** Moves the crosshair to a voxel of a region, the one nearest to the middle of the volume. */
export function goToRegion(name: string): void {
  const state = useStore.getState();
  const regions = selectRegionSet(state)?.regions ?? [];
  const channel = regions.findIndex((region) => region.name === name);
  const region = regions[channel];
  if (!region || !state.openCase) return;
  const voxel = exampleRegionVoxel(state.openCase.source, region, channel);
  if (voxel) goTo(voxel);
  else say(`“${name}” has no voxel in this case.`);
}

/** Moves the crosshair, and the slice with it where it is magnified, so that it is seen. */
export function goTo(voxel: Triple): void {
  const { openCase, setVoxel } = useStore.getState();
  if (!openCase) return;
  setVoxel(voxel);
  const { view, setView } = useStore.getState();
  if (view.zoom > 1)
    setView({ panMm: panTo(sourceGrid(openCase.source), view.plane, view.convention, voxel) });
}
