/** Selectors for the voxel under the pointer, otherwise under the crosshair, at every scale. */
import { memo } from "../../base/memo.ts";
import { imageValueAt, labelAt, probeScales, type ScaleProbe, wordsAt } from "../../domain/analysis/probe.ts";
import { type Triple, worldFromVoxel } from "../../domain/geometry/grid.ts";
import { sourceGrid } from "../../domain/volume/palette-volume.ts";
import type { AppState } from "../../state/app-state.ts";
import { selectRegionTable } from "../../state/case/case-selectors.ts";
import { selectShownTargets } from "../../state/case/shown-targets.ts";
import { selectLabelNames } from "../../state/regions/label-names.ts";

export interface Probe {
  readonly voxel: Triple;
  /** True while the pointer is over a tile; otherwise the crosshair is probed. */
  readonly hovering: boolean;
  /** R, A, S in mm. */
  readonly mm: Triple;
  /** Null for masks. */
  readonly label: number | null;
  readonly labelName: string | null;
  /** Null without an image and outside the image. */
  readonly imageValue: number | null;
  /** The word or words at full size. */
  readonly words: readonly number[];
  /** One per scale; null if the scale collapses and outside the patch. */
  readonly scales: readonly (ScaleProbe | null)[];
}

/** Null without a case. */
export const selectProbe = memo(
  (s: AppState) => [
    s.openCase,
    selectLabelNames(s),
    selectRegionTable(s),
    selectShownTargets(s),
    s.pooling,
    s.hover?.voxel ?? s.view.voxel,
    s.hover !== null,
  ],
  (openCase, names, table, targets, pooling, voxel, hovering): Probe | null => {
    if (!openCase || !targets) return null;
    const { source, image } = openCase;
    const grid = sourceGrid(source);
    const label = labelAt(source, voxel);
    return {
      voxel,
      hovering,
      mm: worldFromVoxel(grid, voxel),
      label,
      labelName: label === null ? null : (names.get(label) ?? null),
      imageValue: image ? imageValueAt(image, grid, voxel) : null,
      words: wordsAt(source, table, voxel),
      scales: probeScales(source, table, targets, pooling, voxel),
    };
  },
);
