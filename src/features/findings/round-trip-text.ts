/** Writes the sentence for a lossless round trip. */
import { formatCount } from "../../base/format-numbers.ts";

/**
 * Sentence for a case whose labels all come back. Negative values and fractions are no labels; findings
 * report them, and the sentence claims nothing about their voxels.
 * @param values of the grid that is shown
 * @param where "in this case", or "on the training grid", which may lack labels that the file has
 */
export function losslessText(
  values: Iterable<number>,
  where: string,
): {
  readonly text: string;
  readonly hasLabels: boolean;
} {
  const found = [...values].filter((value) => value !== 0);
  const count = found.filter((value) => Number.isInteger(value) && value > 0).length;
  if (count === 0) {
    const what = found.length === 0 ? "There is no label" : "No value is a label";
    return {
      text: `${what} ${where} except background, so there is nothing to convert back.`,
      hasLabels: false,
    };
  }
  const what =
    found.length > count
      ? `${formatCount(count)} of ${formatCount(found.length)} values ${count === 1 ? "is a label, and it is" : "are labels, and they are"}`
      : count === 1
        ? "the label is"
        : `all ${formatCount(count)} labels are`;
  return { text: `Round trip OK: ${what} reproduced.`, hasLabels: true };
}
