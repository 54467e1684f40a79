/**
 * A sentence on the case that has replaced another: one of the same name would look like the last. It goes by
 * itself. Screen readers hear of every opened case from the announcer.
 */
import { create } from "zustand";

const SHOWN_MS = 8000;

/** `times` counts, so that the same sentence can appear again. */
export const useOpenedNote = create<{ readonly sentence: string | null; readonly times: number }>()(() => ({
  sentence: null,
  times: 0,
}));

let timer: ReturnType<typeof setTimeout> | undefined;

export function showOpenedNote(sentence: string | null): void {
  useOpenedNote.setState(({ times }) => ({ sentence, times: times + 1 }));
  clearTimeout(timer);
  timer = setTimeout(() => useOpenedNote.setState({ sentence: null }), SHOWN_MS);
}
