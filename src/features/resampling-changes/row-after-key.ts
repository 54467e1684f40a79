/** Keys that move from row to row of a table. */

/**
 * The row that a key goes to; null for other keys and without rows.
 * @param at the current row; -1 without one, @param page rows of a page
 */
export function rowAfterKey(key: string, at: number, rows: number, page: number): number | null {
  const to: Readonly<Record<string, number>> = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    PageDown: at + page,
    PageUp: at - page,
    Home: 0,
    End: rows - 1,
  };
  const wanted = to[key];
  return wanted === undefined || rows === 0 ? null : Math.max(0, Math.min(rows - 1, wanted));
}
