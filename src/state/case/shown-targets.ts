/**
 * Selectors of the targets that the viewers show and the counts beside them cover: the whole case as nnU-Net
 * samples it, a patch, or a pooled case.
 */
import { memo, memoPer } from "../../base/memo.ts";
import { planeAxes } from "../../domain/geometry/grid.ts";
import { type PlacedTargets, placedTargets } from "../../domain/targets/placed-targets.ts";
import { sourceGrid } from "../../domain/volume/palette-volume.ts";
import type { AppState } from "../app-state.ts";
import { selectStrides, selectTrainer } from "./case-selectors.ts";
import { selectPatch } from "./shown-patch.ts";

/** Targets of the whole case as in training; findings and reports use them. Null without a case. */
export const selectWholeTargets = memoPer(
  (s: AppState) => s.openCase?.source ?? null,
  (s) => [selectStrides(s), s.mode, selectTrainer(s)],
  (source, strides, mode, trainer): PlacedTargets =>
    placedTargets(sourceGrid(source).shape, null, strides, mode, trainer),
);

/** The shown targets: those of the patch, if one is shown, else of the whole case. */
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

/** True if the viewers show the whole case as nnU-Net samples it. */
export function isUsualView(s: AppState): boolean {
  return s.pooling === null && selectPatch(s) === null;
}

/**
 * Voxels of every region at every scale of the shown targets, as `[scale][region]`; null until they are
 * counted.
 */
export function selectShownVoxels(s: AppState): AppState["regionVoxels"] {
  return isUsualView(s) ? s.regionVoxels : s.shownVoxels;
}

/** True if viewers must draw from words, as for masks and pooled targets. */
export function needsWords(s: AppState): boolean {
  return s.view.drawFrom === "bit-packed" || s.pooling !== null || s.openCase?.source.kind === "masks";
}

/** True if the current slice intersects the patch; always true for the whole case. */
export const selectSliceInPatch = memo(
  (s: AppState) => [selectShownTargets(s), s.openCase?.source, s.view.plane, s.view.voxel],
  (targets, source, plane, voxel): boolean => {
    if (!targets || !source) return true;
    const { axis } = planeAxes(sourceGrid(source), plane).slice;
    const { first, shape } = targets.inside;
    return voxel[axis] >= first[axis] && voxel[axis] < first[axis] + shape[axis];
  },
);
