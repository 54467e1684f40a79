/** State of the region editor that only the editor and its shortcuts use. */
import { create } from "zustand";
import { togglePanel } from "../../state/actions/view-actions.ts";
import { useStore } from "../../state/store.ts";

/** Outlives the editor's components, which unmount when the card closes. */
interface EditorState {
  readonly cardOpen: boolean;
  /** A click in the grid adds its label to the selected region, or removes it. */
  readonly picking: boolean;
  /**
   * The name field takes the focus once it is mounted: all of its text is selected, or the caret is at its
   * end.
   */
  readonly nameWanted: "all" | "end" | null;
  /** Labels of the finding clicked last. */
  readonly highlightedLabels: readonly number[];
}

export const useEditor = create<EditorState>()(() => ({
  cardOpen: true,
  picking: false,
  nameWanted: null,
  highlightedLabels: [],
}));

/**
 * Opens the card and focuses its name field.
 * @param selected `all` lets the next key replace a name that was made up; `end` keeps a name that is meant
 */
export function wantName(selected: "all" | "end"): void {
  openCard();
  useEditor.setState({ nameWanted: selected });
}

/** Opens the card of the selected region, and the panel that has it. */
export function openCard(): void {
  if (!useStore.getState().panels.left) togglePanel("left");
  useEditor.setState({ cardOpen: true });
}
