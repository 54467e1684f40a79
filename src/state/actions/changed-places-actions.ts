/** Actions that step through the places where resampling changed the case. */
import type { Triple } from "../../domain/geometry/grid.ts";
import { selectedAndShown } from "../regions/selected-regions.ts";
import type { PlaceStep } from "../slices/changed-places-slice.ts";
import { hasRulers } from "../slices/view-slice.ts";
import { useStore } from "../store.ts";
import { zoomedTo, zoomRestored } from "../view/step-zoom.ts";

/** Null hides the line about the place and its outline, and ends the zoom that showed it. */
export function placeStepped(placeStep: Exclude<PlaceStep, { readonly kind: "at" }> | null): void {
  useStore.setState((s) =>
    placeStep ? { placeStep, survivalStep: null } : { placeStep, ...zoomRestored(s) },
  );
}

/**
 * Moves the crosshair to a place, in a view that shows slices; without a GPU, none does, and the view stays.
 * @param voxel on the grid that is shown, @param region to select and to show; null if the place has none
 * @param sizeMm extent of the place along the array axes, to magnify a small one
 */
export function placeVisited(
  placeStep: PlaceStep,
  voxel: Triple,
  region: string | null,
  sizeMm: Triple | null = null,
): void {
  useStore.setState((s) => {
    if (!s.openCase) return {};
    return {
      placeStep,
      survivalStep: null,
      activeView: hasRulers(s) || s.gpu.status === "unavailable" ? s.activeView : "planes",
      ...(region === null ? {} : selectedAndShown(s, region)),
      hover: null,
      ...zoomedTo(s, voxel, sizeMm),
    };
  });
}
