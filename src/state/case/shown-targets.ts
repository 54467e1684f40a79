/**
 * What the viewers show and the counts beside them count: the whole case as nnU-Net samples it, or a patch,
 * or pooled.
 */
import { memo } from "../../base/memo.ts";
import { planeAxes } from "../../domain/geometry/grid.ts";
import { type PlacedTargets, placedTargets } from "../../domain/targets/placed-targets.ts";
import { sourceGrid } from "../../domain/volume/palette-volume.ts";
import type { AppState } from "../app-state.ts";
import { selectStrides, selectTrainer } from "./case-selectors.ts";
import { selectPatch } from "./shown-patch.ts";

/**
 * Targets of the whole case, as training has them: what findings and reports are about. Null without a case.
 */
export const selectWholeTargets = memo(
  (s: AppState) => [s.openCase?.source, selectStrides(s), s.mode, selectTrainer(s)],
  (source, strides, mode, trainer): PlacedTargets | null =>
    source ? placedTargets(sourceGrid(source).shape, null, strides, mode, trainer) : null,
);

/** Targets that are shown: those of the patch, while one is looked at. */
export const selectShownTargets = memo(
  (s: AppState) => [
    s.openCase?.source,
    selectPatch(s),
    selectStrides(s),
    s.mode,
    selectTrainer(s),
    selectWholeTargets(s),
  ],
  (source, patch, strides, mode, trainer, whole): PlacedTargets | null =>
    source && patch ? placedTargets(sourceGrid(source).shape, patch, strides, mode, trainer) : whole,
);

/** Whether what is shown is the whole case as nnU-Net samples it. */
export function isUsualView(s: AppState): boolean {
  return s.pooling === null && selectPatch(s) === null;
}

/** Voxels of every region at every scale of what is shown, `[scale][region]`; null while they are counted. */
export function selectShownVoxels(s: AppState): AppState["regionVoxels"] {
  return isUsualView(s) ? s.regionVoxels : s.shownVoxels;
}

/** Whether only words can show it: masks, and what was pooled. */
export function needsWords(s: AppState): boolean {
  return s.view.drawFrom === "bit-packed" || s.pooling !== null || s.openCase?.source.kind === "masks";
}

/** Whether the current slice cuts the patch; true for the whole case. */
export const selectSliceInPatch = memo(
  (s: AppState) => [selectShownTargets(s), s.openCase?.source, s.view.plane, s.view.voxel],
  (targets, source, plane, voxel): boolean => {
    if (!targets || !source) return true;
    const { axis } = planeAxes(sourceGrid(source), plane).slice;
    const { first, shape } = targets.inside;
    return voxel[axis] >= first[axis] && voxel[axis] < first[axis] + shape[axis];
  },
);
