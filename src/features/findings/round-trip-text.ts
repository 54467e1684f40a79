/** Words the sentence for a lossless round trip. */
/**
 * Sentence for a case whose labels all come back. Negative values and fractions are no labels; findings
 * report them, and the sentence claims nothing about their voxels.
 */
export function losslessWords(values: Iterable<number>): {
  readonly words: string;
  readonly hasLabels: boolean;
} {
  const found = [...values].filter((value) => value !== 0);
  const count = found.filter((value) => Number.isInteger(value) && value > 0).length;
  if (count === 0) {
    const words =
      found.length === 0
        ? "This case has no label besides background: nothing has to come back."
        : "No value of this case besides background is a label: nothing can come back.";
    return { words, hasLabels: false };
  }
  const who = count === 1 ? "The label comes back" : `All ${count} labels come back`;
  const which = found.length > count ? "every voxel that has one" : "every voxel";
  return { words: `${who}: writing the regions in order restores ${which}.`, hasLabels: true };
}
