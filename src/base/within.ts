/** The value, or the nearest that is allowed; the least where the most is less than that. */
export function within(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(most, value));
}
