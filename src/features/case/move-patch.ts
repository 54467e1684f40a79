/** Moves the training patch by hand. */
import { planeAxes, type Triple } from "../../domain/geometry/grid.ts";
import { centredOn, patchAround, placePatch } from "../../domain/targets/patch.ts";
import { sourceGrid } from "../../domain/volume/palette-volume.ts";
import { setPatchSettings } from "../../state/actions/survival-actions.ts";
import { selectPatch, selectPatchSize } from "../../state/case/shown-patch.ts";
import { useStore } from "../../state/store.ts";

/** Centres the patch on a voxel within the current plane; across the slices it stays in place. */
export function movePatchTo(voxel: Triple): void {
  const state = useStore.getState();
  const patch = selectPatch(state);
  if (!patch || !state.openCase) return;
  const grid = sourceGrid(state.openCase.source);
  const { axis } = planeAxes(grid, state.view.plane).slice;
  const origin: [number, number, number] = [...centredOn(patch.size, voxel)];
  origin[axis] = patch.origin[axis];
  const moved = placePatch(grid.shape, patch.size, origin);
  if (moved.origin.some((at, side) => at !== patch.origin[side])) setPatchSettings({ origin: moved.origin });
}

/** Shows the patch around the crosshair, as close as it may lie anywhere. */
export function centrePatch(): void {
  const state = useStore.getState();
  const size = selectPatchSize(state);
  if (!size || !state.openCase) return;
  const { shape } = sourceGrid(state.openCase.source);
  setPatchSettings({ on: true, origin: patchAround(shape, size, state.view.voxel).origin });
}
