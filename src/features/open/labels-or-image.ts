/** Asks before a volume that looks like an image is opened as labels. */
import type { LabelsOrImage } from "../../app/commands/commands.ts";
import { imageAnswered, imageAsked } from "../../state/actions/case-actions.ts";
import type { ImageQuestion } from "../../state/slices/case-slice.ts";

/** Resolves the question on the page; null while none is open. */
let answerPending: ((answer: LabelsOrImage | null) => void) | null = null;

/**
 * Asks on the page.
 * @param signal withdraws the question
 * @returns null if nothing should be opened
 */
export function askLabelsOrImage(
  question: ImageQuestion,
  signal: AbortSignal,
): Promise<LabelsOrImage | null> {
  answerPending?.(null);
  if (signal.aborted) return Promise.resolve(null);
  return new Promise((resolve) => {
    const withdraw = () => answer(null);
    const answer = (given: LabelsOrImage | null) => {
      signal.removeEventListener("abort", withdraw);
      answerPending = null;
      imageAnswered();
      resolve(given);
    };
    answerPending = answer;
    signal.addEventListener("abort", withdraw);
    imageAsked(question);
  });
}

/** Answers the question of {@link askLabelsOrImage}; null cancels the opening. */
export function answerLabelsOrImage(answer: LabelsOrImage | null): void {
  answerPending?.(answer);
}
