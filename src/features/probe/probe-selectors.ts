/** Selectors for the voxel under the pointer, otherwise under the crosshair, at every scale. */
import { formatMm } from "../../base/format-numbers.ts";
import { memo } from "../../base/memo.ts";
import { imageValueAt, labelAt, probeScales, type ScaleProbe, wordsAt } from "../../domain/analysis/probe.ts";
import { type Triple, worldFromVoxel } from "../../domain/geometry/grid.ts";
import { sourceGrid } from "../../domain/volume/palette-volume.ts";
import type { AppState } from "../../state/app-state.ts";
import { selectLabels, selectRegionTable } from "../../state/case/case-selectors.ts";
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

/** Longer names of labels are cut. */
const MAX_NAME_CH = 18;

/** Characters of the longest values of the case, so that facts keep their places. */
export const selectProbeWidths = memo(
  (s: AppState) => [s.openCase, selectLabelNames(s), selectLabels(s)],
  (openCase, names, labels) => {
    const longest = (texts: readonly string[]) => Math.max(0, ...texts.map(({ length }) => length));
    const grid = openCase && sourceGrid(openCase.source);
    const [z, y, x] = grid?.shape ?? [1, 1, 1];
    const corner = (mm: Triple) => mm.map(formatMm).join(" ");
    return {
      // A comma and a space are together about as wide as a digit.
      voxel: `${z - 1} ${y - 1} ${x - 1}`.length,
      mm: grid
        ? longest([
            corner(worldFromVoxel(grid, [0, 0, 0])),
            corner(worldFromVoxel(grid, [z - 1, y - 1, x - 1])),
          ])
        : 0,
      label: longest(labels.map(({ value }) => `${value}`)),
      name: Math.min(
        MAX_NAME_CH,
        longest(["background", ...labels.map(({ value }) => names.get(value) ?? "")]),
      ),
    };
  },
);
