import { memo } from "react";
import type { RegionRow } from "../../state/row-selectors.ts";
import { useStore } from "../../state/store.ts";
import { BreakableName } from "../controls/breakable-name.tsx";

interface Props {
  readonly row: RegionRow;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly selected: boolean;
}

/** Below this height the row has no room for what prediction writes. */
const ROOM_FOR_ORDER_PX = 110;

/** Whose row it is: colour, name, labels, and what prediction writes there. */
export const RowHead = memo(function RowHead({ row, widthPx, heightPx, selected }: Props) {
  return (
    <button
      type="button"
      className="row-head"
      style={{ width: widthPx }}
      aria-pressed={selected}
      tabIndex={-1}
      onClick={() => useStore.getState().selectRegion(row.name)}
    >
      <i className="swatch" style={{ background: row.hex }} />
      <span>
        <b>
          <BreakableName name={row.name} />
        </b>
        {row.labels && row.name !== `label ${row.labels}` ? (
          <small className="line">
            {row.labels.includes(",") || row.labels.includes("–") ? "labels" : "label"} {row.labels}
          </small>
        ) : null}
        {row.ignore ? <small className="line">ignore mask</small> : null}
        {row.classOrder !== null && heightPx >= ROOM_FOR_ORDER_PX ? (
          <small className="line">writes {row.classOrder}</small>
        ) : null}
      </span>
    </button>
  );
});
