/** The voxel under the pointer, or else under the crosshair, at every scale. */
import { type Triple, worldFromVoxel } from "../domain/grid.ts";
import type { LabelName } from "../domain/label-names.ts";
import { sourceGrid } from "../domain/palette-volume.ts";
import type { Region } from "../domain/region-set.ts";
import type { AppState } from "./app-state.ts";
import { memo } from "./memo.ts";
import { imageValueAt, labelAt, probeScales, type ScaleProbe, wordsAt } from "./probe.ts";
import { selectAxisTables, selectRegionSet, selectRegionTable, selectScales } from "./selectors.ts";

export interface Probe {
  readonly voxel: Triple;
  /** True while the pointer rests on a tile; else the crosshair is probed. */
  readonly hovering: boolean;
  /** R, A, S in mm. */
  readonly mm: Triple;
  /** Null for masks. */
  readonly label: number | null;
  readonly labelName: string | null;
  /** Null without an image, and outside of it. */
  readonly imageValue: number | null;
  /** The full-size word or words. */
  readonly words: readonly number[];
  /** One per scale; null where the scale has no voxels. */
  readonly scales: readonly (ScaleProbe | null)[];
}

/** Null without a case. */
export const selectProbe = memo(
  (s: AppState) => [
    s.openCase,
    selectRegionSet(s),
    selectRegionTable(s),
    selectScales(s),
    selectAxisTables(s),
    s.hover?.voxel ?? s.view.voxel,
    s.hover !== null,
  ],
  (openCase, set, table, scales, tables, voxel, hovering): Probe | null => {
    if (!openCase) return null;
    const { source, image } = openCase;
    const grid = sourceGrid(source);
    const label = labelAt(source, voxel);
    return {
      voxel,
      hovering,
      mm: worldFromVoxel(grid, voxel),
      label,
      labelName: label === null ? null : labelName(label, openCase.labelNames, set?.regions ?? []),
      imageValue: image ? imageValueAt(image, grid, voxel) : null,
      words: wordsAt(source, table, voxel),
      scales: probeScales(source, table, scales, tables, voxel),
    };
  },
);

/**
 * A label's name: from the label file, else the region that is this label alone, else the region for which
 * prediction writes it.
 */
function labelName(value: number, names: readonly LabelName[], regions: readonly Region[]): string | null {
  const alone = ({ labels }: Region) => labels.length === 1 && labels[0] === value;
  return (
    names.find((entry) => entry.value === value)?.name ??
    regions.find(alone)?.name ??
    regions.findLast((region) => region.classOrder === value)?.name ??
    (value === 0 ? "background" : null)
  );
}
