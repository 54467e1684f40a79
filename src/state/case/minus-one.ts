/** Says what -1 means in a case: a value of its label file, or nnU-Net's mark outside the nonzero mask. */
import { savedTraining } from "../../domain/reader/saved-training.ts";
import type { OpenCase } from "../slices/case-slice.ts";

/**
 * True if -1 is what preprocessing writes outside the nonzero mask, which training reads as background: on
 * the training grid, and in a file that was saved from one.
 */
export function isMinusOneOutside(openCase: Pick<OpenCase, "trained" | "geometry"> | null): boolean {
  return openCase?.trained != null || isSavedGrid(openCase);
}

/** True if the labels were saved from a training grid, or are targets of one. */
export function isSavedGrid(openCase: Pick<OpenCase, "geometry"> | null): boolean {
  return savedTraining(openCase?.geometry?.labels.description ?? "") !== null;
}
