/** One sentence about what was done last, or could not be done, beside the selected region. */
import { create } from "zustand";
import type { DatasetDefinition } from "../domain/dataset/dataset-definition.ts";
import { useStore } from "./store.ts";

/** It holds as long as definition and selection stay as they were then. */
interface Status {
  readonly sentence: string;
  readonly definition: DatasetDefinition | null;
  readonly selectedRegion: string | null;
}

export const useStatus = create<{ readonly status: Status | null }>()(() => ({ status: null }));

export function showStatus(sentence: string): void {
  const { definition, selectedRegion } = useStore.getState();
  useStatus.setState({ status: { sentence, definition, selectedRegion } });
}
