/** The margins and the title around an exported image. */
import { spacingMm } from "../../domain/geometry/grid.ts";
import { sourceGrid } from "../../domain/volume/palette-volume.ts";
import type { AppState } from "../../state/app-state.ts";
import { scaleName } from "../../state/view/view-names.ts";

/** Margins around the view, in CSS px. */
export interface Frame {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  /** Follows the case's name. */
  readonly title: string;
}

/** Names a scale, and of scale 0 the voxels in mm. */
export function scaleText(state: AppState, scale: number): string {
  const spacing = state.openCase ? spacingMm(sourceGrid(state.openCase.source)) : [];
  const mm = spacing.map((side) => Number(side.toFixed(2))).join(" × ");
  const grid = state.openCase?.trained ? " of the training grid" : "";
  return `${scaleName(scale)}${grid}${scale === 0 ? `, voxels of ${mm} mm` : ""}`;
}
