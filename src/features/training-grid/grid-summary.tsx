/**
 * A line that stays in sight under the list of findings: from which grid to which the labels are resampled,
 * or why they are not.
 */
import { Grid3x3 } from "lucide-react";
import { useEffect, useRef } from "react";
import { cancelTrainingGrid } from "../../state/actions/cancel-training-grid.ts";
import { setGrid } from "../../state/actions/training-grid-actions.ts";
import { useStore } from "../../state/store.ts";
import { selectGrids } from "./grids.ts";
import { lineText } from "./text.ts";
import "./training-grid.css";

export function GridSummary() {
  const grids = useStore(selectGrids);
  const isMaking = grids !== null && grids.progress !== null;
  const isCancelled = grids !== null && grids.made === null && grids.isCancelled;
  const hasButton = isMaking || isCancelled;
  const line = useRef<HTMLParagraphElement>(null);
  const hadFocus = useRef(false);
  // The grid may be made while the focus is on Cancel; React fires no blur event when it removes the button.
  useEffect(() => {
    if (hasButton || !hadFocus.current) return;
    hadFocus.current = false;
    line.current?.focus();
  }, [hasButton]);
  if (!grids) return null;
  return (
    <p className="grid-summary" ref={line} tabIndex={-1}>
      <Grid3x3 size={14} aria-hidden />
      <span title={lineText(grids)}>{lineText(grids)}</span>
      {hasButton ? (
        // One button, which keeps the focus.
        <button
          type="button"
          className="link"
          onClick={isMaking ? cancelTrainingGrid : () => setGrid("trained")}
          onFocus={() => {
            hadFocus.current = true;
          }}
          onBlur={() => {
            hadFocus.current = false;
          }}
        >
          {isMaking ? "Cancel" : "Make the training grid"}
        </button>
      ) : null}
    </p>
  );
}
