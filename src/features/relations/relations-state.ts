/** View state of the relations, kept while another view is shown. */
import { create } from "zustand";
import type { CellSize } from "./matrix-layout.ts";
import type { RelationUnit } from "./relations-selectors.ts";

interface RelationsState {
  /** Requested unit; masks have no labels, and a definition alone has no voxels. */
  readonly unit: RelationUnit;
  readonly grouped: boolean;
  readonly cellSize: CellSize;
  /** Channel of the cursor's column; its row is the selected region. */
  readonly column: number;
}

export const useRelations = create<RelationsState>()(() => ({
  unit: "voxels",
  grouped: false,
  cellSize: "named",
  column: 0,
}));
