import { create } from "zustand";
import type { DatasetDefinition } from "../../domain/dataset-definition.ts";
import { useStore } from "../../state/store.ts";

/** What the editor keeps while it is folded, and what shortcuts ask of it; of no concern to the rest. */
interface EditorState {
  readonly cardOpen: boolean;
  readonly definitionOpen: boolean;
  /** A click in the grid adds its label to the selected region, or takes it out. */
  readonly picking: boolean;
  /** The name field is to take the focus as soon as it is there. */
  readonly nameWanted: boolean;
  /** Labels of the finding last clicked. */
  readonly concernedLabels: readonly number[];
  /** One sentence about the last save or repair; it holds as long as the definition stays as it was then. */
  readonly said: { readonly sentence: string; readonly of: DatasetDefinition | null } | null;
}

export const useEditor = create<EditorState>()(() => ({
  cardOpen: true,
  definitionOpen: false,
  picking: false,
  nameWanted: false,
  concernedLabels: [],
  said: null,
}));

export function say(sentence: string): void {
  useEditor.setState({ said: { sentence, of: useStore.getState().definition } });
}

/** Opens the card and gives its name field the focus. */
export function wantName(): void {
  const { panels, togglePanel } = useStore.getState();
  if (!panels.left) togglePanel("left");
  useEditor.setState({ cardOpen: true, nameWanted: true });
}
