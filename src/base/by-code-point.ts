/** Sorts names as Python does. */

/**
 * Compares strings by code point, for `sort`. JavaScript's own order, by UTF-16 unit, puts characters beyond
 * U+FFFF before those from U+E000.
 */
export function byCodePoint(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const [unitA, unitB] = [a.charCodeAt(i), b.charCodeAt(i)];
    if (unitA !== unitB) return place(unitA) - place(unitB);
  }
  return a.length - b.length;
}

/** Places surrogates, which only characters beyond U+FFFF have, after all other units. */
const place = (unit: number) => (unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit);
