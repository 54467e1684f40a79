/** Writes the sentence for a lossless round trip. */
/**
 * Sentence for a case whose labels all come back. Negative values and fractions are no labels; findings
 * report them, and the sentence claims nothing about their voxels.
 */
export function losslessText(values: Iterable<number>): {
  readonly text: string;
  readonly hasLabels: boolean;
} {
  const found = [...values].filter((value) => value !== 0);
  const count = found.filter((value) => Number.isInteger(value) && value > 0).length;
  if (count === 0) {
    const text =
      found.length === 0
        ? "This case has no label except background, so there is nothing to convert back."
        : "No value in this case except background is a label, so there is nothing to convert back.";
    return { text, hasLabels: false };
  }
  const which = count === 1 ? "the label" : `all ${count} labels`;
  const rest = found.length > count ? "; voxels with other values are not covered" : "";
  const text = `Round trip OK: converting the regions back to labels reproduces ${which}${rest}.`;
  return { text, hasLabels: true };
}
