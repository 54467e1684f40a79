/** Defines the errors shown to the user, and the text of any other error. */

/**
 * A fault in what the user opened: shown as one sentence, and the open case stays open.
 *
 * The message reads "file: problem. remedy." Pass `problem` and `remedy` without a final full stop.
 */
export class InputError extends Error {
  override readonly name: string = "InputError";
  readonly file: string;
  readonly problem: string;
  readonly remedy: string;

  /**
   * @param file the file as the user knows it
   * @param problem what is wrong, e.g. "it is empty"
   * @param remedy what the user can do, e.g. "Copy it again"
   */
  constructor(file: string, problem: string, remedy: string) {
    super(`${file}: ${problem}. ${remedy}.`);
    this.file = file;
    this.problem = problem;
    this.remedy = remedy;
  }
}

/** A readable volume that cannot serve as labels: an image, colours, or a time series of labels. */
export class NotLabelsError extends InputError {
  override readonly name: string = "NotLabelsError";
}

/** The text to show for anything that was thrown. */
export function errorMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
