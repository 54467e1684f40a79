/** Decides how much text fits into the grid's columns; 2D cases have up to nine scales. */

/** `little`: shorter words, counts without a unit. `least`: shorter numbers as well. */
export type Room = "enough" | "little" | "least";

/** @param columnPx width of a column in CSS pixels */
export function roomIn(columnPx: number): Room {
  if (columnPx < 72) return "least";
  return columnPx < 105 ? "little" : "enough";
}
