/** Segments in the key/value pairs of a 3D Slicer segmentation (`.seg.nrrd`). */
import type { LabelName } from "../../domain/volume/label-names.ts";
import { withDistinctNames } from "../volume/distinct-names.ts";
import type { LayerMask } from "../volume/volume-file.ts";

/** The segments of a 3D Slicer segmentation. */
interface NrrdSegments {
  /** Names and colours of the labels, for a single layer. */
  readonly labels: readonly LabelName[];
  /** All segments in order, each with its layer; none for a plain volume. */
  readonly masks: readonly LayerMask[];
  /** Values are fractions of a voxel, not labels. */
  readonly fractional: boolean;
}

/**
 * Reads names and colours of the segments from the keys `Segment0_Name`, `Segment0_Layer`,
 * `Segment0_LabelValue`, `Segment0_Color`, … Regions are identified by name, so segments that share a name
 * get their label appended or, as masks, their position.
 */
export function nrrdSegments(pairs: ReadonlyMap<string, string>): NrrdSegments {
  const numbers = new Set([...pairs.keys()].flatMap((key) => /^Segment(\d+)_/.exec(key)?.[1] ?? []));
  // Slicer sorts its keys as text: 10 comes before 2.
  const sorted = [...numbers].sort((a, b) => Number(a) - Number(b));
  const segments = sorted.map((number) => segmentOf(pairs, number));
  const labels = new Map<number, LabelName>();
  for (const { name, value, color } of segments) {
    if (name !== "" && !labels.has(value)) labels.set(value, { value, name, color, listed: true });
  }
  const masks = segments.map((mask, i) => ({ ...mask, name: mask.name || `segment ${i + 1}` }));
  const kind =
    pairs.get("Segmentation_MasterRepresentation") ?? pairs.get("Segmentation_SourceRepresentation");
  return {
    labels: withDistinctNames([...labels.values()], ({ value }) => value),
    masks: withDistinctNames(masks, (_, i) => i + 1),
    fractional: kind?.startsWith("Fractional") ?? false,
  };
}

function segmentOf(pairs: ReadonlyMap<string, string>, number: string): LayerMask {
  const of = (key: string) => pairs.get(`Segment${number}_${key}`);
  // Slicer before 4.11 wrote neither; each segment was a mask of ones in its own layer.
  const value = Number(of("LabelValue") ?? 1);
  const layer = Number(of("Layer") ?? number);
  return {
    name: of("Name") || of("ID") || "",
    color: color(of("Color")),
    layer: Number.isInteger(layer) ? layer : 0,
    // 0 means no segment.
    value: Number.isFinite(value) && value !== 0 ? value : 1,
  };
}

function color(text: string | undefined): LabelName["color"] {
  const [red = Number.NaN, green = Number.NaN, blue = Number.NaN] = (text ?? "")
    .trim()
    .split(/\s+/)
    .map(Number);
  return [red, green, blue].every((part) => part >= 0 && part <= 1) ? [red, green, blue] : null;
}
