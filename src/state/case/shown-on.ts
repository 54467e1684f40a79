/** Words for where the voxels are that the page counts: the file's, or those of the training grid. */
import type { OpenCase } from "../slices/case-slice.ts";

/** Returns "in this case", or "on the training grid", which may lack labels that the file has. */
export function shownOn(openCase: Pick<OpenCase, "trained"> | null): string {
  return openCase?.trained ? "on the training grid" : "in this case";
}
