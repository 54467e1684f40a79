/** The margins and the title around an exported image. */
import { spacingMm } from "../../domain/geometry/grid.ts";
import { sourceGrid } from "../../domain/volume/palette-volume.ts";
import type { AppState } from "../../state/app-state.ts";

/** Margins around the view, in CSS px. */
export interface Frame {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  /** Follows the case's name. */
  readonly title: string;
}

/** Names full size with its voxels in mm, or a scale. */
export function scaleText(state: AppState, scale: number): string {
  const spacing = state.openCase ? spacingMm(sourceGrid(state.openCase.source)) : [];
  const mm = spacing.map((side) => Number(side.toFixed(2))).join(" × ");
  const grid = state.openCase?.trained ? " of the training grid" : "";
  return scale === 0 ? `full size${grid}, voxels of ${mm} mm` : `scale ${scale}${grid}`;
}
