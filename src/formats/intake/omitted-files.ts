import { InputError } from "../../base/errors.ts";
import { groupBy } from "../../base/group-by.ts";
import { isClutter } from "../bytes/input-file.ts";

/** Reasons that one error gives; a folder may hold files of any kind. */
const MOST_REASONS = 3;

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

/**
 * One error where none of the files that were opened can be read: files alike are named together, and what an
 * operating system left behind only where there is nothing else.
 * @returns null where nothing was refused
 */
export function noneOpened(refused: readonly InputError[]): InputError | null {
  if (refused.length === 1) return refused[0] ?? null;
  const own = refused.filter(({ file }) => !isClutter(file));
  const byReason = groupBy(own.length > 0 ? own : refused, ({ problem, remedy }) => `${problem}\n${remedy}`);
  const groups = [...byReason.values()].map(([first, ...others]) => ({ first, others: others.length }));
  const named = groups.slice(0, MOST_REASONS).map(({ first, others }, i) => {
    const more = others === 1 ? " and 1 more file like it" : ` and ${others} more files like it`;
    // Said once for several in a row.
    const isSaidNext = i + 1 < MOST_REASONS && groups[i + 1]?.first?.remedy === first?.remedy;
    return {
      files: `${first?.file}${others > 0 ? more : ""}`,
      problem: first?.problem ?? "",
      remedy: isSaidNext || !first ? [] : [first.remedy],
    };
  });
  const [first, ...others] = named;
  if (!first) return null;
  const left = groups.slice(MOST_REASONS).reduce((sum, group) => sum + 1 + group.others, 0);
  const unnamed =
    left === 1 ? "1 more file cannot be opened either" : `${left} more files cannot be opened either`;
  const rest = others.flatMap(({ files, problem, remedy }) => [`${files}: ${problem}`, ...remedy]);
  const remedy = [...first.remedy, ...rest, ...(left > 0 ? [unnamed] : [])].join(". ");
  return new InputError(first.files, first.problem, remedy);
}

/** As {@link leftOut}, of files that belong to the case: with what to do about each. */
export function leftOutWithRemedy(refused: readonly InputError[]): string[] {
  return refused.map(({ file, problem, remedy }) => `${file} was left out: ${problem}. ${remedy}.`);
}
