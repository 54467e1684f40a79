/**
 * Finds which of several items in one buffer must be rebuilt.
 * @param before content of the buffer, one key per item; null if empty
 * @returns indices into `after`
 */
export function changedSlots(before: readonly string[] | null, after: readonly string[]): readonly number[] {
  return [...after.keys()].filter((i) => before?.[i] !== after[i]);
}
