import type { LabelName } from "../domain/label-names.ts";

/** What a 3D Slicer segmentation (`.seg.nrrd`) says of its segments. */
export interface NrrdSegments {
  readonly labels: readonly LabelName[];
  /** How many segments there are; 0 for a plain volume. */
  readonly count: number;
  /** Values are parts of a voxel, not labels. */
  readonly fractional: boolean;
}

/**
 * Names and colours of the segments, from the keys `Segment0_Name`, `Segment0_LabelValue`, `Segment0_Color`, … Two segments
 * of one name get their label beside it, as regions are told apart by name.
 */
export function nrrdSegments(pairs: ReadonlyMap<string, string>): NrrdSegments {
  const segments = new Set([...pairs.keys()].flatMap((key) => /^(Segment\d+)_/.exec(key)?.[1] ?? []));
  const labels = new Map<number, LabelName>();
  for (const segment of segments) {
    const of = (key: string) => pairs.get(`${segment}_${key}`);
    // Slicer before 4.11 wrote no value: a segment was a mask of ones.
    const value = Number(of("LabelValue") ?? 1);
    const name = of("Name") || of("ID") || "";
    if (Number.isFinite(value) && name !== "") labels.set(value, { value, name, color: color(of("Color")) });
  }
  const kind =
    pairs.get("Segmentation_MasterRepresentation") ?? pairs.get("Segmentation_SourceRepresentation");
  return {
    labels: toldApart([...labels.values()]),
    count: segments.size,
    fractional: kind?.startsWith("Fractional") ?? false,
  };
}

function toldApart(labels: readonly LabelName[]): LabelName[] {
  return labels.map((label) => {
    const isTwice = labels.some((other) => other !== label && other.name === label.name);
    return isTwice ? { ...label, name: `${label.name} (${label.value})` } : label;
  });
}

function color(text: string | undefined): LabelName["color"] {
  const [red = Number.NaN, green = Number.NaN, blue = Number.NaN] = (text ?? "")
    .trim()
    .split(/\s+/)
    .map(Number);
  return [red, green, blue].every((part) => part >= 0 && part <= 1) ? [red, green, blue] : null;
}
