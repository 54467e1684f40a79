/** A name (and colour) that a label volume itself carries for one of its values. */
export interface LabelName {
  readonly value: number;
  readonly name: string;
  /** sRGB, each 0..1. */
  readonly color: readonly [number, number, number] | null;
  /** It is a region of the volume even where it has no voxels, as a segment is that was not painted yet. */
  readonly listed?: boolean;
}
