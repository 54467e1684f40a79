/** Finds what a picture shows at a voxel: regions, or labels in no region. */
import { hasChannel, probeScales } from "../../domain/analysis/probe.ts";
import type { RegionTable } from "../../domain/dataset/region-table.ts";
import type { Triple } from "../../domain/geometry/grid.ts";
import type { PlacedTargets } from "../../domain/targets/placed-targets.ts";
import type { Source } from "../../domain/volume/palette-volume.ts";
import type { AppState } from "../app-state.ts";
import { selectDrawnTable } from "../case/case-selectors.ts";
import { selectShownTargets } from "../case/shown-targets.ts";
import { layersOfOther, type RegionLayer, selectLayers } from "./layer-selectors.ts";

/** What a side of a comparison is drawn from. */
interface DrawnFrom {
  readonly source: Source;
  /** Null for masks. */
  readonly table: RegionTable | null;
  readonly targets: PlacedTargets;
}

/**
 * Names of what is shown that a scale has at a full-size voxel, the topmost first. Those with an opacity of 0
 * come last, because they are not seen.
 * @param other what is drawn instead of the open case
 */
export function regionsUnder(
  s: AppState,
  voxel: Triple,
  scale: number,
  other: DrawnFrom | null = null,
): readonly string[] {
  const source = other?.source ?? s.openCase?.source;
  const targets = other?.targets ?? selectShownTargets(s);
  if (!source || !targets) return [];
  const table = other ? other.table : selectDrawnTable(s);
  const words = probeScales(source, table, targets, s.pooling, voxel)[scale]?.words ?? [];
  const there = (other ? layersOfOther(s) : selectLayers(s))
    .filter(({ channel }) => hasChannel(words, channel))
    .reverse();
  const isSeen = ({ style }: RegionLayer) => style.opacity > 0;
  const unseen = there.filter((layer) => !isSeen(layer));
  return [...new Set([...there.filter(isSeen), ...unseen].map(({ name }) => name))];
}
