/** The regions of a probed voxel, in the order in which the probe bar names them; pure functions. */
import { hasChannel } from "../../domain/analysis/probe.ts";
import type { AppState } from "../../state/app-state.ts";
import type { RegionRow } from "../../state/regions/region-rows.ts";
import type { Probe } from "./probe-selectors.ts";

export interface HeldRegion {
  readonly row: RegionRow;
  /** Per scale, whether the region has the voxel there. */
  readonly scales: readonly boolean[];
}

/** The scale that is looked at: that of the tile under the pointer, or of the panes; otherwise scale 0. */
export function shownScale({ activeView, hover, sliceScale }: AppState): number {
  if (activeView === "grid") return hover?.column ?? 0;
  return activeView === "planes" || activeView === "lightbox" ? sliceScale : 0;
}

/**
 * The regions that have the voxel at any scale: first those that have it at the shown scale, in the order of
 * the list, then those that are only at others.
 */
export function heldRegions(
  rows: readonly RegionRow[],
  { words, scales }: Pick<Probe, "words" | "scales">,
  shown: number,
): HeldRegion[] {
  const held = rows
    .map((row) => ({
      row,
      scales: scales.map((scale) => scale !== null && hasChannel(scale.words, row.channel)),
    }))
    .filter((one) => hasChannel(words, one.row.channel) || one.scales.includes(true));
  const isHere = ({ row }: HeldRegion) => hasChannel(scales[shown]?.words ?? words, row.channel);
  return [...held.filter(isHere), ...held.filter((one) => !isHere(one))];
}

/** Says, in few words, at which scales a region has the voxel: "not at scale 3", "only at scales 2, 3". */
export function scalesText(scales: readonly boolean[]): string {
  const [held, lost] = [true, false].map((wanted) =>
    scales.flatMap((value, scale) => (value === wanted ? [scale] : [])),
  );
  if (!held?.length || !lost?.length) return held?.length ? "at every scale" : "at no scale";
  const [word, named] = lost.length <= held.length ? ["not", lost] : ["only", held];
  return `${word} at ${named.length === 1 ? "scale" : "scales"} ${named.join(", ")}`;
}

export function chipTitle({ row, scales }: HeldRegion): string {
  return `${row.name}: ${scalesText(scales)}. Click to select`;
}
