/** Actions that move the crosshair to a region, or to the next slice that contains one. */
import { exampleRegionVoxel } from "../../domain/analysis/nearest-voxel.ts";
import type { Triple } from "../../domain/geometry/grid.ts";
import { sourceGrid } from "../../domain/volume/palette-volume.ts";
import { panTo } from "../../domain/volume/pan-to.ts";
import { selectDrawnRegions, selectDrawnTable } from "../case/case-selectors.ts";
import { shownOn } from "../case/shown-on.ts";
import { selectedAndShown } from "../regions/selected-regions.ts";
import { nextSelectedSlice, selectRegionSlices } from "../regions/slice-selectors.ts";
import { showStatus } from "../status.ts";
import { useStore } from "../store.ts";
import { selectRegion, setView, setVoxel } from "./view-actions.ts";

/**
 * Moves the crosshair to the region's voxel nearest to its centroid, or, until slice occupancy is known,
 * nearest to the middle of the volume.
 */
export function goToRegion(name: string): void {
  const state = useStore.getState();
  const regions = selectDrawnRegions(state);
  const channel = regions.findIndex((region) => region.name === name);
  const region = regions[channel];
  if (!region || !state.openCase) return;
  const { source } = state.openCase;
  const slices = selectRegionSlices(state);
  const voxel = slices
    ? slices.central(selectDrawnTable(state), channel)
    : exampleRegionVoxel(source, region, channel);
  if (voxel) goTo(voxel);
  else showStatus(`“${name}” has no voxels ${shownOn(state.openCase)}.`);
}

/** Selects a region, and goes to it if the user wants that of selected regions. */
export function chooseRegion(name: string): void {
  selectRegion(name);
  follow(name);
}

/** {@link chooseRegion}, and shows the region if it is hidden. */
export function showRegion(name: string): void {
  useStore.setState((s) => selectedAndShown(s, name));
  follow(name);
}

function follow(name: string): void {
  if (useStore.getState().goesToSelected) goToRegion(name);
}

/**
 * Moves the crosshair to the next slice of the current plane that contains a selected region.
 * @param by 1 towards S, A, R
 */
export function goToNextSlice(by: 1 | -1): void {
  const state = useStore.getState();
  const voxel = nextSelectedSlice(state, by);
  if (voxel === "none")
    showStatus(`The selected regions do not occur in any ${by === 1 ? "later" : "earlier"} slice.`);
  else if (voxel) setVoxel(voxel);
}

/** Moves the crosshair, and pans a magnified slice so that it stays visible. */
export function goTo(voxel: Triple): void {
  const { openCase } = useStore.getState();
  if (!openCase) return;
  setVoxel(voxel);
  const { view } = useStore.getState();
  if (view.zoom > 1)
    setView({ panMm: panTo(sourceGrid(openCase.source), view.plane, view.convention, voxel) });
}
