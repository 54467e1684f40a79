import { create } from "zustand";
import type { DatasetDefinition } from "../../domain/dataset/dataset-definition.ts";
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
  /** One sentence about the last save or repair; it holds as long as definition and selection stay as they were then. */
  readonly said: {
    readonly sentence: string;
    readonly of: DatasetDefinition | null;
    readonly selected: string | null;
  } | null;
}

export const useEditor = create<EditorState>()(() => ({
  cardOpen: true,
  picking: false,
  nameWanted: false,
  concernedLabels: [],
  said: null,
}));

export function say(sentence: string): void {
  const { definition, selectedRegion } = useStore.getState();
  useEditor.setState({ said: { sentence, of: definition, selected: selectedRegion } });
}

/** Opens the card and gives its name field the focus. */
export function wantName(): void {
  const { panels, togglePanel } = useStore.getState();
  if (!panels.left) togglePanel("left");
  useEditor.setState({ cardOpen: true, nameWanted: true });
}
