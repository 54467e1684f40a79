/** What looks like an image is opened as labels only by those who say that it is labels. */
import type { LabelsOrImage } from "../../app/commands/commands.ts";
import { imageAnswered, imageAsked } from "../../state/actions/case-actions.ts";
import type { ImageQuestion } from "../../state/slices/case-slice.ts";

/** Takes the answer to the question on the page. */
let answerPending: ((answer: LabelsOrImage | null) => void) | null = null;

/**
 * Asks on the page.
 * @param signal withdraws the question
 * @returns null where nothing is to be opened
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

/** The user's answer to the question of {@link askLabelsOrImage}; null gives the opening up. */
export function answerLabelsOrImage(answer: LabelsOrImage | null): void {
  answerPending?.(answer);
}
