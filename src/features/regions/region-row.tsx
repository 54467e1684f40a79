/** One row of the region table. */
import { Focus } from "lucide-react";
import { type MouseEvent, memo } from "react";
import { formatCount, formatMl } from "../../base/format-numbers.ts";
import type { Scale } from "../../domain/targets/deep-supervision.ts";
import { goToRegion } from "../../state/actions/go-to.ts";
import { toggleHidden, toggleSolo } from "../../state/actions/view-actions.ts";
import type { RegionRow } from "../../state/regions/region-rows.ts";
import { ElidedName } from "../../ui/controls/elided-name.tsx";
import { IconButton } from "../../ui/controls/icon-button.tsx";
import { ScaleStatusDots } from "../../ui/controls/scale-status-dots.tsx";
import { rowGrip } from "./lazy.tsx";
import type { DraggedList } from "./use-row-drag.ts";

interface Props {
  readonly row: RegionRow;
  readonly scales: readonly Scale[];
  /** Volume of one voxel in mL if the table shows volumes; null if it shows counts. */
  readonly voxelMl: number | null;
  /** Position in the list. */
  readonly index: number;
  /** The row that the region card and most keys act on. */
  readonly current: boolean;
  readonly selected: boolean;
  readonly highlighted: boolean;
  readonly shown: boolean;
  readonly solo: boolean;
  /** The label that the search is for, if the row has it. */
  readonly searched: number | null;
  /** Where the row can be dragged; null where rows cannot be reordered. */
  readonly list: DraggedList | null;
  readonly onPick: (event: MouseEvent, name: string) => void;
}

/** Longest size in characters that fits at normal font size. */
const LONG = 8;

export const RegionLine = memo(function RegionLine(props: Props) {
  const { row, scales, voxelMl, index, current, selected, highlighted, shown, solo, searched, list, onPick } =
    props;
  const full = row.shownVoxels;
  const size = full === null ? "" : voxelMl === null ? formatCount(full) : formatMl(full * voxelMl);
  const reach = current ? 0 : -1;
  return (
    <tr
      className="region-row"
      data-selected={selected || undefined}
      data-highlighted={highlighted || undefined}
      data-off={!shown || undefined}
      data-current={current || undefined}
      aria-current={current || undefined}
      aria-selected={selected}
      aria-rowindex={index + 2}
      onMouseDown={(event) => {
        // Shift-click selects a range of rows; prevent it from selecting text.
        if (event.shiftKey) event.preventDefault();
      }}
      onClick={(event) => onPick(event, row.name)}
      onDoubleClick={(event) => {
        if (!(event.target instanceof Element && event.target.closest("input, button"))) goToRegion(row.name);
      }}
    >
      <td className="cell-shown">
        {list && !row.ignore && !row.inNoRegion ? <rowGrip.View channel={row.channel} list={list} /> : null}
        <input
          type="checkbox"
          aria-label={`Show ${row.name}`}
          checked={shown}
          tabIndex={reach}
          onClick={(event) => event.stopPropagation()}
          onChange={() => toggleHidden(row.name)}
        />
      </td>
      <td className="cell-color">
        <i
          className="swatch"
          data-drawing={row.inNoRegion ? "hatch" : undefined}
          style={{ background: row.hex }}
        />
      </td>
      <th scope="row" className="cell-name" title={row.name} aria-label={row.name}>
        <ElidedName name={row.name} />
        {row.ignore && row.name !== "ignore" ? <small> ignore</small> : null}
      </th>
      <td className="cell-labels" title={row.labels ? `labels ${row.labels}` : undefined}>
        {searched === null ? (
          row.labels || "–"
        ) : (
          <>
            <b>{searched}</b>
            {row.labels === String(searched) ? null : (
              <>
                <span aria-hidden="true"> …</span>
                <span className="visually-hidden"> of {row.labels}</span>
              </>
            )}
          </>
        )}
      </td>
      <td className="cell-size" data-long={size.length > LONG || undefined} title={size}>
        {size}
      </td>
      <td className="cell-dots">{row.inNoRegion ? null : <ScaleStatusDots row={row} scales={scales} />}</td>
      <td className="cell-solo">
        <IconButton
          icon={Focus}
          label={`Solo ${row.name}`}
          pressed={solo}
          tabIndex={reach}
          onClick={() => toggleSolo(row.name)}
        />
      </td>
    </tr>
  );
});
