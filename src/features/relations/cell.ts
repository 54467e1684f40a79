/** A pair of regions by their places in the order shown; a null row is one not chosen yet. */
export interface Cell {
  readonly row: number;
  readonly column: number;
}
