/** Selectors for what the Compare view compares with what. */
import { memo } from "../../base/memo.ts";
import type { ComparedSide } from "../../domain/analysis/overlap-counts.ts";
import { type Region, type RegionSet, regionSetFromDefinition } from "../../domain/dataset/region-set.ts";
import { type RegionTable, regionTable } from "../../domain/dataset/region-table.ts";
import type { SamplingMode } from "../../domain/targets/deep-supervision.ts";
import { placedTargets } from "../../domain/targets/placed-targets.ts";
import { type Source, sourceGrid } from "../../domain/volume/palette-volume.ts";
import type { AppState } from "../../state/app-state.ts";
import {
  selectRegionSet,
  selectRegionTable,
  selectStrides,
  selectTrainer,
} from "../../state/case/case-selectors.ts";
import { selectPatch } from "../../state/case/shown-patch.ts";
import { selectShownSecond } from "../../state/case/shown-second.ts";
import { selectShownTargets } from "../../state/case/shown-targets.ts";
import type { CompareQuery } from "../../state/slices/compare-slice.ts";

/** The current comparison; null while there is nothing to compare with. */
export const selectCompareQuery = memo(
  (s: AppState) => [
    s.openCase?.source,
    selectRegionSet(s),
    selectRegionTable(s),
    selectShownTargets(s),
    selectOtherMode(s),
    s.sliceScale,
    s.compareKind,
    s.compareScale,
    s.compareKind === "definition" ? s.otherDefinition : null,
    s.compareKind === "file" ? selectShownSecond(s) : null,
  ],
  (source, set, table, targets, modeTargets, sliceScale, kind, otherScale, otherDefinition, second) => {
    if (!source || !set || !targets) return null;
    const last = Math.max(0, targets.scales.length - 1);
    const scale = Math.min(sliceScale, last);
    const a: ComparedSide = { source, table, targets, scale };
    const channels = set.regions.length;
    const query = (b: ComparedSide, missing: readonly string[] = []): CompareQuery => ({
      kind,
      a,
      b,
      channels,
      missing,
    });
    switch (kind) {
      case "scale":
        return query({ ...a, scale: Math.min(otherScale, last) });
      case "mode":
        return modeTargets ? query({ ...a, targets: modeTargets }) : null;
      case "definition": {
        if (!otherDefinition || source.kind !== "labels") return null;
        const { regions, missing } = byName(set, regionSetFromDefinition(otherDefinition.definition).regions);
        return query({ ...a, table: regionTable(source.volume.palette, regions) }, missing);
      }
      case "file": {
        if (!second) return null;
        return query({ ...a, source: second, table: tableOf(second, set) }, []);
      }
    }
  },
);

/** The same targets made with nnU-Net's other downsampling mode. */
const selectOtherMode = memo(
  (s: AppState) => [s.openCase?.source, selectPatch(s), selectStrides(s), s.mode, selectTrainer(s)],
  (source, patch, strides, mode, trainer) =>
    source ? placedTargets(sourceGrid(source).shape, patch, strides, otherMode(mode), trainer) : null,
);

export function otherMode(mode: SamplingMode): SamplingMode {
  return mode === "nearest-exact" ? "resize-segmentation" : "nearest-exact";
}

/** Returns the other set's regions in the order of this set; regions missing there are empty. */
function byName(set: RegionSet, others: readonly Region[]) {
  const missing: string[] = [];
  const regions = set.regions.map((region): Region => {
    const other = others.find(({ name }) => name === region.name);
    if (!other) missing.push(region.name);
    return { ...region, labels: other?.labels ?? [] };
  });
  return { regions, missing };
}

/** Applies the case's regions to the labels of another file. */
function tableOf(source: Source, set: RegionSet): RegionTable | null {
  return source.kind === "labels" ? regionTable(source.volume.palette, set.regions) : null;
}
