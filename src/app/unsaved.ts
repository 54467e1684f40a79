/** Edits that are not saved are never lost without a question. */
import { useStore } from "../state/store.ts";
import { selectUnsaved, unsavedEdits } from "../state/unsaved-edits.ts";

/** Takes the answer to the question on the page. */
let answerPending: ((goOn: boolean) => void) | null = null;

/**
 * Whether the open definition may be replaced: at once where nothing would be lost, else when the user has answered.
 * @param signal withdraws the question; the definition stays
 */
export function mayDropEdits(signal?: AbortSignal): Promise<boolean> {
  const state = useStore.getState();
  answerPending?.(false);
  if (signal?.aborted) return Promise.resolve(false);
  if (!selectUnsaved(state)) return Promise.resolve(true);
  return new Promise((resolve) => {
    const withdraw = () => answer(false);
    const answer = (goOn: boolean) => {
      signal?.removeEventListener("abort", withdraw);
      answerPending = null;
      useStore.getState().unsavedAnswered();
      resolve(goOn);
    };
    answerPending = answer;
    signal?.addEventListener("abort", withdraw);
    state.unsavedAsked(unsavedEdits(state));
  });
}

/** The user's answer to the question of {@link mayDropEdits}. */
export function answerUnsaved(goOn: boolean): void {
  answerPending?.(goOn);
}

/** Has the browser ask before the page is left with edits that are not saved; the returned function ends that. */
export function askBeforeLeaving(): () => void {
  const listening = new AbortController();
  window.addEventListener(
    "beforeunload",
    (event) => {
      if (selectUnsaved(useStore.getState())) event.preventDefault();
    },
    { signal: listening.signal },
  );
  return () => listening.abort();
}
