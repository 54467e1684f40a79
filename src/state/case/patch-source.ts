/**
 * Selects the voxels that nnU-Net draws patches from: those of the training grid, also while the stored one
 * is shown.
 */
import { memo } from "../../base/memo.ts";
import type { AppState } from "../app-state.ts";
import type { PatchSource } from "../slices/patch-shares-slice.ts";
import { isTrainingGridCancelled, selectTrainingGrid } from "./training-grid-selectors.ts";

const AWAITED: PatchSource = { kind: "awaited" };
const STORED: PatchSource = { kind: "stored" };
const CANCELLED: PatchSource = {
  kind: "refused",
  reason: "nnU-Net draws patches from the training grid, and making that was cancelled.",
};

export const selectPatchSource = memo(
  (s: AppState) => [s.openCase !== null, selectTrainingGrid(s), isTrainingGridCancelled(s)],
  (isOpen, grid, isCancelled): PatchSource => {
    if (!isOpen) return AWAITED;
    if (grid === null) return isCancelled ? CANCELLED : AWAITED;
    if (grid.kind === "training-grid") return { kind: "trained", volume: grid.volume };
    if (grid.problem?.kind !== "stops") return STORED;
    return { kind: "refused", reason: `nnU-Net draws no patches from this case. ${grid.reason}` };
  },
);
