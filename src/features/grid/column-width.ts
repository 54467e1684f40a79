/** Decides how much text fits into the grid's columns; 2D cases have up to nine scales. */

/** `little`: shorter text, counts without a unit. `least`: shorter numbers as well. */
export type ColumnWidth = "enough" | "little" | "least";

/** @param columnPx width of a column in CSS pixels */
export function columnWidthOf(columnPx: number): ColumnWidth {
  // Seven digits with separators and margins take 83.
  if (columnPx < 84) return "least";
  return columnPx < 105 ? "little" : "enough";
}

/** Height of the text below a picture in CSS pixels: a line, or two where voxels and share need one each. */
export function captionHeight(columnPx: number): number {
  return columnPx < 105 ? 31 : 17;
}
