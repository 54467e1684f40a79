import { create } from "zustand";
import type { RelationUnit } from "./relations-selectors.ts";

/** How the relations are looked at: kept while another view is shown, and of no concern to the rest. */
interface RelationsState {
  /** What is asked for; masks have no labels, and a definition alone no voxels. */
  readonly unit: RelationUnit;
  readonly grouped: boolean;
  /** Side of a cell in CSS px; null fits the matrix into the room there is. */
  readonly cellPx: number | null;
  /** Channel of the column that the cursor is in; its row is the selected region. */
  readonly column: number;
}

export const useRelations = create<RelationsState>()(() => ({
  unit: "voxels",
  grouped: false,
  cellPx: null,
  column: 0,
}));
