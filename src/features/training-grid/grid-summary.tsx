/** One line under the findings: from which grid to which the labels are resampled, or why they are not. */
import { Grid3x3 } from "lucide-react";
import { cancelTrainingGrid } from "../../state/actions/cancel-training-grid.ts";
import { useStore } from "../../state/store.ts";
import { selectGrids } from "./grids.ts";
import { lineText } from "./text.ts";
import "./training-grid.css";

export function GridSummary() {
  const grids = useStore(selectGrids);
  if (!grids) return null;
  return (
    <p className="grid-summary">
      <Grid3x3 size={14} aria-hidden />
      <span>{lineText(grids)}</span>
      {grids.progress === null ? null : (
        <button type="button" className="link" onClick={cancelTrainingGrid}>
          Cancel
        </button>
      )}
    </p>
  );
}
