/** One sentence over the view about a key that could not do anything; it goes by itself. */
import { create } from "zustand";

/** `pressed` counts, so that the same sentence can appear again. */
interface KeyNote {
  readonly sentence: string;
  readonly pressed: number;
}

export const useKeyNote = create<{ readonly note: KeyNote | null }>()(() => ({ note: null }));

export function showKeyNote(sentence: string): void {
  useKeyNote.setState(({ note }) => ({ note: { sentence, pressed: (note?.pressed ?? 0) + 1 } }));
}

export function hideKeyNote(): void {
  useKeyNote.setState({ note: null });
}
