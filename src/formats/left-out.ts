import { groupBy } from "../domain/findings/group-by.ts";
import type { InputError } from "../domain/input-error.ts";

/**
 * One sentence for each kind of file that was left out, with the reason: one for each file of a DICOM folder
 * would fill the page.
 */
export function leftOut(refused: readonly InputError[]): string[] {
  const byProblem = groupBy(refused, ({ problem }) => problem);
  return [...byProblem].map(([problem, [first, ...others]]) => {
    const alike =
      others.length === 1 ? ", as was 1 more file like it" : `, as were ${others.length} more files like it`;
    return `${first?.file} was left out${others.length > 0 ? alike : ""}: ${problem}.`;
  });
}

/** As {@link leftOut}, of files that belong to the case: with what to do about each. */
export function leftOutWithRemedy(refused: readonly InputError[]): string[] {
  return refused.map(({ file, problem, remedy }) => `${file} was left out: ${problem}. ${remedy}.`);
}
