/** The switch of the header between the stored grid and the training grid. */
import { useStore } from "../../state/store.ts";
import { keyOf } from "../../ui/keys.ts";
import { toggleGrid } from "./choose-grid.ts";
import { refusalOf, selectGrids } from "./grids.ts";
import { lineText, percentText } from "./text.ts";
import "./training-grid.css";

export function GridSwitch() {
  const grids = useStore(selectGrids);
  const chosen = useStore((s) => s.grid === "trained");
  if (!grids) return null;
  const refusal = refusalOf(grids);
  const isOn = chosen && refusal === null;
  const isAwaited = isOn && grids.shown === "stored";
  return (
    <button
      type="button"
      role="switch"
      className="button grid-switch"
      aria-checked={isOn}
      // Stays reachable: pressing it says why there is no training grid.
      aria-disabled={refusal !== null}
      aria-busy={isAwaited}
      title={`Show what nnU-Net trains on (${keyOf("training-grid")}). ${lineText(grids)}`}
      onClick={toggleGrid}
    >
      <span className="grid-switch-text">
        Training<span className="grid-switch-noun"> grid</span>
      </span>
      <span className="grid-switch-track" aria-hidden="true">
        {isAwaited ? <small>{percentText(grids.progress ?? 0)}</small> : <i />}
      </span>
    </button>
  );
}
