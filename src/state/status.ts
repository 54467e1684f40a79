/** One sentence beside the selected region about what the last action did, or why it failed. */
import { create } from "zustand";
import type { DatasetDefinition } from "../domain/dataset/dataset-definition.ts";
import { useStore } from "./store.ts";

/** Valid as long as definition and selection are the same as when it was set. */
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
