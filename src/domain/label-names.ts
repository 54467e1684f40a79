/** A name (and colour) that a label volume itself carries for one of its values. */
export interface LabelName {
  readonly value: number;
  readonly name: string;
  /** sRGB, each 0..1. */
  readonly color: readonly [number, number, number] | null;
}
