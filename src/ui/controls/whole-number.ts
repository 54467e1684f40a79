/** Which whole numbers a field takes, in words. */

export interface Range {
  readonly min: number;
  readonly max: number;
}

/** For the field's description: screen readers say it with its name. */
export function rangeText({ min, max }: Range): string {
  return `A whole number from ${min} to ${max}`;
}

/** Why a text is refused, as one sentence; null if it is a number of the range. */
export function rangeProblem(text: string, range: Range): string | null {
  const typed = /^[-+]?\d+$/.test(text.trim()) ? Number(text) : Number.NaN;
  const isValid = typed >= range.min && typed <= range.max;
  return isValid ? null : `Enter a whole number from ${range.min} to ${range.max}.`;
}
