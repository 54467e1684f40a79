/** A cell of the matrix, by its row and column in the order shown. */
export interface Cell {
  readonly row: number;
  readonly column: number;
}
