/** Recognises what Regionscope saved by the description in its header. */

/** What `descriptionOf` of the saving dialog writes into the header. */
const SAVED = /^(training grid|(?:labels|target) of scale \d+, (?:training|stored) grid, [a-z-]+)(?:, .*)?$/;

/** "training grid", or which targets a file holds; null for any other file. */
export function savedTraining(description: string): string | null {
  return SAVED.exec(description)?.[1] ?? null;
}
