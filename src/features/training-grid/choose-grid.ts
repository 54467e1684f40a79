/** Switches between the grids of the open case, by button or key. */
import { create } from "zustand";
import { setGrid } from "../../state/actions/training-grid-actions.ts";
import { useStore } from "../../state/store.ts";
import { refusalOf, selectGrids } from "./grids.ts";

/** Whether the popup with everything about the grids is open. */
export const useGridDetails = create<{ readonly open: boolean }>()(() => ({ open: false }));

/** Shows the other grid; without a training grid, opens the popup that says why. */
export function toggleGrid(): void {
  const state = useStore.getState();
  const grids = selectGrids(state);
  if (!grids) return;
  if (refusalOf(grids) !== null) useGridDetails.setState({ open: true });
  else setGrid(state.grid === "trained" ? "stored" : "trained");
}
