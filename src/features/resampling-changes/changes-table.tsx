/** Table of what resampling changed in each region. Renders only visible rows. */
import { useVirtualizer } from "@tanstack/react-virtual";
import { ArrowDown, ArrowUp } from "lucide-react";
import { type KeyboardEvent, useEffect, useId, useMemo, useRef } from "react";
import { useCommands } from "../../app/commands/commands-context.ts";
import { selectRegion } from "../../state/actions/view-actions.ts";
import { selectRegionRows } from "../../state/regions/region-rows.ts";
import { searchRegions } from "../../state/regions/search.ts";
import { useStore } from "../../state/store.ts";
import { DiceAxis } from "../../ui/controls/dice-bar.tsx";
import { SpacerRow } from "../../ui/controls/spacer-row.tsx";
import { ChangesLine } from "./changes-line.tsx";
import { type ChangeRow, selectChangeRows, selectVoxelVolumes, sortedRows } from "./changes-rows.ts";
import { type ChangeColumn, sortBy, useChanges } from "./changes-state.ts";
import { rowAfterKey } from "./row-after-key.ts";

const ROW_PX = 28;
const HEADS_PX = 34;

interface Column {
  readonly by: ChangeColumn;
  readonly name: string;
  readonly title: string;
}

const COLUMNS: readonly Column[] = [
  { by: "order", name: "Region", title: "Sort by the order of the file" },
  { by: "inside", name: "Stored", title: "Voxels of the label file inside the nonzero box" },
  { by: "outside", name: "Cropped", title: "Voxels of the label file outside the nonzero box: cropped away" },
  { by: "trained", name: "Trained", title: "Voxels of the training grid" },
  { by: "volume", name: "Volume", title: "Change of the volume in mL, without what is cropped away" },
  {
    by: "gained",
    name: "Gained",
    title: "Training voxels in the region whose nearest stored voxel is not in it",
  },
  {
    by: "lost",
    name: "Lost",
    title: "Training voxels outside the region whose nearest stored voxel is in it",
  },
  {
    by: "gaps",
    name: "Gaps",
    title: "Of the lost voxels, those where no label reached one half, so that they became background",
  },
  { by: "dice", name: "Dice", title: "Dice of the training voxels with the nearest stored voxels" },
];

export function ChangesTable() {
  const commands = useCommands();
  const rows = useRows();
  const columns = useColumns();
  const volumes = useStore(selectVoxelVolumes);
  const unit = useChanges((s) => s.unit);
  const selected = useStore((s) => s.selectedRegion);
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 12,
    // The table head is inside the scroller, above the rows.
    scrollPaddingEnd: HEADS_PX,
  });
  const at = rows.findIndex(({ region }) => region.name === selected);
  useEffect(() => {
    if (at >= 0) virtual.scrollToIndex(at, { align: "auto" });
  }, [at, virtual]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const row = rows[at];
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / ROW_PX) - 2);
    const to = rowAfterKey(event.key, at, rows.length, page);
    if (to === null && (event.key !== "Enter" || !row)) return;
    event.preventDefault();
    event.stopPropagation();
    if (to !== null) selectRegion(rows[to]?.region.name ?? null);
    else if (row) commands.stepPlace(1, { kind: null, region: row.region.name });
  };

  const shown = virtual.getVirtualItems();
  const above = shown[0]?.start ?? 0;
  const below = virtual.getTotalSize() - (shown.at(-1)?.end ?? 0);
  const rowId = (index: number) => `${id}-${index}`;
  return (
    <div className="survival-scroller" ref={scroller}>
      <table
        className="changes-table"
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: ARIA in HTML allows it, and cells keep their meaning
        role="grid"
        aria-label="What resampling changed"
        aria-rowcount={rows.length + 1}
        aria-activedescendant={at >= 0 ? rowId(at) : undefined}
        aria-describedby={`${id}-help`}
        tabIndex={0}
        onKeyDown={onKeyDown}
      >
        <thead>
          <tr>
            {columns.map((column) => (
              <Head key={column.by} column={column} />
            ))}
          </tr>
        </thead>
        <tbody>
          {above > 0 ? <SpacerRow px={above} columns={columns.length} /> : null}
          {shown.map(({ index }) => {
            const row = rows[index];
            return row && volumes ? (
              <ChangesLine
                key={row.region.channel}
                row={row}
                id={rowId(index)}
                index={index}
                heightPx={ROW_PX}
                current={index === at}
                columns={columns}
                volumes={unit === "ml" ? volumes : null}
                onStep={commands.stepPlace}
              />
            ) : null;
          })}
          {below > 0 ? <SpacerRow px={below} columns={columns.length} /> : null}
        </tbody>
      </table>
      {rows.length === 0 ? <p className="nothing">No region matches.</p> : null}
      <p id={`${id}-help`} className="visually-hidden">
        Arrow keys select a region, Enter goes to the largest change in it.
      </p>
    </div>
  );
}

function useRows(): readonly ChangeRow[] {
  const rows = useStore(selectChangeRows);
  const regions = useStore(selectRegionRows);
  const search = useChanges((s) => s.search);
  const sort = useChanges((s) => s.sort);
  return useMemo(() => {
    const found = new Set(searchRegions(regions, search).map(({ channel }) => channel));
    return sortedRows(
      (rows ?? []).filter(({ region }) => found.has(region.channel)),
      sort,
    );
  }, [rows, regions, search, sort]);
}

/** Without the column of what is cropped if that is nothing. */
function useColumns(): readonly Column[] {
  const isCropped = useStore(
    (s) => selectChangeRows(s)?.some(({ change: { outside } }) => outside > 0) ?? false,
  );
  return useMemo(() => COLUMNS.filter(({ by }) => isCropped || by !== "outside"), [isCropped]);
}

function Head({ column: { by, name, title } }: { readonly column: Column }) {
  const sort = useChanges((s) => s.sort);
  const isSorted = sort.by === by;
  // The worst Dice is the lowest, the worst of everything else the highest.
  const isAscending = (by === "dice" || by === "order") !== sort.isReversed;
  const Arrow = isAscending ? ArrowUp : ArrowDown;
  return (
    <th
      scope="col"
      data-column={by}
      title={title}
      aria-sort={isSorted ? (isAscending ? "ascending" : "descending") : undefined}
    >
      <span className={by === "dice" ? "changes-dice" : undefined}>
        <button type="button" className="changes-sort" onClick={() => sortBy(by)}>
          {name}
          {isSorted ? <Arrow size={12} aria-hidden /> : null}
        </button>
        {by === "dice" ? <DiceAxis sides="the two grids" /> : null}
      </span>
    </th>
  );
}
