/**
 * A float32 as people write it: 0.3, not 0.30000001. Other numbers have the digits that a float32 would keep
 * of them.
 */
export function floatText(value: number): string {
  for (let digits = 1; digits < 9; digits++) {
    const rounded = Number(value.toPrecision(digits));
    if (Math.fround(rounded) === Math.fround(value)) return String(rounded);
  }
  return String(value);
}
