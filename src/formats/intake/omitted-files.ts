/** Sentences about files that were left out of an opening. */
import { InputError } from "../../base/errors.ts";
import { groupBy } from "../../base/group-by.ts";
import { isClutter } from "../bytes/input-file.ts";

/** Maximum number of reasons in one error; a folder may contain files of any kind. */
const MAX_REASONS = 3;

/**
 * Returns one sentence for each kind of omitted file, with the reason. One for each file of a DICOM folder
 * would fill the page.
 */
export function leftOut(refused: readonly InputError[]): string[] {
  const byProblem = groupBy(refused, ({ problem }) => problem);
  return [...byProblem].map(([problem, [first, ...others]]) => {
    const alike =
      others.length === 1 ? ", as was 1 more file like it" : `, as were ${others.length} more files like it`;
    return `${first?.file} was skipped${others.length > 0 ? alike : ""}: ${problem}.`;
  });
}

/** Describes an `X.nii` beside an `X.nii.gz` that was opened. */
export function uncompressedCopy(file: string): InputError {
  return new InputError(file, "a .nii.gz file of the same name was opened", "Open it on its own");
}

/**
 * Combines the errors of an opening without any readable file. Groups equal errors, and names files that
 * operating systems left behind only if there are no others.
 * @returns null if nothing was refused
 */
export function noneOpened(refused: readonly InputError[]): InputError | null {
  if (refused.length === 1) return refused[0] ?? null;
  const own = refused.filter(({ file }) => !isClutter(file));
  const byReason = groupBy(own.length > 0 ? own : refused, ({ problem, remedy }) => `${problem}\n${remedy}`);
  const groups = [...byReason.values()].map(([first, ...others]) => ({ first, others: others.length }));
  const named = groups.slice(0, MAX_REASONS).map(({ first, others }, i) => {
    const more = others === 1 ? " and 1 more file like it" : ` and ${others} more files like it`;
    // Give a remedy once for several consecutive groups.
    const isSaidNext = i + 1 < MAX_REASONS && groups[i + 1]?.first?.remedy === first?.remedy;
    return {
      files: `${first?.file}${others > 0 ? more : ""}`,
      problem: first?.problem ?? "",
      remedy: isSaidNext || !first ? [] : [first.remedy],
    };
  });
  const [first, ...others] = named;
  if (!first) return null;
  const left = groups.slice(MAX_REASONS).reduce((sum, group) => sum + 1 + group.others, 0);
  const unnamed =
    left === 1 ? "1 more file cannot be opened either" : `${left} more files cannot be opened either`;
  const rest = others.flatMap(({ files, problem, remedy }) => [`${files}: ${problem}`, ...remedy]);
  const remedy = [...first.remedy, ...rest, ...(left > 0 ? [unnamed] : [])].join(". ");
  return new InputError(first.files, first.problem, remedy);
}

/** Does what {@link leftOut} does for files that belong to the case, with a remedy for each. */
export function leftOutWithRemedy(refused: readonly InputError[]): string[] {
  return refused.map(({ file, problem, remedy }) => `${file} was skipped: ${problem}. ${remedy}.`);
}
