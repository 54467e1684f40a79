/** How much room the grid's columns leave for words: 2D cases have up to nine scales. */

/** `little`: words are shorter, and counts have no unit; `least`: numbers are shorter, too. */
export type Room = "enough" | "little" | "least";

/** @param columnPx width of a column in CSS pixels */
export function roomIn(columnPx: number): Room {
  if (columnPx < 72) return "least";
  return columnPx < 105 ? "little" : "enough";
}
