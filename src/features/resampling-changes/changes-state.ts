/** View state of the table of what resampling changed, kept while another view is shown. */
import { create } from "zustand";

/** Columns that the table can be sorted by; `order` is the order of the file. */
export type ChangeColumn =
  | "order"
  | "inside"
  | "outside"
  | "trained"
  | "volume"
  | "gained"
  | "lost"
  | "gaps"
  | "dice";

export interface ChangeSort {
  readonly by: ChangeColumn;
  /** The worst comes last. */
  readonly isReversed: boolean;
}

interface ChangesState {
  readonly search: string;
  readonly unit: "voxels" | "ml";
  readonly sort: ChangeSort;
}

export const useChanges = create<ChangesState>()(() => ({
  search: "",
  unit: "voxels",
  sort: { by: "dice", isReversed: false },
}));

/** Sorts by a column, the worst first; again by the same column, the worst last. */
export function sortBy(by: ChangeColumn): void {
  useChanges.setState(({ sort }) => ({
    sort: { by, isReversed: sort.by === by && !sort.isReversed },
  }));
}
