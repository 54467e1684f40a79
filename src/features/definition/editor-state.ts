import { create } from "zustand";
import { togglePanel } from "../../state/actions/view-actions.ts";
import { useStore } from "../../state/store.ts";

/** What the editor keeps while it is closed, and what shortcuts ask of it; of no concern to the rest. */
interface EditorState {
  readonly cardOpen: boolean;
  /** A click in the grid adds its label to the selected region, or takes it out. */
  readonly picking: boolean;
  /** The name field is to take the focus as soon as it is there. */
  readonly nameWanted: boolean;
  /** Labels of the finding last clicked. */
  readonly concernedLabels: readonly number[];
}

export const useEditor = create<EditorState>()(() => ({
  cardOpen: true,
  picking: false,
  nameWanted: false,
  concernedLabels: [],
}));

/** Opens the card and gives its name field the focus. */
export function wantName(): void {
  const { panels } = useStore.getState();
  if (!panels.left) togglePanel("left");
  useEditor.setState({ cardOpen: true, nameWanted: true });
}
