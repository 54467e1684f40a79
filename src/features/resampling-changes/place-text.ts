/** Sentences about the places where resampling changed a case. */
import { formatCount, plural } from "../../base/format-numbers.ts";
import { type ChangedPlace, componentOf, OUTSIDE_MASK } from "../../domain/training-grid/changed-place.ts";
import type { GridKind } from "../../domain/view/view-values.ts";
import { valueText } from "../../domain/volume/float32.ts";
import type { PlaceFilter } from "../../state/slices/changed-places-slice.ts";

/** More labels than these are counted. */
const NAMED_LABELS = 3;

interface Names {
  /** By channel. */
  readonly regions: readonly { readonly name: string }[];
  readonly labels: ReadonlyMap<number, string>;
}

/** Returns, for example, "gap of 12 voxels between liver and kidney_right". */
export function placeText(place: ChangedPlace, names: Names): string {
  const { voxels } = componentOf(place);
  if (place.kind === "gap") {
    return `gap of ${plural(voxels, "voxel")} ${meeting(place.labels, names.labels)}`;
  }
  const name = names.regions[place.channel]?.name ?? `channel ${place.channel}`;
  if (place.kind === "lost") return `${name} loses ${plural(voxels, "voxel")}`;
  const parts = place.components.listed.length + place.components.rest.components;
  if (!place.isWhole)
    return `${name}: component ${formatCount(place.rank + 1)} of ${formatCount(parts)} is gone, ${plural(voxels, "voxel")}`;
  const part = parts === 1 ? "all" : `component ${formatCount(place.rank + 1)} of ${formatCount(parts)},`;
  const how = place.isCropped ? "is cropped away" : "is gone";
  const where = place.isCropped ? " outside the nonzero box" : "";
  return `${name} ${how}: ${part} ${plural(voxels, "voxel")}${where}`;
}

/** Returns, for example, "between liver, kidney_right and 2 other labels". */
function meeting(labels: readonly number[], names: ReadonlyMap<number, string>): string {
  const shown = labels.length === NAMED_LABELS + 1 ? labels : labels.slice(0, NAMED_LABELS);
  const rest = labels.length - shown.length;
  const parts = shown.map((label) =>
    label === OUTSIDE_MASK ? "background outside the nonzero mask" : labelName(label, names),
  );
  if (rest > 0) parts.push(`${formatCount(rest)} other labels`);
  const last = parts.pop() ?? "";
  return parts.length === 0 ? `in ${last}` : `between ${parts.join(", ")} and ${last}`;
}

/** The name of a label, or "label 7". */
export function labelName(label: number, names: ReadonlyMap<number, string>): string {
  return names.get(label) ?? `label ${valueText(label)}`;
}

/** Which of two pictures it is. */
export function gridText(grid: GridKind): string {
  return grid === "stored" ? "stored grid, before resampling" : "training grid, after resampling";
}

const KINDS = { gone: "components gone", gap: "gaps", lost: "losses" } as const;

/** Returns, for example, "Resampling leaves no gaps in liver." */
export function nothingText({ kind, region }: PlaceFilter): string {
  const where = region === null ? "" : ` in ${region}`;
  switch (kind) {
    case null:
      return `Resampling changed nothing${where}.`;
    case "gap":
      return `Resampling leaves no gaps${where}.`;
    case "gone":
      return `No component${region === null ? "" : ` of ${region}`} is gone after resampling.`;
    case "lost":
      return `No voxels are lost${where}.`;
  }
}

/** What is stepped through; null for every place. */
export function filterText({ kind, region }: PlaceFilter): string | null {
  const of = kind === null ? null : KINDS[kind];
  if (region === null) return of;
  return of === null ? `places in ${region}` : `${of} in ${region}`;
}
