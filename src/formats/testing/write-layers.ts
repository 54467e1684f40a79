/** A small writer of 3D Slicer segmentations with overlapping segments, for tests. */
import { writeNrrd } from "./write-nrrd.ts";

export interface SegmentKeys {
  readonly Name?: string;
  readonly Color?: string;
  readonly Layer?: string;
  readonly LabelValue?: string;
  readonly Extent?: string;
}

export interface LayersOptions {
  /** Lengths of i, j, k. */
  readonly sizes: readonly [number, number, number];
  /** Values of each layer, i fastest. */
  readonly layers: readonly (readonly number[])[];
  /** By number: Segment0_…, Segment1_…. */
  readonly segments: readonly SegmentKeys[];
  /** Slicer interleaves the layers, with their axis first. */
  readonly axis?: "first" | "last";
  readonly type?: "unsigned char" | "short";
  readonly fields?: Readonly<Record<string, string | null>>;
}

/** Writes a whole `.seg.nrrd`; `fields` can make it invalid. */
export function writeLayers(options: LayersOptions): Uint8Array<ArrayBuffer> {
  const { sizes, layers, segments, axis = "first", type = "unsigned char" } = options;
  const voxels = sizes[0] * sizes[1] * sizes[2];
  const count = layers.length;
  const bytes = new Uint8Array(voxels * count * (type === "short" ? 2 : 1));
  const view = new DataView(bytes.buffer);
  layers.forEach((values, layer) => {
    values.forEach((value, voxel) => {
      const at = axis === "first" ? voxel * count + layer : layer * voxels + voxel;
      if (type === "short") view.setInt16(2 * at, value, true);
      else view.setUint8(at, value);
    });
  });
  const put = <T>(list: T, space: readonly T[]) => (axis === "first" ? [list, ...space] : [...space, list]);
  const fields = {
    type,
    ...(type === "short" ? { endian: "little" } : {}),
    dimension: "4",
    sizes: put(count, sizes).join(" "),
    "space directions": put("none", ["(2,0,0)", "(0,3,0)", "(0,0,4)"]).join(" "),
    kinds: put("list", ["domain", "domain", "domain"]).join(" "),
    ...options.fields,
  };
  const pairs = segments.flatMap((keys, i) =>
    Object.entries(keys).map(([key, value]) => [`Segment${i}_${key}`, value] as const),
  );
  // Slicer sorts the keys as text, not by number.
  return writeNrrd({ fields, bytes, pairs: Object.fromEntries(pairs.sort(([a], [b]) => (a < b ? -1 : 1))) });
}
