/** Orders the places where resampling changed a case, to be stepped through. Pure. */
import type { Region } from "../../domain/dataset/region-set.ts";
import type { RegionTable } from "../../domain/dataset/region-table.ts";
import { type ChangedPlace, componentOf, isGapOf } from "../../domain/training-grid/changed-place.ts";
import type { ChangedPlaces } from "../../domain/training-grid/changed-places.ts";
import type { PlaceFilter } from "../../state/slices/changed-places-slice.ts";

/** Beyond these, losses are the usual rounding of surfaces. */
export const MOST_LOST = 50;

/** Regions that are gone come first, then gaps, then the largest losses; within each kind the largest. */
export function placesToStep(
  { gone, gaps, lost }: ChangedPlaces,
  { kind, region }: PlaceFilter,
  regions: readonly Region[],
  stored: RegionTable,
): readonly ChangedPlace[] {
  const channel = region === null ? null : regions.findIndex(({ name }) => name === region);
  const isOf = (place: ChangedPlace) =>
    channel === null || (place.kind === "gap" ? isGapOf(place, stored, channel) : place.channel === channel);
  const ofKind = (places: readonly ChangedPlace[], its: ChangedPlace["kind"]) =>
    kind === null || kind === its ? places.filter(isOf) : [];
  return [
    ...ofKind(withoutDoubles(gone, regions, channel), "gone"),
    ...ofKind(gaps, "gap"),
    ...ofKind(withoutDoubles(lost, regions, channel).slice(0, MOST_LOST), "lost"),
  ];
}

/** The same voxels are often lost from a region and from one that contains it: keeps the smaller region. */
function withoutDoubles<P extends Extract<ChangedPlace, { readonly channel: number }>>(
  places: readonly P[],
  regions: readonly Region[],
  channel: number | null,
): readonly P[] {
  if (channel !== null) return places.filter((place) => place.channel === channel);
  const kept = new Map<string, P>();
  const labelsOf = (place: P) => regions[place.channel]?.labels.length ?? 0;
  for (const place of places) {
    const { voxels, box, example } = componentOf(place);
    const key = [voxels, ...box.first, ...box.last, ...example].join();
    const known = kept.get(key);
    if (!known || labelsOf(place) < labelsOf(known)) kept.set(key, place);
  }
  return [...kept.values()];
}
