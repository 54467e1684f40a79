/** Actions that step through the places where resampling changed the case. */
import type { Triple } from "../../domain/geometry/grid.ts";
import { sourceGrid } from "../../domain/volume/palette-volume.ts";
import { panTo } from "../../domain/volume/pan-to.ts";
import { selectedAndShown } from "../regions/selected-regions.ts";
import type { PlaceStep } from "../slices/changed-places-slice.ts";
import { hasRulers } from "../slices/view-slice.ts";
import { useStore } from "../store.ts";

/** Null hides the line about the place, and its outline. */
export function placeStepped(placeStep: Exclude<PlaceStep, { readonly kind: "at" }> | null): void {
  useStore.setState(placeStep ? { placeStep, survivalStep: null } : { placeStep });
}

/**
 * Moves the crosshair to a place, in a view that shows slices; without a GPU, none does, and the view stays.
 * @param voxel on the grid that is shown, @param region to select and to show; null if the place has none
 */
export function placeVisited(placeStep: PlaceStep, voxel: Triple, region: string | null): void {
  useStore.setState((s) => {
    const { openCase, view, planes, gpu } = s;
    if (!openCase) return {};
    const grid = sourceGrid(openCase.source);
    const pan = (plane: typeof view.plane) => panTo(grid, plane, view.convention, voxel);
    return {
      placeStep,
      survivalStep: null,
      activeView: hasRulers(s) || gpu.status === "unavailable" ? s.activeView : "planes",
      ...(region === null ? {} : selectedAndShown(s, region)),
      hover: null,
      // In a magnified slice the crosshair would often be out of sight.
      view: { ...view, voxel, panMm: view.zoom > 1 ? pan(view.plane) : view.panMm },
      planes:
        planes.zoom > 1
          ? { ...planes, pans: { axial: pan("axial"), coronal: pan("coronal"), sagittal: pan("sagittal") } }
          : planes,
    };
  });
}
