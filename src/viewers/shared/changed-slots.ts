/**
 * Which of several things that lie in one buffer must be made again.
 * @param before what the buffer holds, a text for each; null for nothing
 * @returns indices into `after`
 */
export function changedSlots(before: readonly string[] | null, after: readonly string[]): readonly number[] {
  return [...after.keys()].filter((i) => before?.[i] !== after[i]);
}
