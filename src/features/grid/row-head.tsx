/** Heading of a grid row: the region's colour, name, labels and the label that a prediction writes for it. */
import { Fragment, memo } from "react";
import { chooseRegion } from "../../state/actions/go-to.ts";
import { type RegionLabel, selectRegionLabels } from "../../state/regions/label-colors.ts";
import type { RegionRow } from "../../state/regions/region-rows.ts";
import { useStore } from "../../state/store.ts";
import { BreakableName } from "../../ui/controls/breakable-name.tsx";

/** More than fit into the tallest row. */
const MAX_LABELS = 60;

interface Props {
  readonly row: RegionRow;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly selected: boolean;
}

/** Rows lower than this have no room for the label that a prediction writes. */
const ORDER_NEEDS_PX = 110;

export const RowHead = memo(function RowHead({ row, widthPx, heightPx, selected }: Props) {
  // When colouring by label, tiles use the region's colour only for outlines.
  const labels = useStore(selectRegionLabels)?.[row.channel];
  const outlined = labels !== undefined;
  return (
    <button
      type="button"
      className="row-head"
      style={{ width: widthPx }}
      aria-pressed={selected}
      tabIndex={-1}
      onClick={() => chooseRegion(row.name)}
    >
      <i
        className="swatch"
        data-drawing={row.inNoRegion ? "hatch" : outlined ? "outline" : undefined}
        style={{ background: outlined && !row.inNoRegion ? "none" : row.hex, color: row.hex }}
      />
      <span>
        <b>
          <BreakableName name={row.name} />
        </b>
        {labels && labels.length > 0 ? (
          <RowLabels labels={labels} />
        ) : row.labels && row.name !== `label ${row.labels}` ? (
          <small className="line">
            {row.labels.includes(",") || row.labels.includes("–") ? "labels" : "label"} {row.labels}
          </small>
        ) : null}
        {row.ignore ? <small className="line">ignore mask</small> : null}
        {row.classOrder !== null && heightPx >= ORDER_NEEDS_PX ? (
          <small className="line">output label {row.classOrder}</small>
        ) : null}
      </span>
    </button>
  );
});

/** Explains the colours of the row's tiles. */
function RowLabels({ labels }: { readonly labels: readonly RegionLabel[] }) {
  return (
    <small className="line">
      {labels.length > 1 ? "labels" : "label"}{" "}
      {labels.slice(0, MAX_LABELS).map(({ value, hex }) => (
        // The space is outside the span so that lines can break there.
        <Fragment key={value}>
          <span className="row-label">
            {hex ? <i className="swatch" style={{ background: hex }} /> : null}
            {value}
          </span>{" "}
        </Fragment>
      ))}
    </small>
  );
}
