/** Magnifies what a step goes to, so that it can be seen, and brings the user's own zoom back. Pure. */
import { planeAxes, spacingMm, type Triple } from "../../domain/geometry/grid.ts";
import { sourceGrid } from "../../domain/volume/palette-volume.ts";
import { panTo } from "../../domain/volume/pan-to.ts";
import type { AppState } from "../app-state.ts";

/** Part of a slice's longer side that a component is magnified to span. */
const PART = 0.1;
/** More would show too little around a voxel to tell where it is. */
const MAX_STEP_ZOOM = 12;

/** The fields that a step magnifies, and where it keeps what they were. */
type Zoomed = Pick<AppState, "view" | "planes" | "stepZoom">;

/**
 * Moves the crosshair to a voxel, zooms in if what is there would be too small to be seen, and centres
 * magnified slices on it. Never zooms out of what the user chose.
 * @param sizeMm extent of what is there along the array axes; null keeps the user's zoom
 */
export function zoomedTo(s: AppState, voxel: Triple, sizeMm: Triple | null): Partial<Zoomed> {
  if (!s.openCase) return {};
  const grid = sourceGrid(s.openCase.source);
  const spacing = spacingMm(grid);
  const own = { ...s, ...zoomRestored(s) };
  const { plane, convention } = s.view;
  const needed = (axes: readonly (0 | 1 | 2)[]) => {
    const longest = (mm: (axis: 0 | 1 | 2) => number) => Math.max(...axes.map(mm));
    const spanMm = sizeMm ? longest((axis) => sizeMm[axis]) : Number.POSITIVE_INFINITY;
    const zoom = (PART * longest((axis) => grid.shape[axis] * spacing[axis])) / spanMm;
    return Math.min(MAX_STEP_ZOOM, Math.max(1, Math.round(zoom)));
  };
  const { horizontal, vertical } = planeAxes(grid, plane);
  const zoom = Math.max(own.view.zoom, needed([horizontal.axis, vertical.axis]));
  const planesZoom = Math.max(own.planes.zoom, needed([0, 1, 2]));
  const pan = (of: typeof plane) => panTo(grid, of, convention, voxel);
  return {
    view: { ...own.view, voxel, zoom, panMm: zoom > 1 ? pan(plane) : own.view.panMm },
    planes:
      planesZoom > 1
        ? {
            zoom: planesZoom,
            pans: { axial: pan("axial"), coronal: pan("coronal"), sagittal: pan("sagittal") },
          }
        : own.planes,
    stepZoom: { zoom, planesZoom, own: { view: own.view, planes: own.planes } },
  };
}

/** Returns to the user's own zoom, where it has not been changed since the step. */
export function zoomRestored({ view, planes, stepZoom }: AppState): Partial<Zoomed> {
  if (!stepZoom) return {};
  const { zoom, planesZoom, own } = stepZoom;
  const isSame = view.zoom === zoom && view.plane === own.view.plane;
  return {
    view: isSame ? { ...view, zoom: own.view.zoom, panMm: own.view.panMm } : view,
    planes: planes.zoom === planesZoom ? own.planes : planes,
    stepZoom: null,
  };
}
