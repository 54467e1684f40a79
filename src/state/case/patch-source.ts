/**
 * Selects the voxels that nnU-Net draws patches from: those of the training grid, also while the stored one
 * is shown.
 */
import { memo } from "../../base/memo.ts";
import { type PatchSource, patchSourceOf } from "../../domain/case/patch-source.ts";
import type { AppState } from "../app-state.ts";
import { isTrainingGridCancelled, selectTrainingGrid } from "./training-grid-selectors.ts";

const AWAITED: PatchSource = { kind: "awaited" };
const CANCELLED: PatchSource = {
  kind: "refused",
  reason: "nnU-Net draws patches from the training grid, and making that was cancelled.",
};

export const selectPatchSource = memo(
  (s: AppState) => [s.openCase !== null, selectTrainingGrid(s), isTrainingGridCancelled(s)],
  (isOpen, grid, isCancelled): PatchSource => {
    if (!isOpen) return AWAITED;
    if (grid === null) return isCancelled ? CANCELLED : AWAITED;
    return patchSourceOf(grid);
  },
);
