/** Clamps a value to a range; returns `least` if the range is empty. */
export function within(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(most, value));
}
