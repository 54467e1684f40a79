/** Shapes with lengths of 1 and with odd lengths, for tests over many shapes. */
import type { Triple } from "../geometry/grid.ts";

export const ODD_SHAPES: readonly Triple[] = [
  [1, 1, 1],
  [1, 17, 5],
  [6, 1, 13],
  [19, 4, 1],
  [7, 11, 9],
  [12, 10, 14],
];
